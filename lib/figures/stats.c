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

static double
equity_at(const struct stats_line *line, double tick)
{
	return (line->cash + line->quantity * tick) / line->one;
}

/* The return from one tick to another along a line. */
static double
return_along(const struct stats_line *line, double before, double now)
{
	return line->quantity * (now - before) /
	    (line->cash + line->quantity * before);
}

/* ${n} bars of one group along a line, the first with return ${r}. */
typedef void follow(struct stats_curve *, const struct stats_line *,
    const double *, size_t, double);

/* Each by itself. */
static void
follow_each(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, double r)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			r = return_along(line, ticks[i - 1], ticks[i]);
		stats_curve_add_return(c, equity_at(line, ticks[i]), r);
	}
}

#if defined(__x86_64__)
struct extremes {
	double low, high;
};

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

#define AVX2 __attribute__((target("avx2"), always_inline)) static inline

/* The sums that four lanes take part in. */
struct four {
	__m256d offs, squares, downside;
};

/* The line, and the shift of returns. */
struct setting {
	__m256d cash, quantity, shift;
};

/* Ticks seen so far, in four lanes. */
struct range {
	__m256d low, high;
};

/* The returns of those of four bars that are ${in}, from the tick before. */
AVX2 __m256d
returns(const struct setting *with, const double *ticks, __m256d in)
{
	__m256i mask = _mm256_castpd_si256(in);
	__m256d before = _mm256_maskload_pd(ticks - 1, mask);
	__m256d now = _mm256_maskload_pd(ticks, mask);
	__m256d worth =
	    _mm256_add_pd(with->cash, _mm256_mul_pd(with->quantity, before));
	__m256d gain =
	    _mm256_mul_pd(with->quantity, _mm256_sub_pd(now, before));

	return _mm256_div_pd(gain, worth);
}

/* Of NaN and a number min and max give the second: no fall, nothing seen. */
AVX2 void
add_four(struct four *s, __m256d r, __m256d shift, __m256d in)
{
	__m256d off = _mm256_and_pd(in, _mm256_sub_pd(r, shift));
	__m256d fall = _mm256_min_pd(_mm256_and_pd(in, r), _mm256_setzero_pd());

	s->offs = _mm256_add_pd(s->offs, off);
	s->squares = _mm256_add_pd(s->squares, _mm256_mul_pd(off, off));
	s->downside = _mm256_add_pd(s->downside, _mm256_mul_pd(fall, fall));
}

AVX2 void
widen(struct range *x, const double *ticks, __m256d in)
{
	__m256d out = _mm256_cmp_pd(in, in, _CMP_EQ_OQ);
	__m256d now = _mm256_or_pd(out,
	    _mm256_maskload_pd(ticks, _mm256_castpd_si256(in)));

	x->low = _mm256_min_pd(now, x->low);
	x->high = _mm256_max_pd(now, x->high);
}

AVX2 void
load_four(struct four *s, const struct stats_curve *c, size_t lane)
{
	s->offs = _mm256_loadu_pd(c->offs.part + lane);
	s->squares = _mm256_loadu_pd(c->squares.part + lane);
	s->downside = _mm256_loadu_pd(c->downside.part + lane);
}

AVX2 void
store_four(const struct four *s, struct stats_curve *c, size_t lane)
{
	_mm256_storeu_pd(c->offs.part + lane, s->offs);
	_mm256_storeu_pd(c->squares.part + lane, s->squares);
	_mm256_storeu_pd(c->downside.part + lane, s->downside);
}

AVX2 struct extremes
extremes_of(const struct range *x)
{
	__m128d lows = _mm_min_pd(_mm256_castpd256_pd128(x->low),
	    _mm256_extractf128_pd(x->low, 1));
	__m128d highs = _mm_max_pd(_mm256_castpd256_pd128(x->high),
	    _mm256_extractf128_pd(x->high, 1));

	lows = _mm_min_sd(lows, _mm_unpackhi_pd(lows, lows));
	highs = _mm_max_sd(highs, _mm_unpackhi_pd(highs, highs));
	return (struct extremes){_mm_cvtsd_f64(lows), _mm_cvtsd_f64(highs)};
}

/* From the lane as much further on as it starts before it. */
static const int64_t from_lane[3 * STATS_LANES] =
    {[STATS_LANES] = -1, -1, -1, -1, -1, -1, -1, -1};

/* Which of the four lanes from ${lane} on are from ${from} on, below ${to}. */
AVX2 __m256d
inside(size_t lane, size_t from, size_t to)
{
	const int64_t *at = from_lane + STATS_LANES + lane;

	to = to < STATS_LANES ? to : STATS_LANES;
	return _mm256_castsi256_pd(
	    _mm256_and_si256(_mm256_loadu_si256((const void *)(at - from)),
		_mm256_loadu_si256((const void *)(at + STATS_LANES - to))));
}

__attribute__((target("avx2"))) static void
follow_avx2(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, double r)
{
	const struct setting with = {_mm256_set1_pd(line->cash),
	    _mm256_set1_pd(line->quantity), _mm256_set1_pd(c->shift)};
	size_t from = (size_t)c->bars % STATS_LANES, to = from + n;
	const double *at = ticks - from;
	struct range x = {_mm256_set1_pd(ticks[0]), _mm256_set1_pd(ticks[0])};
	const __m256d known = _mm256_set1_pd(r);
	struct four a, b; /* the lanes */

	load_four(&a, c, 0);
	load_four(&b, c, 4);
	for (size_t done = 0; done < to; done += STATS_LANES, from = 0) {
		__m256d in = inside(0, from, to - done);
		__m256d in4 = inside(4, from, to - done);
		size_t next = from + (done == 0);
		__m256d after = inside(0, next, to - done);
		__m256d after4 = inside(4, next, to - done);
		__m256d ra = _mm256_blendv_pd(known,
		    returns(&with, at + done, after), after);
		__m256d rb = _mm256_blendv_pd(known,
		    returns(&with, at + done + 4, after4), after4);

		add_four(&a, ra, with.shift, in);
		add_four(&b, rb, with.shift, in4);
		widen(&x, at + done, in);
		widen(&x, at + done + 4, in4);
	}
	store_four(&a, c, 0);
	store_four(&b, c, 4);
	c->bars += (int64_t)n;
	struct extremes seen = extremes_of(&x);

	add_drawdowns(c, line, ticks, n, &seen);
	c->last = equity_at(line, ticks[n - 1]);
}

static follow *
best_follow(void)
{
	return __builtin_cpu_supports("avx2") ? follow_avx2 : follow_each;
}
#else
static follow *
best_follow(void)
{
	return follow_each;
}
#endif

/* Bars that stay at the last equity. */
static void
stay(struct stats_curve *c, int64_t n)
{
	c->below += c->below > 0 ? n : 0;
	c->bars += n;
}

void
stats_curve_follow(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, double r)
{
	for (size_t some; n > 0; ticks += some, n -= some) {
		some = STATS_GROUP - (size_t)(c->bars % STATS_GROUP);
		some = some < n ? some : n;
		if (c->bars <= 2 || line->quantity == 0)
			some = 1;
		open_group(c);
		(some == 1 ? follow_each : best_follow())(c, line, ticks, some,
		    r);
		if (some == n)
			return;
		/* A return of nothing adds nothing to sums without a shift. */
		if (line->quantity == 0 && c->shift == 0 && c->bars > 2) {
			stay(c, (int64_t)(n - some));
			return;
		}
		r = return_along(line, ticks[some - 1], ticks[some]);
	}
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
