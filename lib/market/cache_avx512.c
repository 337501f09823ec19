/* SPDX-License-Identifier: MIT */
/* Columns of the cache by vectors of 64 bytes. */
#include "market/cache_vectors.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi")))
#define VECTOR __m512i
#define LANES 16

#define LOAD(from) _mm512_loadu_si512((const void *)(from))
#define STORE(to, v) _mm512_storeu_si512((void *)(to), v)
#define ALL_32 _mm512_set1_epi32
#define ALL_64 _mm512_set1_epi64
#define FIRST_32(v) _mm_cvtsi128_si32(_mm512_castsi512_si128(v))
#define AND _mm512_and_si512
#define ADD_32 _mm512_add_epi32
#define SUBTRACT_32 _mm512_sub_epi32
#define MIN_32 _mm512_min_epi32
#define MAX_32 _mm512_max_epi32
#define SHIFT_RIGHT_32 _mm512_srlv_epi32
#define ADD_64 _mm512_add_epi64
#define SHIFT_RIGHT_64 _mm512_srli_epi64
#define SHIFT_LEFT_64 _mm512_slli_epi64
#define MULTIPLY _mm512_mul_epu32
#define MULTIPLY_SIGNED _mm512_mul_epi32
#define PICK_LANES(v, from) _mm512_permutexvar_epi32(from, v)
#define TO_DOUBLES(v)                                                \
	_mm512_castpd_si512(                                         \
	    _mm512_sub_pd(_mm512_castsi512_pd(_mm512_or_si512(v,     \
			      _mm512_set1_epi64(CACHE_WHOLE_BITS))), \
		_mm512_set1_pd(CACHE_WHOLE_BELOW)))

#define LANE_BIT(i, width) ((i) * (width))
#define PICK_BYTES(at, width, bytes) _mm512_permutexvar_epi8(bytes, LOAD(at))

/* To each lane the sum of those before it is added. */
TARGET static inline VECTOR
sums(VECTOR v)
{
	/* The last lanes of quarters 0 and 2, and then of quarter 1. */
	VECTOR even = _mm512_setr_epi32(0, 0, 0, 0, 3, 3, 3, 3, 0, 0, 0, 0, 11,
	    11, 11, 11);
	VECTOR half = _mm512_set1_epi32(7);

	v = _mm512_add_epi32(v, _mm512_bslli_epi128(v, 4));
	v = _mm512_add_epi32(v, _mm512_bslli_epi128(v, 8));
	v = _mm512_add_epi32(v,
	    _mm512_maskz_permutexvar_epi32(0xf0f0, even, v));
	return _mm512_add_epi32(v,
	    _mm512_maskz_permutexvar_epi32(0xff00, half, v));
}

#include "market/cache_lanes_column.h"
#include "market/cache_lanes_ticks.h"

const struct cache_vectors *
cache_avx512(void)
{
	static const struct cache_vectors vectors = {LANES, read_column,
	    read_ticks};

	return __builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512bw") &&
		__builtin_cpu_supports("avx512vbmi")
	    ? &vectors
	    : NULL;
}

#else

const struct cache_vectors *
cache_avx512(void)
{
	return NULL;
}

#endif
