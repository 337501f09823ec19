/* SPDX-License-Identifier: MIT */
/*
 * A run: the account, the figures and the records, taken from bar to bar.  At
 * each bar, in this order: the order made at the last close is filled, the
 * account is marked at the close, the strategy is asked.  Both engines do just
 * that; v1 a bar at a time, v2 over columns.
 */
#ifndef QTE_RUN_RUN_H
#define QTE_RUN_RUN_H

#include "base/base.h"
#include "base/err.h"
#include "emit.h"
#include "figures/stats.h"
#include "machine/zone.h"
#include "market/bars.h"
#include "options.h"
#include "spark.h"
#include "strategy/strategy.h"
#include "tape.h"
#include "trading/book.h"
#include "trading/order.h"
#include "watch.h"

/*
 * The equity while a position stays, for ticks of 10^-scale: as long as they
 * times the quantity are no more than ->room.
 */
struct run_line {
	bool drawn; /* since the last fill */
	int scale;
	double room;
	struct stats_line at;
};

/* The equity at the last bar: ->whole/->one, or ->money where one is 0. */
struct run_worth {
	double whole, one; /* both whole numbers, up to 2^53 and 10^18 */
	num_i128 money;
};

/* What a run uses (borrowed) and what it comes to. */
struct run {
	const struct options *options;
	struct strategy *strategy;
	struct bars *bars;
	struct emit *emit;
	struct watch *watch;
	bool text;    /* the text form wants more figures */
	bool follows; /* another run takes in the closes and the times */

	struct order_choices choices;
	struct book_opts book_opts;
	struct book book;
	struct order order; /* made at the last close; id 0: none */
	int64_t orders;
	struct run_line line;
	struct run_worth worth;
	struct stats_curve curve; /* of the equity */
	struct stats_curve hold; /* of the closes; but for text only its ends */
	struct stats_spacing spacing;
	struct spark spark;	     /* of the equity; for text */
	bool valued[STRATEGY_RULES]; /* the rule had a value; for text */
	struct bar bar;		     /* the last one */
	struct zone zone;	     /* of the clock that rules see */
	int64_t ahead_ns;	     /* what it is ahead of UTC at the bar */
	bool stopped;		     /* before the end of the data */
};

/* What is true at the close of a bar; the pointer is the engine's own. */
typedef strategy_signals run_ask(void *, const struct expr_moment *);

struct run_asked {
	run_ask *ask;
	void *of;
};

/* run_prepare(run): after what it uses was set. */
void run_prepare(struct run *);

/*
 * run_bar(run, before, asked, e):
 * Take in ->bar, which stands ${before} bars before the range (0: inside).
 * EX_DATAERR when money cannot hold a value.
 */
int run_bar(struct run *, int64_t, const struct run_asked *,
    struct err *) QTE_MUST_CHECK;

/*
 * The parts of it: fill the order, of which there must be one; make one of what
 * is true at a close.
 */
int run_fill(struct run *, const struct book_quote *,
    struct err *) QTE_MUST_CHECK;
void run_order(struct run *, struct book_moment, strategy_signals);

/* run_drop(run, n): ${n} orders were made, and for none of them was the cash.
 */
void run_drop(struct run *, int64_t);

/*
 * run_draw(run, scale):
 * The line from now on, for closes of ${scale} decimals; ->room is below 0
 * where doubles cannot hold the whole numbers.
 */
void run_draw(struct run *, int);

/*
 * run_mark(run, money): the account is worth so much at the close of one more
 * bar.  Return it as a double.
 * run_span(run, span, e): mark the account at the closes of rows ->from up to
 * ->to, over which the position stays.  EX_DATAERR as above; then ->from is
 * the row.
 */
struct run_span {
	const struct tape *tape;
	size_t from, to;
};
double run_mark(struct run *, num_i128);
int run_span(struct run *, struct run_span *, struct err *) QTE_MUST_CHECK;

/*
 * run_goes_on(run):
 * To be asked between bars: no signal came, and what is written arrives.
 */
bool run_goes_on(const struct run *);

/* run_tape(run, tape): what the bars themselves add to the figures. */
void run_tape(struct run *, const struct tape *);

/* run_begin(run): ->bar is the first of the range. */
void run_begin(struct run *);

/*
 * run_end(run, stopped, e):
 * After the last bar: emit the open trade as it stands at its close.
 * EX_DATAERR.
 */
int run_end(struct run *, bool, struct err *) QTE_MUST_CHECK;

#endif
