/* SPDX-License-Identifier: MIT */
/* The returns of bars along a line. */
#include "figures/stats_follow.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static struct stats_extremes
follow_any(struct stats_parts *to, const struct stats_line *line,
    const struct stats_bars *bars)
{
	const double *ticks = bars->ticks;
	struct stats_extremes x = {ticks[0], ticks[0]};

	stats_part(to, bars->lane, bars->r);
	for (size_t i = 1; i < bars->n; i++) {
		stats_part(to, (bars->lane + i) % STATS_LANES,
		    stats_along(line, ticks[i - 1], ticks[i]));
		x.low = ticks[i] < x.low ? ticks[i] : x.low;
		x.high = ticks[i] > x.high ? ticks[i] : x.high;
	}
	return x;
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2"), always_inline)) static inline

/* The sums that four lanes take part in, and the ticks they saw. */
struct four {
	__m256d offs, squares, downside, low, high;
};

/* The line, the shift of returns, and the return that is known. */
struct setting {
	__m256d cash, quantity, shift, known;
};

/* The returns of four bars, which are known but for those that are ${next}. */
AVX2 __m256d
returns(const struct setting *with, const double *ticks, __m256d next)
{
	__m256d before = _mm256_loadu_pd(ticks - 1);
	__m256d worth =
	    _mm256_add_pd(with->cash, _mm256_mul_pd(with->quantity, before));
	__m256d gain = _mm256_mul_pd(with->quantity,
	    _mm256_sub_pd(_mm256_loadu_pd(ticks), before));

	return _mm256_blendv_pd(with->known, _mm256_div_pd(gain, worth), next);
}

/*
 * Those of four bars that are ${in}.  Of NaN and a number min and max give the
 * second: no fall, nothing seen.
 */
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
widen(struct four *s, const double *ticks, __m256d in)
{
	__m256d now = _mm256_blendv_pd(s->low, _mm256_loadu_pd(ticks), in);

	s->low = _mm256_min_pd(now, s->low);
	now = _mm256_blendv_pd(s->high, _mm256_loadu_pd(ticks), in);
	s->high = _mm256_max_pd(now, s->high);
}

AVX2 void
load_four(struct four *s, const struct stats_parts *of, size_t lane,
    double tick)
{
	s->offs = _mm256_loadu_pd(of->offs + lane);
	s->squares = _mm256_loadu_pd(of->squares + lane);
	s->downside = _mm256_loadu_pd(of->downside + lane);
	s->low = s->high = _mm256_set1_pd(tick);
}

AVX2 void
store_four(const struct four *s, struct stats_parts *to, size_t lane)
{
	_mm256_storeu_pd(to->offs + lane, s->offs);
	_mm256_storeu_pd(to->squares + lane, s->squares);
	_mm256_storeu_pd(to->downside + lane, s->downside);
}

AVX2 struct stats_extremes
extremes_of(const struct four *a, const struct four *b)
{
	__m256d low = _mm256_min_pd(a->low, b->low);
	__m256d high = _mm256_max_pd(a->high, b->high);
	__m128d lows = _mm_min_pd(_mm256_castpd256_pd128(low),
	    _mm256_extractf128_pd(low, 1));
	__m128d highs = _mm_max_pd(_mm256_castpd256_pd128(high),
	    _mm256_extractf128_pd(high, 1));

	lows = _mm_min_sd(lows, _mm_unpackhi_pd(lows, lows));
	highs = _mm_max_sd(highs, _mm_unpackhi_pd(highs, highs));
	return (
	    struct stats_extremes){_mm_cvtsd_f64(lows), _mm_cvtsd_f64(highs)};
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

__attribute__((target("avx2"))) static struct stats_extremes
follow_avx2(struct stats_parts *to, const struct stats_line *line,
    const struct stats_bars *bars)
{
	const struct setting with = {_mm256_set1_pd(line->cash),
	    _mm256_set1_pd(line->quantity), _mm256_set1_pd(to->shift),
	    _mm256_set1_pd(bars->r)};
	size_t from = bars->lane, left = from + bars->n;
	size_t next = from + 1;
	struct four a, b; /* the lanes */

	load_four(&a, to, 0, bars->ticks[0]);
	load_four(&b, to, 4, bars->ticks[0]);
	for (const double *at = bars->ticks - from;; at += STATS_LANES) {
		__m256d in = inside(0, from, left), in4 = inside(4, from, left);

		add_four(&a, returns(&with, at, inside(0, next, left)),
		    with.shift, in);
		add_four(&b, returns(&with, at + 4, inside(4, next, left)),
		    with.shift, in4);
		widen(&a, at, in);
		widen(&b, at + 4, in4);
		if (left <= STATS_LANES)
			break;
		left -= STATS_LANES;
		from = next = 0;
	}
	store_four(&a, to, 0);
	store_four(&b, to, 4);
	return extremes_of(&a, &b);
}

/* A register for all lanes; the masks have a bit for each. */
__attribute__((target("avx512f"))) static struct stats_extremes
follow_avx512(struct stats_parts *to, const struct stats_line *line,
    const struct stats_bars *bars)
{
	const __m512d cash = _mm512_set1_pd(line->cash), zero = {0};
	const __m512d quantity = _mm512_set1_pd(line->quantity);
	const __m512d shift = _mm512_set1_pd(to->shift);
	const __m512d known = _mm512_set1_pd(bars->r);
	__m512d offs = _mm512_loadu_pd(to->offs);
	__m512d squares = _mm512_loadu_pd(to->squares);
	__m512d downside = _mm512_loadu_pd(to->downside);
	__m512d low = _mm512_set1_pd(bars->ticks[0]), high = low;
	size_t from = bars->lane, left = from + bars->n;
	unsigned in = 0xffU << from, next = in << 1;

	for (const double *at = bars->ticks - from;; at += STATS_LANES) {
		if (left < STATS_LANES)
			in &= (1U << left) - 1;
		__m512d before = _mm512_loadu_pd(at - 1);
		__m512d now = _mm512_loadu_pd(at);
		__m512d worth =
		    _mm512_add_pd(cash, _mm512_mul_pd(quantity, before));
		__m512d gain =
		    _mm512_mul_pd(quantity, _mm512_sub_pd(now, before));
		__m512d now_r =
		    _mm512_mask_div_pd(known, (__mmask8)next, gain, worth);
		__m512d off = _mm512_maskz_sub_pd((__mmask8)in, now_r, shift);
		/* Of NaN and a number the second: no fall. */
		__m512d fall = _mm512_maskz_min_pd((__mmask8)in, now_r, zero);

		offs = _mm512_add_pd(offs, off);
		squares = _mm512_add_pd(squares, _mm512_mul_pd(off, off));
		downside = _mm512_add_pd(downside, _mm512_mul_pd(fall, fall));
		low = _mm512_mask_min_pd(low, (__mmask8)in, now, low);
		high = _mm512_mask_max_pd(high, (__mmask8)in, now, high);
		if (left <= STATS_LANES)
			break;
		left -= STATS_LANES;
		in = next = 0xff;
	}
	_mm512_storeu_pd(to->offs, offs);
	_mm512_storeu_pd(to->squares, squares);
	_mm512_storeu_pd(to->downside, downside);
	return (struct stats_extremes){_mm512_reduce_min_pd(low),
	    _mm512_reduce_max_pd(high)};
}

stats_follow *
stats_follow_best(enum stats_wide most)
{
	if (most >= STATS_AVX512 && __builtin_cpu_supports("avx512f"))
		return follow_avx512;
	if (most >= STATS_AVX2 && __builtin_cpu_supports("avx2"))
		return follow_avx2;
	return follow_any;
}
#else
stats_follow *
stats_follow_best(enum stats_wide most)
{
	(void)most;
	return follow_any;
}
#endif
