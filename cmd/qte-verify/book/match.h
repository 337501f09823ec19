/* SPDX-License-Identifier: MIT */
/*
 * Trades against the bars of their symbol, as these come: the last bar that
 * began at or before a trade is the one that it may be in.  Bars in the order
 * of time take one step each, others look for their place.
 */
#ifndef QTE_VERIFY_BOOK_MATCH_H
#define QTE_VERIFY_BOOK_MATCH_H

#include "base/base.h"
#include "book/deals.h"

/* Steps from bar to bar that are counted; rarer ones tell nothing. */
#define MATCH_STEPS 16

struct match_bar {
	int64_t ts_ns;
	bool ranged; /* low and high are right: */
	int64_t low, high;
};

/* Of one symbol; { 0 } has seen no bar. */
struct match {
	const uint32_t *order; /* borrowed: its deals in the order of time */
	size_t n;
	size_t next; /* the first of them that ->last does not end before */
	bool any;
	struct match_bar last; /* not yet told to the deals behind it */
};

/* How far bars stand apart; { 0 } at first. */
struct match_steps {
	int64_t ns[MATCH_STEPS], times[MATCH_STEPS];
	size_t n, recent;
};

/* match_bar(m, deals, bar, steps): the next bar of the symbol. */
void match_bar(struct match *, struct deals *, const struct match_bar *,
    struct match_steps *);

/* match_end(m, deals): no bar of it follows. */
void match_end(struct match *, struct deals *);

/*
 * match_interval(steps):
 * The time that a bar covers: the most frequent step, of equal ones the
 * shortest.  Two to four days are a day and what closes a market.  Without any
 * step it is a day.
 */
int64_t match_interval(const struct match_steps *);

#endif
