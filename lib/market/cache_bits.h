/* SPDX-License-Identifier: MIT */
/*
 * Numbers of as many bits as they need, one after the other, the lowest bit
 * first (qte-data(5)).  Eight rows begin and end with whole bytes.
 */
#ifndef QTE_CACHE_BITS_H
#define QTE_CACHE_BITS_H

#include <endian.h>
#include <string.h>

#include "base/base.h"

/* Bytes behind a column that may be looked at, whatever stands there. */
#define CACHE_BITS_SLACK 64

/* Bits of a number that vectors read without a case of its own, at most. */
#define CACHE_BITS_NARROW 25

/* cache_bits_fit(width): whether numbers have so many bits. */
static inline bool
cache_bits_fit(size_t width)
{
	return width <= CACHE_BITS_NARROW || width == 32 || width == 64;
}

/* cache_bits_size(width, n): the bytes of ${n} numbers. */
static inline size_t
cache_bits_size(size_t width, size_t n)
{
	return (width * n + 7) / 8;
}

/* cache_bits_get(from, width, i): number ${i} of those at ${from}. */
static inline uint64_t
cache_bits_get(const char *from, size_t width, size_t i)
{
	size_t bit = width * i;
	uint64_t v;

	memcpy(&v, from + bit / 8, sizeof(v));
	v = le64toh(v) >> bit % 8;
	return width == 64 ? v : v & ((UINT64_C(1) << width) - 1);
}

#endif
