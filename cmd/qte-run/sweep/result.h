/* SPDX-License-Identifier: MIT */
/* What a sweep found: ranked, and as records. */
#ifndef QTE_RUN_RESULT_H
#define QTE_RUN_RESULT_H

#include "base/base.h"
#include "format/rec.h"
#include "summary.h"
#include "sweep/sweep.h"

/* Names of the figures to rank by, for the option; "none": as in the grid. */
extern const char *const result_ranks[];

/* Those of --rank, by their place in that list. */
#define RESULT_RANK_NONE 0
#define RESULT_RANK_SHARPE 1

/* result_figure(t, rank): the figure of --rank; NaN: it is not defined. */
double result_figure(const struct trial *, int);

/*
 * result_order(s, n):
 * The trials to show, best first; of equals the first in the grid, and last
 * those whose figure is not defined.  ${*n} is how many.  Owned by the caller.
 */
const struct trial **result_order(const struct sweep *, size_t *);

/* result_records(s, rec): a record for each trial that is shown. */
void result_records(const struct sweep *, struct rec *);

/*
 * result_summary(s, cost, signo, rec):
 * The closing record of the stream: that of the first trial shown, and the
 * grid.
 */
void result_summary(const struct sweep *, const struct summary_cost *, int,
    struct rec *);

#endif
