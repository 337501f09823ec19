/* SPDX-License-Identifier: MIT */
/* Prices as whole ticks in doubles. */
#include "base/num.h"
#include "market/batch.h"

/* Inline, so that it is compiled for the processor of its caller. */
static inline __attribute__((always_inline)) void
convert(const int64_t *units, size_t n, double unit, double *ticks)
{
	for (size_t i = 0; i < n; i++)
		ticks[i] = (double)units[i] / unit;
}

#if defined(__x86_64__)
#include <immintrin.h>

/* 2^52 + 2^51: added to a whole number below 2^51, that is its low bits. */
#define MAGIC 6755399441055744.0

__attribute__((target("avx2"))) static void
convert_avx2(const int64_t *units, size_t n, double unit, double *ticks)
{
	__m256d magic = _mm256_set1_pd(MAGIC), one = _mm256_set1_pd(unit);
	size_t i = 0;

	for (; i + 4 <= n; i += 4) {
		__m256i whole = _mm256_loadu_si256(
		    (const __m256i *)(const void *)(units + i));
		__m256d d = _mm256_castsi256_pd(
		    _mm256_add_epi64(whole, _mm256_castpd_si256(magic)));

		_mm256_storeu_pd(ticks + i,
		    _mm256_div_pd(_mm256_sub_pd(d, magic), one));
	}
	convert(units + i, n - i, unit, ticks + i);
}
#endif

static int64_t
highest(const int64_t *units, size_t n)
{
	int64_t most = 0;

	for (size_t i = 0; i < n; i++)
		most |= units[i];
	return most;
}

void
batch_ticks(const int64_t *units, size_t n, int64_t unit, double *ticks)
{
	int64_t most = highest(units, n);

#if defined(__x86_64__)
	if (most < NUM_WHOLE / 4 && __builtin_cpu_supports("avx2")) {
		convert_avx2(units, n, (double)unit, ticks);
		return;
	}
#endif
	if (most < NUM_WHOLE) {
		convert(units, n, (double)unit, ticks);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		int64_t whole = units[i] / unit;

		ticks[i] = (double)whole;
	}
}
