/* SPDX-License-Identifier: MIT */
/* Checksums by vectors: xxHash's header once more, for other instructions. */
#include "format/digest_avx2.h"

#if defined(__x86_64__)

/* Whatever the header includes is not for these instructions alone. */
#include <immintrin.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#define XXH_VECTOR XXH_AVX2
#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
digest_avx2_sum(const void *bytes, size_t n, uint64_t seed)
{
	return XXH3_64bits_withSeed(bytes, n, seed);
}

void
digest_avx2_add(void *state, const void *bytes, size_t n)
{
	(void)XXH3_128bits_update(state, bytes, n);
}

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif

bool
digest_avx2(void)
{
	return __builtin_cpu_supports("avx2");
}

#else

bool
digest_avx2(void)
{
	return false;
}

uint64_t
digest_avx2_sum(const void *bytes, size_t n, uint64_t seed)
{
	(void)bytes, (void)n;
	return seed;
}

void
digest_avx2_add(void *state, const void *bytes, size_t n)
{
	(void)state, (void)bytes, (void)n;
}

#endif
