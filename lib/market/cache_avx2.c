/* SPDX-License-Identifier: MIT */
/* Columns of the cache by vectors of 32 bytes. */
#include "market/cache_vectors.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256i
#define LANES 8

#define LOAD(from) _mm256_loadu_si256((const void *)(from))
#define STORE(to, v) _mm256_storeu_si256((void *)(to), v)
#define ALL_32 _mm256_set1_epi32
#define ALL_64 _mm256_set1_epi64x
#define FIRST_32(v) _mm256_extract_epi32(v, 0)
#define AND _mm256_and_si256
#define ADD_32 _mm256_add_epi32
#define SUBTRACT_32 _mm256_sub_epi32
#define MIN_32 _mm256_min_epi32
#define MAX_32 _mm256_max_epi32
#define SHIFT_RIGHT_32 _mm256_srlv_epi32
#define ADD_64 _mm256_add_epi64
#define SHIFT_RIGHT_64 _mm256_srli_epi64
#define SHIFT_LEFT_64 _mm256_slli_epi64
#define MULTIPLY _mm256_mul_epu32
#define MULTIPLY_SIGNED _mm256_mul_epi32
#define PICK_LANES _mm256_permutevar8x32_epi32
#define TO_DOUBLES(v)                                                 \
	_mm256_castpd_si256(                                          \
	    _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(v,      \
			      _mm256_set1_epi64x(CACHE_WHOLE_BITS))), \
		_mm256_set1_pd(CACHE_WHOLE_BELOW)))

/*
 * Bytes are picked within 16 of them: four numbers, the upper four of which
 * begin within a byte when the width is odd.
 */
#define LANE_BIT(i, width) ((i) / 4 * ((width) % 2) * 4 + (i) % 4 * (width))
#define PICK_BYTES(at, width, bytes)                                \
	_mm256_shuffle_epi8(                                        \
	    _mm256_loadu2_m128i((const void *)((at) + (width) / 2), \
		(const void *)(at)),                                \
	    bytes)

/* To each lane the sum of those before it is added. */
TARGET static inline VECTOR
sums(VECTOR v)
{
	VECTOR half;

	v = _mm256_add_epi32(v, _mm256_slli_si256(v, 4));
	v = _mm256_add_epi32(v, _mm256_slli_si256(v, 8));
	/* The last lane of the lower half, to all of the upper one. */
	half = _mm256_permute2x128_si256(v, v, 0x08);
	return _mm256_add_epi32(v, _mm256_shuffle_epi32(half, 0xff));
}

#include "market/cache_lanes_column.h"
#include "market/cache_lanes_ticks.h"

const struct cache_vectors *
cache_avx2(void)
{
	static const struct cache_vectors vectors = {LANES, read_column,
	    read_ticks};

	return __builtin_cpu_supports("avx2") ? &vectors : NULL;
}

#else

const struct cache_vectors *
cache_avx2(void)
{
	return NULL;
}

#endif
