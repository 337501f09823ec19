/* SPDX-License-Identifier: MIT */
/* Whether an output would replace what is read. */
#ifndef QTE_VERIFY_OUTPUTS_H
#define QTE_VERIFY_OUTPUTS_H

#include "base/base.h"
#include "base/err.h"
#include "options.h"
#include "paths.h"

/*
 * outputs_check(o, paths, e):
 * EX_USAGE when --output or --split-bad is one of the ${paths}, a file of a
 * book or an audit log below them, standard input where that is read, or what
 * another option names; by any name, also a link.
 */
int outputs_check(const struct options *, const struct paths *,
    struct err *) QTE_MUST_CHECK;

#endif
