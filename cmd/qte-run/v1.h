/* SPDX-License-Identifier: MIT */
/*
 * The reference engine: one bar after the other.  At each bar, in this order:
 * the order made at the last close is filled, the account is marked at the
 * close, the strategy is asked.
 */
#ifndef QTE_RUN_V1_H
#define QTE_RUN_V1_H

#include "base/base.h"
#include "base/err.h"
#include "emit.h"
#include "figures/stats.h"
#include "market/bars.h"
#include "options.h"
#include "spark.h"
#include "strategy/strategy.h"
#include "trading/book.h"
#include "trading/order.h"
#include "watch.h"

/* What a run uses (borrowed) and what it comes to. */
struct v1 {
	const struct options *options;
	struct strategy *strategy;
	struct bars *bars;
	struct emit *emit;
	struct watch *watch;

	struct order_rules rules;
	struct book_opts book_opts;
	struct book book;
	struct order order; /* made at the last close; id 0: none */
	int64_t orders;
	struct stats_curve curve; /* of the equity */
	struct stats_curve hold;  /* of the closes */
	struct stats_spacing spacing;
	struct spark spark; /* of the equity */
	struct bar bar;	    /* the last one */
	struct zone zone;   /* of the clock that rules see */
	int64_t ahead_ns;   /* what it is ahead of UTC at the bar */
	bool stopped;	    /* by a signal, before the end of the data */
};

/*
 * v1_run(run, e):
 * Run to the end of the data, or to a signal.  An open trade is emitted as it
 * stands at the last close.  EX_DATAERR, EX_IOERR.
 */
int v1_run(struct v1 *, struct err *) QTE_MUST_CHECK;

#endif
