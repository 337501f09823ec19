/* SPDX-License-Identifier: MIT */
/*
 * A sweep: one pass over the data for all combinations of parameters.  Nodes
 * that strategies have in common are worked out once; the combinations are
 * dealt to so many threads, and nothing of the output depends on how many.
 */
#ifndef QTE_RUN_SWEEP_H
#define QTE_RUN_SWEEP_H

#include "base/base.h"
#include "base/err.h"
#include "run.h"
#include "summary.h"
#include "sweep/grid.h"

struct trial {
	size_t index; /* of its combination in the grid */
	struct strategy strategy;
	struct run run;
	struct summary summary; /* after sweep_run */
};

struct sweep {
	const struct options *options; /* borrowed, as are the next two */
	struct bars *bars;
	struct watch *watch;
	int64_t begun; /* of when_ticks: building it takes time too */
	struct grid grid;
	struct trial *trials; /* owned, in the order of the grid */
	size_t n;
	struct emit mute; /* of all runs: nothing is let out */
	bool stopped;	  /* by a signal */
};

/*
 * sweep_build(s, options, e):
 * Compile the strategy for each combination that --where keeps.  EX_USAGE and
 * what strategy_build returns.  ${s} is to be released in any case.
 */
int sweep_build(struct sweep *, const struct options *,
    struct err *) QTE_MUST_CHECK;

/*
 * sweep_run(s, e):
 * Run all of them to the end of the data, or to a signal.  EX_DATAERR,
 * EX_IOERR.
 */
int sweep_run(struct sweep *, struct err *) QTE_MUST_CHECK;

void sweep_release(struct sweep *);

#endif
