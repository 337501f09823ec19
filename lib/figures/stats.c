/* SPDX-License-Identifier: MIT */
/* Figures of an equity curve. */
#include "figures/stats.h"

#include <math.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Below this a deviation is the noise of rounding. */
#define SPREAD_MIN 1e-15

/*
 * Take the parts in and keep what these additions lose apart: the exact error
 * of each by D. Knuth, The Art of Computer Programming, volume 2, 4.2.2,
 * theorem B.
 */
static void
sum_close(struct stats_sum *s)
{
	for (size_t lane = 0; lane < STATS_LANES; lane++) {
		double before = s->sum[lane], x = s->part[lane];
		double sum = before + x, added = sum - before;

		s->lost[lane] += (before - (sum - added)) + (x - added);
		s->sum[lane] = sum;
		s->part[lane] = 0;
	}
}

static double
sum_total(const struct stats_sum *s)
{
	struct stats_sum all = *s, one = {.sum = {0}};
	double lost = 0;

	sum_close(&all);
	for (size_t lane = 0; lane < STATS_LANES; lane++) {
		one.part[0] = all.sum[lane];
		sum_close(&one);
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
	sum_close(&c->offs);
	sum_close(&c->squares);
	sum_close(&c->downside);
	c->group = group;
}

/* The first return, by itself so far, is the shift if the second is near it. */
static void
settle_shift(struct stats_curve *c, double r)
{
	double first = c->shift;

	if (fabs(r - first) <= fabs(first) / 8)
		return;
	c->shift = 0;
	c->offs.part[1] = first;
	c->squares.part[1] = first * first;
}

static void
add_return(struct stats_curve *c, double r)
{
	size_t lane = (size_t)c->bars % STATS_LANES;

	if (c->bars == 1)
		c->shift = r;
	if (c->bars == 2)
		settle_shift(c, r);
	double off = r - c->shift, fall = r < 0 ? r : 0;

	open_group(c);
	c->offs.part[lane] += off;
	c->squares.part[lane] += off * off;
	c->downside.part[lane] += fall * fall;
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

struct extremes {
	double low, high;
};

static double
equity_at(const struct stats_line *line, double tick)
{
	return (line->cash + line->quantity * tick) / line->one;
}

/* Of ${n} bars whose ticks have these ${extremes}. */
static void
add_drawdowns(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, const struct extremes *x)
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

/* The returns of ${n} bars, all of one group; what their ticks lie between. */
typedef struct extremes add_returns(struct stats_curve *,
    const struct stats_line *, const double *, size_t);

static struct extremes
add_returns_any(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n)
{
	struct extremes x = {ticks[0], ticks[0]};

	for (size_t i = 0; i < n; i++) {
		double before = ticks[(ptrdiff_t)i - 1], now = ticks[i];

		add_return(c,
		    line->quantity * (now - before) /
			(line->cash + line->quantity * before));
		c->bars++;
		x.low = now < x.low ? now : x.low;
		x.high = now > x.high ? now : x.high;
	}
	return x;
}

#if defined(__x86_64__)
#define HALVES (STATS_LANES / 4)

/* The sums that four lanes take part in, and the ticks seen in them. */
struct four {
	__m256d offs, squares, downside, low, high;
};

struct setting {
	__m256d cash, quantity, shift;
};

#define AVX2 __attribute__((target("avx2"), always_inline)) static inline

/* Four bars, of which those with ${in} count. */
AVX2 void
add_four(struct four *s, const struct setting *with, const double *ticks,
    __m256i in)
{
	const __m256d of = _mm256_castsi256_pd(in), none = _mm256_setzero_pd();
	const __m256d out =
	    _mm256_castsi256_pd(_mm256_xor_si256(in, _mm256_set1_epi64x(-1)));
	__m256d before = _mm256_maskload_pd(ticks - 1, in);
	__m256d now = _mm256_maskload_pd(ticks, in);
	__m256d worth =
	    _mm256_add_pd(with->cash, _mm256_mul_pd(with->quantity, before));
	__m256d gain =
	    _mm256_mul_pd(with->quantity, _mm256_sub_pd(now, before));
	__m256d r = _mm256_and_pd(of, _mm256_div_pd(gain, worth));
	__m256d off = _mm256_and_pd(of, _mm256_sub_pd(r, with->shift));
	__m256d fall = _mm256_min_pd(r, none);
	/* Of NaN and a number min and max give the second. */
	__m256d seen = _mm256_or_pd(now, out);

	s->offs = _mm256_add_pd(s->offs, off);
	s->squares = _mm256_add_pd(s->squares, _mm256_mul_pd(off, off));
	s->downside = _mm256_add_pd(s->downside, _mm256_mul_pd(fall, fall));
	s->low = _mm256_min_pd(seen, s->low);
	s->high = _mm256_max_pd(seen, s->high);
}

AVX2 void
load_four(struct four *s, const struct stats_curve *c, size_t lane, double tick)
{
	s->offs = _mm256_loadu_pd(c->offs.part + lane);
	s->squares = _mm256_loadu_pd(c->squares.part + lane);
	s->downside = _mm256_loadu_pd(c->downside.part + lane);
	s->low = s->high = _mm256_set1_pd(tick);
}

AVX2 void
store_four(const struct four *s, struct stats_curve *c, size_t lane)
{
	_mm256_storeu_pd(c->offs.part + lane, s->offs);
	_mm256_storeu_pd(c->squares.part + lane, s->squares);
	_mm256_storeu_pd(c->downside.part + lane, s->downside);
}

AVX2 struct extremes
extremes_of(const struct four s[HALVES])
{
	__m256d low = _mm256_min_pd(s[0].low, s[1].low);
	__m256d high = _mm256_max_pd(s[0].high, s[1].high);
	__m128d lows = _mm_min_pd(_mm256_castpd256_pd128(low),
	    _mm256_extractf128_pd(low, 1));
	__m128d highs = _mm_max_pd(_mm256_castpd256_pd128(high),
	    _mm256_extractf128_pd(high, 1));

	lows = _mm_min_sd(lows, _mm_unpackhi_pd(lows, lows));
	highs = _mm_max_sd(highs, _mm_unpackhi_pd(highs, highs));
	return (struct extremes){_mm_cvtsd_f64(lows), _mm_cvtsd_f64(highs)};
}

/* Masks of lanes: those from n on are ->at[STATS_LANES - n ...]. */
static const int64_t from_lane[3 * STATS_LANES] =
    {[STATS_LANES] = -1, -1, -1, -1, -1, -1, -1, -1};

/* Which of the four lanes from ${lane} on are from ${from} on, below ${to}. */
AVX2 __m256i
inside(size_t lane, size_t from, size_t to)
{
	const int64_t *at = from_lane + STATS_LANES + lane;

	to = to < STATS_LANES ? to : STATS_LANES;
	return _mm256_and_si256(_mm256_loadu_si256((const void *)(at - from)),
	    _mm256_loadu_si256((const void *)(at + STATS_LANES - to)));
}

__attribute__((target("avx2"))) static struct extremes
add_returns_avx2(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n)
{
	const struct setting with = {_mm256_set1_pd(line->cash),
	    _mm256_set1_pd(line->quantity), _mm256_set1_pd(c->shift)};
	size_t from = (size_t)c->bars % STATS_LANES, to = from + n;
	struct four s[HALVES];

	for (size_t i = 0; i < HALVES; i++)
		load_four(&s[i], c, 4 * i, ticks[0]);
	ticks -= from;
	for (size_t at = 0; at < to; at += STATS_LANES, from = 0) {
		for (size_t i = 0; i < HALVES; i++)
			add_four(&s[i], &with, ticks + at + 4 * i,
			    inside(4 * i, from, to - at));
	}
	for (size_t i = 0; i < HALVES; i++)
		store_four(&s[i], c, 4 * i);
	c->bars += (int64_t)n;
	return extremes_of(s);
}

static add_returns *
best_add_returns(void)
{
	return __builtin_cpu_supports("avx2") ? add_returns_avx2
					      : add_returns_any;
}
#else
static add_returns *
best_add_returns(void)
{
	return add_returns_any;
}
#endif

void
stats_curve_follow(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n)
{
	/* A return of nothing adds nothing to sums that are not shifted. */
	if (line->quantity == 0 && c->shift == 0 && c->bars > 2) {
		c->below += c->below > 0 ? (int64_t)n : 0;
		c->bars += (int64_t)n;
		return;
	}
	for (size_t some; n > 0; ticks += some, n -= some) {
		some = STATS_GROUP - (size_t)(c->bars % STATS_GROUP);
		some = some < n ? some : n;
		add_returns *add = best_add_returns();

		if (c->bars <= 2) {
			/* It settles the shift. */
			add = add_returns_any;
			some = 1;
		}
		open_group(c);
		struct extremes x = add(c, line, ticks, some);

		add_drawdowns(c, line, ticks, some, &x);
	}
	c->last = equity_at(line, ticks[-1]);
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
