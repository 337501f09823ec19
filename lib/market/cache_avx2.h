/* SPDX-License-Identifier: MIT */
/* Columns of the cache, eight rows at a time, for vectors of 32 bytes. */
#ifndef QTE_CACHE_AVX2_H
#define QTE_CACHE_AVX2_H

#include <immintrin.h>

#include "base/base.h"
#include "market/cache_bits.h"

#define CACHE_AVX2 __attribute__((target("avx2")))
#define CACHE_INLINE CACHE_AVX2 __attribute__((always_inline)) static inline

#define CACHE_LANES 8

/* Numbers of up to 32 bits (cache_bits_fit) on their way into lanes. */
struct cache_lanes {
	__m256i bytes; /* those of each number, in each half of the vector */
	__m256i shift, mask;
	const char *at;	   /* the next eight */
	size_t half, size; /* bytes of four numbers, rounded down, and of all */
};

/* Those at ${from}, which is a column, from row ${row} on: a multiple of 8. */
CACHE_INLINE struct cache_lanes
cache_lanes(const char *from, size_t width, size_t row)
{
	struct cache_lanes l = {.at = from + width * (row / CACHE_LANES),
	    .half = width / 2,
	    .size = width,
	    .mask = _mm256_set1_epi32((int)((UINT64_C(1) << width) - 1))};
	uint32_t bytes[CACHE_LANES], shift[CACHE_LANES];

	for (size_t i = 0; i < CACHE_LANES; i++) {
		/* The upper four begin within a byte when the width is odd. */
		size_t bit = i / 4 * (width % 2) * 4 + i % 4 * width;

		bytes[i] = (uint32_t)(bit / 8) * 0x01010101 + 0x03020100;
		shift[i] = (uint32_t)(bit % 8);
	}
	l.bytes = _mm256_loadu_si256((const void *)bytes);
	l.shift = _mm256_loadu_si256((const void *)shift);
	return l;
}

CACHE_INLINE __m256i
cache_lanes_next(struct cache_lanes *l)
{
	__m256i v = _mm256_loadu2_m128i((const void *)(l->at + l->half),
	    (const void *)l->at);

	l->at += l->size;
	v = _mm256_srlv_epi32(_mm256_shuffle_epi8(v, l->bytes), l->shift);
	return _mm256_and_si256(v, l->mask);
}

/*
 * Rows 0 to 3 in the lower halves of four lanes, 4 to 7 in the upper ones: as
 * it multiplies lower halves, that is how rows become numbers of 64 bits.
 */
CACHE_INLINE __m256i
cache_lanes_pair(__m256i v)
{
	return _mm256_permutevar8x32_epi32(v,
	    _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}

#endif
