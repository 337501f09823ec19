/* SPDX-License-Identifier: MIT */
/* Whole numbers as decimal digits. */
#include "base/digits.h"

#include <endian.h>
#include <string.h>

#define EIGHT UINT64_C(100000000)

#define ZEROS UINT64_C(0x3030303030303030)

/*
 * The eight digits of ${v} as text, the first one in the lowest byte.  Each
 * step divides all parts at once, by a multiplication: 5243/2^19 is near enough
 * to 1/100 for what is below 10000, and 103/2^10 to 1/10 for what is below 100.
 */
static uint64_t
eight_of(uint64_t v)
{
	uint64_t x = v / 10000 | v % 10000 << 32;
	uint64_t q = (x * 5243) >> 19 & UINT64_C(0x0000007f0000007f);

	x = q | (x - q * 100) << 16;
	q = (x * 103) >> 10 & UINT64_C(0x000f000f000f000f);
	return (q | (x - q * 10) << 8) + ZEROS;
}

/* Put the last ${n} (1 to 8) of eight digits. */
static void
put_last(char *to, uint64_t v, size_t n)
{
	uint64_t text = htole64(eight_of(v % EIGHT) >> (64 - 8 * n));

	memcpy(to, &text, sizeof(text));
}

void
digits_fixed(char *to, uint64_t v, size_t n)
{
	if (n > 16) {
		put_last(to, v / (EIGHT * EIGHT), n - 16);
		to += n - 16;
		n = 16;
	}
	if (n > 8) {
		put_last(to, v / EIGHT, n - 8);
		to += n - 8;
		n = 8;
	}
	put_last(to, v, n);
}

static size_t
count(uint64_t v)
{
	static const uint64_t powers[DIGITS_MAX] = {0, 10, 100, 1000, 10000,
	    100000, 1000000, 10000000, 100000000, 1000000000, 10000000000,
	    100000000000, 1000000000000, 10000000000000, 100000000000000,
	    1000000000000000, 10000000000000000, 100000000000000000,
	    1000000000000000000, UINT64_C(10000000000000000000)};

	/* 1233/4096 is a little over log10(2): right, or one too few. */
	size_t n = (size_t)(64 - __builtin_clzll(v | 1)) * 1233 / 4096;

	return n + (v >= powers[n]);
}

size_t
digits_put(char *to, uint64_t v)
{
	size_t n = count(v);

	digits_fixed(to, v, n);
	return n;
}

size_t
digits_trim(const char *text, size_t n)
{
	uint64_t last;

	for (; n >= 8; n -= 8) {
		memcpy(&last, text + n - 8, 8);
		last = le64toh(last) ^ ZEROS;
		if (last != 0)
			return n - (size_t)__builtin_clzll(last) / 8;
	}
	while (n > 0 && text[n - 1] == '0')
		n--;
	return n;
}
