/* SPDX-License-Identifier: MIT */
/*
 * Inside digest: the same hashes by vectors of 32 bytes, several times as fast
 * for long input.
 */
#ifndef QTE_DIGEST_AVX2_H
#define QTE_DIGEST_AVX2_H

#include "base/base.h"

/* digest_avx2(): whether this processor has them; else call nothing below. */
bool digest_avx2(void);

/* digest_avx2_sum(bytes, n, seed): as digest_sum. */
uint64_t digest_avx2_sum(const void *, size_t, uint64_t);

/* digest_avx2_add(state, bytes, n): as digest_add, to an XXH3_state_t. */
void digest_avx2_add(void *, const void *, size_t);

#endif
