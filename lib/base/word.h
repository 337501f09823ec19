/* SPDX-License-Identifier: MIT */
/*
 * Text eight bytes at a time, the first one lowest: what is asked of each byte
 * is answered in its top bit.
 */
#ifndef QTE_WORD_H
#define QTE_WORD_H

#include "base/base.h"

#define WORD_BYTES 8

/* Times a byte: that byte, eight times. */
#define WORD_EACH UINT64_C(0x0101010101010101)
#define WORD_TOPS UINT64_C(0x8080808080808080)

static inline uint64_t
word_load(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint64_t)b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 |
	    (uint64_t)b[3] << 24 | (uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 |
	    (uint64_t)b[6] << 48 | (uint64_t)b[7] << 56;
}

/* word_is(x, c): the bytes that are ${c}. */
static inline uint64_t
word_is(uint64_t x, char c)
{
	uint64_t y = x ^ WORD_EACH * (unsigned char)c;

	return ~(((y & ~WORD_TOPS) + ~WORD_TOPS) | y) & WORD_TOPS;
}

/*
 * word_odd(x): the bytes that are no printable ASCII, or a quote.  Above a
 * byte that is none others may be named too.
 */
static inline uint64_t
word_odd(uint64_t x)
{
	uint64_t odd = (x - WORD_EACH * ' ') | (x + WORD_EACH) | x;

	return (odd & WORD_TOPS) | word_is(x, '"');
}

/* Eight zeros as text: what a digit differs from its own by is its value. */
#define WORD_ZEROS (WORD_EACH * '0')

/* word_all_digits(x), word_digits(x): of eight digits, each less '0'. */
static inline bool
word_all_digits(uint64_t x)
{
	return ((x | (x + WORD_EACH * 0x76)) & WORD_TOPS) == 0;
}

static inline uint64_t
word_digits(uint64_t x)
{
	const uint64_t ends = UINT64_C(0x000000ff000000ff);

	x = x * 10 + (x >> 8);
	/* The pairs, each times its weight, meet in the upper half. */
	return ((x & ends) * (100 + (UINT64_C(1000000) << 32)) +
		   (x >> 16 & ends) * (1 + (UINT64_C(10000) << 32))) >>
	    32;
}

/* word_first(mask): which byte is the first that was named, of ${mask} != 0. */
static inline size_t
word_first(uint64_t mask)
{
	return (size_t)__builtin_ctzll(mask) / 8;
}

#endif
