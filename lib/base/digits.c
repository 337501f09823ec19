/* SPDX-License-Identifier: MIT */
/* Whole numbers as decimal digits. */
#include "base/digits.h"

#include <string.h>

#define EIGHT UINT64_C(100000000)

static void
put_two(char *to, uint32_t v)
{
	static const char pairs[] = "00010203040506070809"
				    "10111213141516171819"
				    "20212223242526272829"
				    "30313233343536373839"
				    "40414243444546474849"
				    "50515253545556575859"
				    "60616263646566676869"
				    "70717273747576777879"
				    "80818283848586878889"
				    "90919293949596979899";

	memcpy(to, pairs + (size_t)2 * v, 2);
}

/* The four pairs do not wait for one another, as those of a loop would. */
static void
put_eight(char *to, uint32_t v)
{
	uint32_t high = v / 10000, low = v % 10000;

	put_two(to, high / 100);
	put_two(to + 2, high % 100);
	put_two(to + 4, low / 100);
	put_two(to + 6, low % 100);
}

void
digits_fixed(char *to, uint64_t v, size_t n)
{
	uint32_t rest;

	for (; n >= 8; v /= EIGHT) {
		n -= 8;
		put_eight(to + n, (uint32_t)(v % EIGHT));
	}
	rest = (uint32_t)(v % EIGHT);
	for (; n >= 2; rest /= 100) {
		n -= 2;
		put_two(to + n, rest % 100);
	}
	if (n > 0)
		*to = (char)('0' + rest % 10);
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
	while (n >= 8 && memcmp(text + n - 8, "00000000", 8) == 0)
		n -= 8;
	while (n > 0 && text[n - 1] == '0')
		n--;
	return n;
}
