/* SPDX-License-Identifier: MIT */
/* Columns of the cache: out of bytes. */
#include "market/cache_column.h"

#include <string.h>

#include "market/cache_bytes.h"

static uint64_t
value_at(const struct cache_column *c, const struct cache_rows *rows, size_t i)
{
	uint64_t v = c->base + c->step * (rows->first + i) +
	    c->unit * cache_get(rows->from, c->width, i);
	double whole = (double)(int64_t)v;

	if (c->kind == CACHE_ON_OPEN)
		v += (uint64_t)rows->open[i];
	else if (c->kind == CACHE_WHOLE)
		memcpy(&v, &whole, sizeof(v));
	return v;
}

void
cache_column_scalar(const struct cache_column *c, const struct cache_rows *rows,
    size_t from)
{
	char *to = (char *)rows->to + from * sizeof(uint64_t);

	for (size_t i = from; i < rows->n; i++, to += sizeof(uint64_t)) {
		uint64_t v = value_at(c, rows, i);

		memcpy(to, &v, sizeof(v));
	}
}

#if defined(__x86_64__)

#include <immintrin.h>

#define VECTOR __attribute__((target("avx2")))
#define ALWAYS __attribute__((always_inline))

#define LANES 4

/* The bits of 2^52, which a smaller whole number stands below the point of. */
#define WHOLE_BITS INT64_C(0x4330000000000000)
#define WHOLE_ONE 4503599627370496.0

/* What is the same in all rows of a column. */
struct terms {
	__m256i base, ramp, unit, upper; /* ->upper: 32 bits of the unit */
	bool long_unit;			 /* they are not 0 */
};

VECTOR static inline ALWAYS __m256i
load(const char *from, size_t width, size_t i)
{
	const void *at = from + width * i;
	int32_t four;

	switch (width) {
	case 1:
		memcpy(&four, at, sizeof(four));
		return _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(four));
	case 2:
		return _mm256_cvtepu16_epi64(_mm_loadl_epi64(at));
	case 4:
		return _mm256_cvtepu32_epi64(_mm_loadu_si128(at));
	case 8:
		return _mm256_loadu_si256(at);
	default:
		return _mm256_setzero_si256();
	}
}

/* Numbers of 32 bits by a unit of 64; those of 64 bits have the unit 1. */
VECTOR static inline ALWAYS __m256i
multiply(__m256i v, const struct terms *t, size_t width)
{
	__m256i low = _mm256_mul_epu32(v, t->unit);

	if (width == 0 || width == 8)
		return v;
	if (!t->long_unit)
		return low;
	return _mm256_add_epi64(low,
	    _mm256_slli_epi64(_mm256_mul_epu32(v, t->upper), 32));
}

VECTOR static inline ALWAYS __m256i
to_doubles(__m256i v)
{
	__m256d bits = _mm256_castsi256_pd(
	    _mm256_or_si256(v, _mm256_set1_epi64x(WHOLE_BITS)));

	return _mm256_castpd_si256(
	    _mm256_sub_pd(bits, _mm256_set1_pd(WHOLE_ONE)));
}

/* Return how many rows were read. */
VECTOR static inline ALWAYS size_t
read_rows(const struct cache_column *c, const struct cache_rows *rows,
    size_t width)
{
	int64_t s = (int64_t)c->step;
	struct terms t = {
	    .base =
		_mm256_set1_epi64x((int64_t)(c->base + c->step * rows->first)),
	    .ramp = _mm256_set_epi64x((int64_t)(c->step * 3),
		(int64_t)(c->step * 2), s, 0),
	    .unit = _mm256_set1_epi64x((int64_t)c->unit),
	    .upper = _mm256_set1_epi64x((int64_t)(c->unit >> 32)),
	    .long_unit = c->unit >> 32 != 0,
	};
	__m256i ramp = _mm256_add_epi64(t.base, t.ramp);
	__m256i more = _mm256_set1_epi64x((int64_t)(c->step * LANES));
	__m256i *to = rows->to;
	size_t i;

	for (i = 0; i + LANES <= rows->n; i += LANES) {
		__m256i v = multiply(load(rows->from, width, i), &t, width);

		v = _mm256_add_epi64(v, ramp);
		ramp = _mm256_add_epi64(ramp, more);
		if (c->kind == CACHE_ON_OPEN)
			v = _mm256_add_epi64(v,
			    _mm256_loadu_si256((const void *)(rows->open + i)));
		else if (c->kind == CACHE_WHOLE)
			v = to_doubles(v);
		_mm256_storeu_si256(to++, v);
	}
	return i;
}

VECTOR static size_t
read_vectors(const struct cache_column *c, const struct cache_rows *rows)
{
	switch (c->width) {
	case 0:
		return read_rows(c, rows, 0);
	case 1:
		return read_rows(c, rows, 1);
	case 2:
		return read_rows(c, rows, 2);
	case 4:
		return read_rows(c, rows, 4);
	default:
		return c->unit == 1 ? read_rows(c, rows, 8) : 0;
	}
}

void
cache_column_read(const struct cache_column *c, const struct cache_rows *rows)
{
	size_t done = 0;

	if (__builtin_cpu_supports("avx2"))
		done = read_vectors(c, rows);
	cache_column_scalar(c, rows, done);
}

#else

void
cache_column_read(const struct cache_column *c, const struct cache_rows *rows)
{
	cache_column_scalar(c, rows, 0);
}

#endif
