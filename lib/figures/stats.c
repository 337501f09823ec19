/* SPDX-License-Identifier: MIT */
/* Figures of an equity curve. */
#include "figures/stats.h"

#include <math.h>
#include <string.h>

/* Below this a deviation is the noise of rounding. */
#define SPREAD_MIN 1e-15

/*
 * A sum that keeps what its additions lose apart: the exact error of each by
 * D. Knuth, The Art of Computer Programming, volume 2, 4.2.2, theorem B.
 */
static void
sum_add(struct stats_sum *s, size_t lane, double x)
{
	double before = s->sum[lane], sum = before + x;
	double added = sum - before;

	s->lost[lane] += (before - (sum - added)) + (x - added);
	s->sum[lane] = sum;
}

static double
sum_total(const struct stats_sum *s)
{
	struct stats_sum all = {.sum = {0}};

	for (size_t lane = 0; lane < STATS_LANES; lane++) {
		sum_add(&all, 0, s->sum[lane]);
		all.lost[0] += s->lost[lane];
	}
	return all.sum[0] + all.lost[0];
}

void
stats_curve_init(struct stats_curve *c, double initial)
{
	*c = (struct stats_curve){.initial = initial,
	    .peak = initial,
	    .bottom = initial};
}

static void
add_return(struct stats_curve *c, double equity)
{
	/* From nothing, or from debt, there is no return. */
	double r = c->last > 0 ? (equity - c->last) / c->last : (double)NAN;
	size_t lane = (size_t)c->bars % STATS_LANES;

	if (c->bars == 1)
		c->shift = r;
	double off = r - c->shift;

	sum_add(&c->offs, lane, off);
	sum_add(&c->squares, lane, off * off);
	if (r < 0)
		sum_add(&c->downside, lane, r * r);
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
stats_curve_add(struct stats_curve *c, double equity)
{
	if (c->bars > 0)
		add_return(c, equity);
	add_drawdown(c, equity);
	c->debt = c->debt || equity <= 0;
	c->last = equity;
	c->bars++;
}

/* One of two halves of the lanes: a register, where there is one so wide. */
typedef double half __attribute__((vector_size(4 * sizeof(double))));
typedef int64_t half_mask __attribute__((vector_size(4 * sizeof(int64_t))));

#define HALVES (STATS_LANES / 4)

struct half_sum {
	half sum[HALVES], lost[HALVES];
};

/* sum_add of four lanes; inline, so that it is compiled for its caller. */
static inline __attribute__((always_inline)) void
half_add(struct half_sum *s, size_t i, const half *x)
{
	half before = s->sum[i], sum = before + *x;
	half added = sum - before;

	s->lost[i] += (before - (sum - added)) + (*x - added);
	s->sum[i] = sum;
}

/*
 * Add the returns of ${blocks} times STATS_LANES bars, the first of them in
 * lane 0 and ${equity}[-1] the bar before.  All of these are above 0.
 */
static inline __attribute__((always_inline)) void
add_returns(struct stats_curve *c, const double *equity, size_t blocks)
{
	struct half_sum offs, squares, downside;
	const double shift = c->shift;

	memcpy(&offs, &c->offs, sizeof(offs));
	memcpy(&squares, &c->squares, sizeof(squares));
	memcpy(&downside, &c->downside, sizeof(downside));
	for (; blocks-- > 0; equity += STATS_LANES) {
		for (size_t i = 0; i < HALVES; i++) {
			half before, now;

			memcpy(&now, equity + 4 * i, sizeof(now));
			memcpy(&before, equity + 4 * i - 1, sizeof(before));
			half r = (now - before) / before;
			half off = r - shift, square = off * off;
			half fall = (half)((r < 0) & (half_mask)(r * r));

			half_add(&offs, i, &off);
			half_add(&squares, i, &square);
			half_add(&downside, i, &fall);
		}
	}
	memcpy(&c->offs, &offs, sizeof(offs));
	memcpy(&c->squares, &squares, sizeof(squares));
	memcpy(&c->downside, &downside, sizeof(downside));
}

typedef void add_returns_as(struct stats_curve *, const double *, size_t);

static void
add_returns_any(struct stats_curve *c, const double *equity, size_t blocks)
{
	add_returns(c, equity, blocks);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
add_returns_avx2(struct stats_curve *c, const double *equity, size_t blocks)
{
	add_returns(c, equity, blocks);
}

static add_returns_as *
best_add_returns(void)
{
	return __builtin_cpu_supports("avx2") ? add_returns_avx2
					      : add_returns_any;
}
#else
static add_returns_as *
best_add_returns(void)
{
	return add_returns_any;
}
#endif

struct extremes {
	double low, high;
};

static struct extremes
extremes_of(const double *equity, size_t n)
{
	struct extremes x = {equity[0], equity[0]};

	for (size_t i = 1; i < n; i++) {
		x.low = equity[i] < x.low ? equity[i] : x.low;
		x.high = equity[i] > x.high ? equity[i] : x.high;
	}
	return x;
}

/* Of ${n} bars; false, and nothing done, unless all are above 0. */
static bool
add_drawdowns(struct stats_curve *c, const double *equity, size_t n)
{
	struct extremes x = extremes_of(equity, n);

	if (!(x.low > 0))
		return false;
	if (x.high < c->peak) {
		c->bottom = x.low < c->bottom ? x.low : c->bottom;
		c->below += (int64_t)n;
		return true;
	}
	for (size_t i = 0; i < n; i++)
		add_drawdown(c, equity[i]);
	return true;
}

/*
 * Up to STATS_LANES bars that do not reach into the next lane 0.  The lanes
 * before and behind them get returns of nothing, which add nothing.
 */
static bool
add_part(struct stats_curve *c, const double *equity, size_t n)
{
	double all[1 + STATS_LANES];
	size_t first = (size_t)c->bars % STATS_LANES + 1;

	if (c->bars < 2 || !(c->last > 0) || c->shift != 0 ||
	    !add_drawdowns(c, equity, n))
		return false;
	for (size_t i = 0; i < first; i++)
		all[i] = c->last;
	memcpy(all + first, equity, n * sizeof(*equity));
	for (size_t i = first + n; i < QTE_COUNT(all); i++)
		all[i] = equity[n - 1];
	best_add_returns()(c, all + 1, 1);
	c->bars += (int64_t)n;
	c->last = equity[n - 1];
	return true;
}

/* Whole blocks, as many as there are; return how many bars that is. */
static size_t
add_blocks(struct stats_curve *c, const double *equity, size_t n)
{
	size_t done = 0;

	if (c->bars % STATS_LANES != 0 || !(c->last > 0))
		return 0;
	while (n - done >= STATS_LANES &&
	    add_drawdowns(c, equity + done, STATS_LANES))
		done += STATS_LANES;
	if (done == 0)
		return 0;
	best_add_returns()(c, equity, done / STATS_LANES);
	c->bars += (int64_t)done;
	c->last = equity[done - 1];
	return done;
}

void
stats_curve_add_many(struct stats_curve *c, const double *equity, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t some = STATS_LANES - (size_t)c->bars % STATS_LANES;
		size_t blocks = i > 0 ? add_blocks(c, equity + i, n - i) : 0;

		some = n - i < some ? n - i : some;
		if (blocks > 0)
			i += blocks;
		else if (add_part(c, equity + i, some))
			i += some;
		else
			stats_curve_add(c, equity[i++]);
	}
}

/* The bars of stats_curve_stay, as if each had come by itself. */
static void
add_same(struct stats_curve *c, size_t n)
{
	double same[32 * STATS_LANES];

	for (size_t i = 0; i < QTE_COUNT(same); i++)
		same[i] = c->last;
	for (size_t some; n > 0; n -= some) {
		some = n < QTE_COUNT(same) ? n : QTE_COUNT(same);
		stats_curve_add_many(c, same, some);
	}
}

void
stats_curve_stay(struct stats_curve *c, size_t n)
{
	/* A return of nothing adds nothing to sums that are not shifted. */
	if (c->bars < 2 || !(c->last > 0) || c->shift != 0) {
		add_same(c, n);
		return;
	}
	if (c->last < c->peak)
		c->below += (int64_t)n;
	c->bars += (int64_t)n;
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
	double total = sum_total(&c->offs), mean = c->shift + total / n;
	double downside = sqrt(sum_total(&c->downside) / n);

	if (downside > SPREAD_MIN)
		r.sortino = (mean - rf / periods) / downside * sqrt(periods);
	if (n < 2)
		return r;
	double spread = (sum_total(&c->squares) - total * total / n) / (n - 1);
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
