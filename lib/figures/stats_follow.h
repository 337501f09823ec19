/* SPDX-License-Identifier: MIT */
/*
 * The returns of bars along a line, several at a time where the processor can:
 * each way adds up the same numbers in the same order.
 */
#ifndef QTE_STATS_FOLLOW_H
#define QTE_STATS_FOLLOW_H

#include "base/base.h"

#define STATS_LANES 8

/*
 * Equity while a position stays, (cash + quantity x ticks)/one: whole numbers,
 * of which none on the way is beyond 2^53, and no equity nothing or below.
 */
struct stats_line {
	double cash, quantity, one;
};

/* What returns add up to, each in the lane of its bar. */
struct stats_parts {
	double offs[STATS_LANES], squares[STATS_LANES]; /* of r - ->shift */
	double downside[STATS_LANES];			/* of min(r,0)^2 */
	double shift;
};

/*
 * ${n} > 0 bars, the first of them with return ${r}.  As many as STATS_LANES
 * doubles before and behind their ticks may be read, and come to nothing.
 */
struct stats_bars {
	const double *ticks;
	size_t n;
	size_t lane; /* of the first */
	double r;
};

struct stats_extremes {
	double low, high;
};

/* Add the returns of bars along a line; the extremes of their ticks. */
typedef struct stats_extremes stats_follow(struct stats_parts *,
    const struct stats_line *, const struct stats_bars *);

/* Registers that a way may use. */
enum stats_wide { STATS_ONE, STATS_AVX2, STATS_AVX512 };

/* stats_follow_best(most): the fastest, of registers no wider than ${most}. */
stats_follow *stats_follow_best(enum stats_wide);

/* stats_part(to, lane, r): one return. */
static inline void
stats_part(struct stats_parts *to, size_t lane, double r)
{
	double off = r - to->shift, fall = r < 0 ? r : 0;

	to->offs[lane] += off;
	to->squares[lane] += off * off;
	to->downside[lane] += fall * fall;
}

/* stats_along(line, before, now): the return from one tick to another. */
static inline double
stats_along(const struct stats_line *line, double before, double now)
{
	return line->quantity * (now - before) /
	    (line->cash + line->quantity * before);
}

#endif
