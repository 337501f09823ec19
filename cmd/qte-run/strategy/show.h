/* SPDX-License-Identifier: MIT */
/* A strategy as the text of a strategy file. */
#ifndef QTE_RUN_SHOW_H
#define QTE_RUN_SHOW_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "strategy/strategy.h"

/*
 * show_strategy(s, opts, text, e):
 * Append ${s}, built from ${opts}, as the text of a file that means the same;
 * values of parameters that were given stand in it as defaults, and so do those
 * whose defaults stand in no text that is shown.  EX_USAGE where rules stand in
 * for those of a file, whose text is not theirs, or where a name in a rule
 * would be a rule in a file.
 */
int show_strategy(const struct strategy *, const struct strategy_opts *,
    struct buf *, struct err *) QTE_MUST_CHECK;

#endif
