/* SPDX-License-Identifier: MIT */
/* Figures of an equity curve. */
#include "figures/stats.h"

#include <math.h>

#include "figures/stats_follow.h"

/* Below this a deviation is the noise of rounding. */
#define SPREAD_MIN 1e-15

/*
 * Take the parts in and keep what these additions lose apart: the exact error
 * of each by D. Knuth, The Art of Computer Programming, volume 2, 4.2.2,
 * theorem B.
 */
static void
sum_close(struct stats_sum *s, const double *part)
{
	for (size_t lane = 0; lane < STATS_LANES; lane++) {
		double before = s->sum[lane], x = part[lane];
		double sum = before + x, added = sum - before;

		s->lost[lane] += (before - (sum - added)) + (x - added);
		s->sum[lane] = sum;
	}
}

static double
sum_total(const struct stats_sum *s, const double *part)
{
	struct stats_sum all = *s, one = {.sum = {0}};
	double lost = 0;

	sum_close(&all, part);
	for (size_t lane = 0; lane < STATS_LANES; lane++) {
		const double next[STATS_LANES] = {all.sum[lane]};

		sum_close(&one, next);
		lost += all.lost[lane];
	}
	return one.sum[0] + (one.lost[0] + lost);
}

void
stats_curve_init(struct stats_curve *c, double initial)
{
	*c = (struct stats_curve){.initial = initial,
	    .peak = initial,
	    .bottom = initial};
}

/* The group that the next bar belongs to is at hand. */
static void
open_group(struct stats_curve *c)
{
	int64_t group = c->bars / STATS_GROUP;

	if (group == c->group)
		return;
	sum_close(&c->offs, c->parts.offs);
	sum_close(&c->squares, c->parts.squares);
	sum_close(&c->downside, c->parts.downside);
	c->parts = (struct stats_parts){.shift = c->parts.shift};
	c->group = group;
}

/* The first return, by itself so far, is the shift if the second is near it. */
static void
settle_shift(struct stats_curve *c, double r)
{
	double first = c->parts.shift;

	if (fabs(r - first) <= fabs(first) / 8)
		return;
	c->parts.shift = 0;
	c->parts.offs[1] = first;
	c->parts.squares[1] = first * first;
}

static void
add_return(struct stats_curve *c, double r)
{
	size_t lane = (size_t)c->bars % STATS_LANES;

	if (c->bars == 1)
		c->parts.shift = r;
	if (c->bars == 2)
		settle_shift(c, r);
	open_group(c);
	stats_part(&c->parts, lane, r);
}

/* Of one peak the deepest drawdown is that of the bottom: rounding keeps order.
 */
static double
drawdown_of(const struct stats_curve *c)
{
	double now = c->bottom < c->peak ? c->bottom / c->peak - 1 : 0;

	return now < c->drawdown ? now : c->drawdown;
}

static int64_t
longest_of(const struct stats_curve *c)
{
	return c->below > c->longest ? c->below : c->longest;
}

static void
add_drawdown(struct stats_curve *c, double equity)
{
	if (equity >= c->peak) {
		c->drawdown = drawdown_of(c);
		c->longest = longest_of(c);
		c->peak = c->bottom = equity;
		c->below = 0;
		return;
	}
	if (equity < c->bottom)
		c->bottom = equity;
	c->below++;
}

void
stats_curve_add_return(struct stats_curve *c, double equity, double r)
{
	if (c->bars > 0)
		add_return(c, r);
	add_drawdown(c, equity);
	c->debt = c->debt || equity <= 0;
	c->last = equity;
	c->bars++;
}

void
stats_curve_add(struct stats_curve *c, double equity)
{
	/* From nothing, or from debt, there is no return. */
	stats_curve_add_return(c, equity,
	    c->last > 0 ? (equity - c->last) / c->last : (double)NAN);
}

static double
equity_at(const struct stats_line *line, double tick)
{
	return (line->cash + line->quantity * tick) / line->one;
}

/* Of ${n} bars whose ticks have these extremes. */
static void
add_drawdowns(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, const struct stats_extremes *x)
{
	/* Rounding keeps order. */
	double low = equity_at(line, line->quantity < 0 ? x->high : x->low);
	double high = equity_at(line, line->quantity < 0 ? x->low : x->high);

	if (high < c->peak) {
		c->bottom = low < c->bottom ? low : c->bottom;
		c->below += (int64_t)n;
		return;
	}
	for (size_t i = 0; i < n; i++)
		add_drawdown(c, equity_at(line, ticks[i]));
}

/* Bars that stay at the last equity. */
static void
stay(struct stats_curve *c, int64_t n)
{
	c->below += c->below > 0 ? n : 0;
	c->bars += n;
}

/* A position: group by group, from the third bar on. */
static void
follow(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, double r)
{
	stats_follow *take = stats_follow_best(STATS_AVX512);

	while (n > 0) {
		size_t some = STATS_GROUP - (size_t)(c->bars % STATS_GROUP);
		struct stats_bars bars = {ticks, some < n ? some : n,
		    (size_t)c->bars % STATS_LANES, r};

		some = bars.n;
		open_group(c);
		struct stats_extremes x = take(&c->parts, line, &bars);

		add_drawdowns(c, line, ticks, some, &x);
		c->bars += (int64_t)some;
		c->last = equity_at(line, ticks[some - 1]);
		ticks += some;
		n -= some;
		if (n > 0)
			r = stats_along(line, ticks[-1], ticks[0]);
	}
}

void
stats_curve_follow(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, double r)
{
	for (; n > 0 && (c->bars <= 2 || line->quantity == 0); ticks++, n--) {
		stats_curve_add_return(c, equity_at(line, ticks[0]), r);
		/* A return of nothing adds nothing to sums without a shift. */
		if (line->quantity == 0 && c->parts.shift == 0 && c->bars > 2) {
			stay(c, (int64_t)n - 1);
			return;
		}
		if (n > 1)
			r = stats_along(line, ticks[0], ticks[1]);
	}
	follow(c, line, ticks, n, r);
}

void
stats_curve_skip(struct stats_curve *c, double equity, size_t n)
{
	c->last = equity;
	c->bars += (int64_t)n;
}

struct stats_ratios
stats_curve_ratios(const struct stats_curve *c, double periods, double rf)
{
	struct stats_ratios r = {.total_return = NAN,
	    .annual_return = NAN,
	    .volatility = NAN,
	    .sharpe = NAN,
	    .sortino = NAN,
	    .max_drawdown = drawdown_of(c),
	    .max_drawdown_bars = longest_of(c)};
	double n = (double)(c->bars - 1);

	if (c->bars < 1)
		return r;
	r.total_return = c->last / c->initial - 1;
	if (n < 1)
		return r;
	/* pow would take a debt to an even power as a gain. */
	if (c->last >= 0)
		r.annual_return = pow(c->last / c->initial, periods / n) - 1;
	double total = sum_total(&c->offs, c->parts.offs);
	double mean = c->parts.shift + total / n;
	double downside = sqrt(sum_total(&c->downside, c->parts.downside) / n);

	if (downside > SPREAD_MIN)
		r.sortino = (mean - rf / periods) / downside * sqrt(periods);
	if (n < 2)
		return r;
	double spread =
	    (sum_total(&c->squares, c->parts.squares) - total * total / n) /
	    (n - 1);
	double deviation = spread > 0 ? sqrt(spread) : 0;

	if (isnan(spread))
		return r;
	if (deviation < SPREAD_MIN)
		deviation = 0;
	r.volatility = deviation * sqrt(periods);
	if (deviation > 0)
		r.sharpe = (mean - rf / periods) / deviation * sqrt(periods);
	return r;
}
