/* SPDX-License-Identifier: MIT */
/* How much memory a run may come to need. */
#ifndef QTE_RUN_NEED_H
#define QTE_RUN_NEED_H

#include "base/base.h"
#include "base/err.h"
#include "options.h"
#include "strategy/strategy.h"

/*
 * need_check(o, s, e):
 * EX_USAGE when running ${s}, which is built, could need more than the limit.
 */
int need_check(const struct options *, const struct strategy *,
    struct err *) QTE_MUST_CHECK;

#endif
