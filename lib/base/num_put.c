/* SPDX-License-Identifier: MIT */
/* Numbers: to text. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/digits.h"
#include "base/num.h"
#include "base/shortest.h"

/* Decimal exponents that are written without one. */
#define PLAIN_FROM (-7)
#define PLAIN_BELOW 21

/* Whole numbers below this are their own shortest form. */
#define WHOLE_BELOW 1e15

#define WIDE_SIZE 48 /* a u128 has 39 digits */

/* From here on num_put_human leaves the thousands alone. */
#define HUMAN_BELOW 1e21

__extension__ typedef unsigned __int128 u128;

static size_t
put_wide(char *to, u128 v)
{
	uint64_t part[3];
	size_t n = 0, len;

	for (; v >> 64 != 0; v /= (uint64_t)NUM_MONEY_ONE)
		part[n++] = (uint64_t)(v % (uint64_t)NUM_MONEY_ONE);
	len = digits_put(to, (uint64_t)v);
	for (; n > 0; len += NUM_MONEY_SCALE)
		digits_fixed(to + len, part[--n], NUM_MONEY_SCALE);
	return len;
}

size_t
num_put_int(char *to, int64_t value)
{
	size_t len = 0;

	if (value < 0)
		to[len++] = '-';
	len += digits_put(to + len,
	    value < 0 ? -(uint64_t)value : (uint64_t)value);
	to[len] = '\0';
	return len;
}

/*
 * ${v} / 10^${scale}, and what is left.  10^18 is 2^18 times a number below
 * 2^42, by which 64 bits are enough to divide most sums of money.
 */
static u128
split(u128 v, int scale, uint64_t *rest)
{
	static const uint64_t ones[NUM_MONEY_SCALE + 1] = {1, 10, 100, 1000,
	    10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	    10000000000, 100000000000, 1000000000000, 10000000000000,
	    100000000000000, 1000000000000000, 10000000000000000,
	    100000000000000000, 1000000000000000000};
	uint64_t one = ones[scale];
	u128 whole;

	if (v >> 64 == 0)
		whole = (uint64_t)v / one;
	else if (scale == NUM_MONEY_SCALE && v >> 82 == 0)
		whole = (uint64_t)(v >> 18) / (NUM_MONEY_ONE >> 18);
	else
		whole = v / one;
	*rest = (uint64_t)v - (uint64_t)whole * one;
	return whole;
}

size_t
num_put_scaled(char *to, num_i128 value, int scale)
{
	uint64_t rest;
	size_t len = 0;

	assert(scale >= 0 && scale <= NUM_MONEY_SCALE);
	if (value < 0)
		to[len++] = '-';
	len += put_wide(to + len,
	    split(value < 0 ? -(u128)value : (u128)value, scale, &rest));
	if (rest != 0) {
		to[len++] = '.';
		digits_fixed(to + len, rest, (size_t)scale);
		len += digits_trim(to + len, (size_t)scale);
	}
	to[len] = '\0';
	return len;
}

/*
 * The layouts of ${n} digits, which stand at ${to} + 1, with a decimal point
 * behind the first one and an exponent.
 */
static size_t
put_plain(char *to, size_t n, int exponent)
{
	size_t whole = (size_t)exponent + 1;

	if (exponent < 0) {
		size_t front = (size_t)(1 - exponent);

		memmove(to + front, to + 1, n);
		memcpy(to, "0.0000000", front);
		return front + n;
	}
	if (whole >= n) {
		memmove(to, to + 1, n);
		memset(to + n, '0', whole - n);
		return whole;
	}
	memmove(to, to + 1, whole);
	to[whole] = '.';
	return n + 1;
}

static size_t
put_scientific(char *to, size_t n, int exponent)
{
	size_t len = n > 1 ? n + 1 : 1;

	to[0] = to[1];
	to[1] = '.';
	to[len++] = 'e';
	return len + num_put_int(to + len, exponent);
}

size_t
num_put_double(char *to, double value)
{
	size_t len = 0;

	assert(isfinite(value));
	if (fabs(value) < WHOLE_BELOW && value == (double)(int64_t)value)
		return num_put_int(to, (int64_t)value);
	if (value < 0)
		to[len++] = '-';

	struct shortest s = shortest_of(fabs(value));
	size_t n = digits_put(to + len + 1, s.digits);
	int exponent = s.exponent + (int)n - 1;

	n = digits_trim(to + len + 1, n);
	if (exponent >= PLAIN_FROM && exponent < PLAIN_BELOW)
		len += put_plain(to + len, n, exponent);
	else
		len += put_scientific(to + len, n, exponent);
	to[len] = '\0';
	return len;
}

size_t
num_put_human(char *to, double value, int decimals)
{
	char digits[WIDE_SIZE];
	size_t len = 0;
	num_i128 units;
	uint64_t rest;

	assert(isfinite(value) && decimals >= 0 && decimals <= 9);
	if (fabs(value) >= HUMAN_BELOW ||
	    !num_round(fabs(value), decimals, &units))
		return num_put_double(to, value);

	size_t n = put_wide(digits, split((u128)units, decimals, &rest));

	if (value < 0 && units != 0)
		to[len++] = '-';
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			to[len++] = ',';
		to[len++] = digits[i];
	}
	if (decimals > 0) {
		to[len++] = '.';
		digits_fixed(to + len, rest, (size_t)decimals);
		len += (size_t)decimals;
	}
	to[len] = '\0';
	return len;
}
