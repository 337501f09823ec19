/* SPDX-License-Identifier: MIT */
/* Prices of the cache: out of bits. */
#include "market/cache_ticks.h"

#include "market/cache_bits.h"

static void
put_price(struct cache_ticks *t, size_t k, size_t i, int32_t tick)
{
	const struct cache_column *c = &t->columns[k];

	t->to[k][i] = (int64_t)(c->base + c->unit * (uint64_t)(int64_t)tick);
}

/* What row ${i} has in column ${k}, with its step. */
static uint32_t
number(const struct cache_ticks *t, size_t k, size_t i)
{
	const struct cache_column *c = &t->columns[k];

	return (uint32_t)(c->step +
	    cache_bits_get(t->from[k], c->width, t->first + i));
}

void
cache_ticks_scalar(struct cache_ticks *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		int32_t open =
		    (int32_t)((uint32_t)t->close + number(t, BATCH_OPEN, i));
		int32_t close =
		    (int32_t)((uint32_t)open + number(t, BATCH_CLOSE, i));
		uint32_t most = (uint32_t)(open > close ? open : close);
		uint32_t least = (uint32_t)(open < close ? open : close);

		put_price(t, BATCH_OPEN, i, open);
		put_price(t, BATCH_CLOSE, i, close);
		put_price(t, BATCH_HIGH, i,
		    (int32_t)(most + number(t, BATCH_HIGH, i)));
		put_price(t, BATCH_LOW, i,
		    (int32_t)(least - number(t, BATCH_LOW, i)));
		t->close = close;
	}
}

#if defined(__x86_64__)

#include "market/cache_avx2.h"

/* To each lane the sum of those before it is added. */
CACHE_INLINE __m256i
sums(__m256i v)
{
	__m256i half;

	v = _mm256_add_epi32(v, _mm256_slli_si256(v, 4));
	v = _mm256_add_epi32(v, _mm256_slli_si256(v, 8));
	/* The last lane of the lower half, to all of the upper one. */
	half = _mm256_permute2x128_si256(v, v, 0x08);
	return _mm256_add_epi32(v, _mm256_shuffle_epi32(half, 0xff));
}

CACHE_INLINE void
put_eight(int64_t *to, __m256i ticks, __m256i unit, __m256i base)
{
	__m256i v = cache_lanes_pair(ticks);
	__m256i low = _mm256_mul_epi32(v, unit);
	__m256i high = _mm256_mul_epi32(_mm256_srli_epi64(v, 32), unit);

	_mm256_storeu_si256((void *)to, _mm256_add_epi64(low, base));
	_mm256_storeu_si256((void *)(to + 4), _mm256_add_epi64(high, base));
}

CACHE_INLINE struct cache_lanes
lanes_of(const struct cache_ticks *t, size_t k, size_t from)
{
	return cache_lanes(t->from[k], t->columns[k].width, t->first + from);
}

CACHE_INLINE __m256i
step_of(const struct cache_ticks *t, size_t k)
{
	return _mm256_set1_epi32((int32_t)t->columns[k].step);
}

CACHE_AVX2 static void
read_lanes(struct cache_ticks *t, size_t from, size_t to)
{
	struct cache_lanes opens = lanes_of(t, BATCH_OPEN, from);
	struct cache_lanes highs = lanes_of(t, BATCH_HIGH, from);
	struct cache_lanes lows = lanes_of(t, BATCH_LOW, from);
	struct cache_lanes closes = lanes_of(t, BATCH_CLOSE, from);
	__m256i gap = step_of(t, BATCH_OPEN), move = step_of(t, BATCH_CLOSE);
	__m256i base = _mm256_set1_epi64x((int64_t)t->columns[0].base);
	__m256i unit = _mm256_set1_epi64x((int64_t)t->columns[0].unit);
	__m256i last = _mm256_set1_epi32(CACHE_LANES - 1);
	__m256i before = _mm256_set1_epi32(t->close);

	for (size_t i = from; i < to; i += CACHE_LANES) {
		__m256i gaps = _mm256_add_epi32(cache_lanes_next(&opens), gap);
		__m256i moves =
		    _mm256_add_epi32(cache_lanes_next(&closes), move);
		__m256i close = _mm256_add_epi32(before,
		    sums(_mm256_add_epi32(gaps, moves)));
		__m256i open = _mm256_sub_epi32(close, moves);
		__m256i high = _mm256_add_epi32(_mm256_max_epi32(open, close),
		    cache_lanes_next(&highs));
		__m256i low = _mm256_sub_epi32(_mm256_min_epi32(open, close),
		    cache_lanes_next(&lows));

		before = _mm256_permutevar8x32_epi32(close, last);
		put_eight(t->to[BATCH_OPEN] + i, open, unit, base);
		put_eight(t->to[BATCH_HIGH] + i, high, unit, base);
		put_eight(t->to[BATCH_LOW] + i, low, unit, base);
		put_eight(t->to[BATCH_CLOSE] + i, close, unit, base);
	}
	t->close = _mm256_extract_epi32(before, 0);
}

void
cache_ticks_read(struct cache_ticks *t)
{
	size_t lead = (CACHE_LANES - t->first % CACHE_LANES) % CACHE_LANES;
	size_t end;

	if (!__builtin_cpu_supports("avx2") || lead >= t->n) {
		cache_ticks_scalar(t, 0, t->n);
		return;
	}
	end = t->n - (t->n - lead) % CACHE_LANES;
	cache_ticks_scalar(t, 0, lead);
	read_lanes(t, lead, end);
	cache_ticks_scalar(t, end, t->n);
}

#else

void
cache_ticks_read(struct cache_ticks *t)
{
	cache_ticks_scalar(t, 0, t->n);
}

#endif
