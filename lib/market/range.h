/* SPDX-License-Identifier: MIT */
/*
 * A range of time out of the bars of a file, and a number of bars before it.
 * Those wait until the first bar of the range is there.
 */
#ifndef QTE_RANGE_H
#define QTE_RANGE_H

#include "base/base.h"
#include "base/vec.h"
#include "market/bars_price.h"

/* Bars that may be asked for before the range. */
#define RANGE_WARMUP_MAX INT64_C(1000000)

/* Which bars are wanted: { 0 } is all of them. */
struct range_opts {
	bool has_from, has_to;
	int64_t from_ns, to_ns; /* at or after from, before to */
	int64_t warmup;		/* bars before from, 0 to RANGE_WARMUP_MAX */
};

/* A bar, and the line of the file on which its row begins. */
struct range_bar {
	struct bar bar;
	int64_t line;
};

struct range {
	const struct range_opts *opts; /* borrowed */
	struct {
		VEC(struct range_bar);
	} waiting;     /* a ring of the last opts->warmup before from */
	size_t oldest; /* in it */
	int64_t left;  /* of them, to be handed out */
	bool begun;    /* a bar of the range was seen */
	bool held;     /* and is still to be handed out: */
	struct range_bar bar;
	int64_t outside; /* bars before from, or not before to */
};

void range_init(struct range *, const struct range_opts *);
void range_release(struct range *);

/* range_take(r, bar): the next bar of the file. */
void range_take(struct range *, const struct range_bar *);

/*
 * range_give(r, bar, before):
 * The next bar that is wanted, and how many bars before the range it stands: 1
 * for the last one before it, 0 inside.  False: take another one first.
 */
bool range_give(struct range *, struct range_bar *, int64_t *);

#endif
