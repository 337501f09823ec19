/* SPDX-License-Identifier: MIT */
/*
 * Checksums of bytes, by xxHash's XXH3: they tell damage and change, and say
 * nothing about who made the bytes.
 */
#ifndef QTE_DIGEST_H
#define QTE_DIGEST_H

#include "base/base.h"

/* Of 128 bits; of two different files the chance of being equal is nil. */
struct digest {
	uint64_t high, low;
};

/* digest_sum(bytes, n, seed): 64 bits of ${n} bytes, other for each ${seed}. */
uint64_t digest_sum(const void *, size_t, uint64_t);

/* digest_make(bytes, n): the digest of ${n} bytes. */
struct digest digest_make(const void *, size_t);

/*
 * digest_new(), digest_add(d, bytes, n), digest_so_far(d), digest_free(d):
 * The same of bytes that come one part after the other.
 */
struct digest_run;

struct digest_run *digest_new(void) QTE_MUST_CHECK;
void digest_add(struct digest_run *, const void *, size_t);
struct digest digest_so_far(const struct digest_run *);
void digest_free(struct digest_run *);

#endif
