/* SPDX-License-Identifier: MIT */
/*
 * Figures of a run, in one pass and flat memory: of the equity curve and of the
 * trades.  r[i] = (equity[i] - equity[i-1])/equity[i-1], which keeps the digits
 * of a small one.  Bar i belongs to lane i % STATS_LANES of group
 * i / STATS_GROUP, whether bars come one by one or many at once: what a lane of
 * a group adds up to is a plain sum of 16 returns at most, and what the groups
 * do is a compensated one.
 */
#ifndef QTE_STATS_H
#define QTE_STATS_H

#include "base/base.h"
#include "base/num.h"
#include "figures/stats_follow.h"

#define STATS_GROUP 128

/* Of the groups before the one at hand. */
struct stats_sum {
	double sum[STATS_LANES], lost[STATS_LANES];
};

/* The equity curve so far.  Start it with stats_curve_init. */
struct stats_curve {
	double initial,
	    last;      /* money before the first bar; equity at the last */
	double peak;   /* the highest so far, the initial money included */
	double bottom; /* the lowest since then, or the peak */
	bool debt;     /* it was nothing or below at a bar */
	int64_t bars;
	int64_t below;	 /* bars since the last one at or above the peak */
	double drawdown; /* least of equity/peak - 1 before this peak */
	int64_t longest; /* of ->below before this peak */
	/* Of the group at hand.  The shift is the first return when the second
	 * is near it, else 0: how far others are off it has more digits than
	 * they have, when all are alike. */
	struct stats_parts parts;
	int64_t group;
	struct stats_sum offs, squares, downside;
};

/* Which bars a year: what the spacing of a series says. */
struct stats_spacing {
	int64_t first_ns, last_ns;
	int64_t bars;
	int64_t days;	   /* distinct UTC dates */
	int64_t counts[6]; /* spacings by class, see stats_spacing.c */
	bool weekend;	   /* a bar fell on a Saturday or Sunday */
	/* of UTC: the clock of these; the caller sets it for the next bar */
	int64_t ahead_ns;
};

/* NaN where a figure is not defined (no spread, fewer than two returns). */
struct stats_ratios {
	double total_return;  /* final/initial - 1 */
	double annual_return; /* (final/initial)^(P/(n-1)) - 1 */
	double volatility;    /* sample deviation of r x sqrt(P) */
	double sharpe; /* (mean(r) - rf/P) / sample deviation x sqrt(P) */
	double
	    sortino; /* (mean(r) - rf/P) / sqrt(mean(min(r,0)^2)) x sqrt(P) */
	double max_drawdown; /* least of equity/peak - 1, so <= 0 */
	int64_t
	    max_drawdown_bars; /* most bars since one at or above the peak */
};

/*
 * stats_curve_init(c, initial), stats_curve_add(c, equity): a bar at a time.
 * stats_curve_add_return(c, equity, r): a bar whose return is known, better
 * than from rounded equities; NaN where there is none.  That of the first bar
 * does not count.
 * stats_curve_follow(c, line, ticks, n, r): ${n} bars along ${line}, the first
 * of them with the return ${r}, the others as if each came with the one from
 * the tick before, exact and rounded once.  STATS_LANES doubles before and
 * behind those may be read, whatever they are.  stats_curve_skip(c, equity, n):
 * ${n} bars, the last one's ${equity}: the total return stays right, all else
 * is lost.
 */
void stats_curve_init(struct stats_curve *, double);
void stats_curve_add(struct stats_curve *, double);
void stats_curve_add_return(struct stats_curve *, double, double);
void stats_curve_follow(struct stats_curve *, const struct stats_line *,
    const double *, size_t, double);
void stats_curve_skip(struct stats_curve *, double, size_t);

/*
 * stats_curve_ratios(c, periods, rf):
 * The figures for ${periods} bars a year and the annual rate ${rf} without
 * risk.
 */
struct stats_ratios stats_curve_ratios(const struct stats_curve *, double,
    double);

/*
 * stats_spacing_add(s, ts): a bar's time; { 0 } is an empty series.
 * stats_spacing_add_many(s, ts, n): of ${n} bars.
 */
void stats_spacing_add(struct stats_spacing *, int64_t);
void stats_spacing_add_many(struct stats_spacing *, const int64_t *, size_t);

/*
 * stats_spacing_periods(s):
 * Bars a year, by the class most spacings fall in: 20 h to 5 d 252 (365 when a
 * bar fell on a weekend), 5 to 9 d 52, 26 to 33 d 12, under 20 h
 * round(bars/days) x 252 or 365, else the nearest whole number of mean spacings
 * in 365.25 d.  252 when there is no spacing.
 */
double stats_spacing_periods(const struct stats_spacing *);

#endif
