/* SPDX-License-Identifier: MIT */
/* Numbers: exact quotients, and values as doubles. */
#include "base/num.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 u128;

#define LARGEST ((u128)-1 >> 1) /* of a num_i128 */

static u128
magnitude(num_i128 n)
{
	return n < 0 ? -(u128)n : (u128)n;
}

static int
bits(u128 v)
{
	uint64_t high = (uint64_t)(v >> 64), low = (uint64_t)v;

	if (high != 0)
		return 128 - __builtin_clzll(high);
	return low != 0 ? 64 - __builtin_clzll(low) : 0;
}

/* 2^${n} for an ${n} that a double has among those of full precision. */
static double
two_to(int n)
{
	uint64_t image = (uint64_t)(DBL_MAX_EXP - 1 + n) << (DBL_MANT_DIG - 1);
	double d;

	memcpy(&d, &image, sizeof(d));
	return d;
}

/*
 * ${a}/${d} for both > 0, in whole numbers: with the highest bit of both on
 * top, a.2^63 divided by d has 63 or 64 bits.  By D. Knuth, The Art of Computer
 * Programming, volume 2, 4.3.1, algorithm D, the upper half of d comes to no
 * less than that, and to two more at most.
 */
static double
divide(u128 a, u128 d)
{
	int exponent = bits(a) - bits(d) - 63;

	a <<= 128 - bits(a);
	d <<= 128 - bits(d);

	uint64_t d1 = (uint64_t)(d >> 64), d0 = (uint64_t)d;
	u128 top = a >> 1, end = a << 127 >> 64;
	uint64_t q = (uint64_t)(top / d1);
	u128 rest = top - (u128)q * d1, less = (u128)q * d0;

	for (; rest >> 64 == 0 && less > (rest << 64 | end); q--) {
		rest += d1;
		less -= d0;
	}
	bool more = rest >> 64 != 0 || less != (rest << 64 | end);

	return (double)(q | more) * two_to(exponent);
}

uint64_t
num_gcd(uint64_t a, uint64_t b)
{
	while (b != 0) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

uint64_t
num_inverse(uint64_t odd)
{
	uint64_t inverse = odd;

	/* Right in the lowest 3 bits; each step doubles them (Newton). */
	for (int right = 3; right < 64; right *= 2)
		inverse *= 2 - odd * inverse;
	return inverse;
}

int64_t
num_power(int n)
{
	static const int64_t powers[] = {1, 10, 100, 1000, 10000, 100000,
	    1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
	    1000000000000, 10000000000000, 100000000000000, 1000000000000000,
	    10000000000000000, 100000000000000000, 1000000000000000000};

	assert(n >= 0 && n <= NUM_MONEY_SCALE);
	return powers[n];
}

double
num_ratio(num_i128 n, uint64_t d)
{
	u128 a = magnitude(n);
	double q;

	/* Both are exact as doubles, so that the division rounds once. */
	if (a <= (uint64_t)NUM_WHOLE && d <= (uint64_t)NUM_WHOLE)
		return (double)(int64_t)n / (double)d;
	if (a == 0)
		return 0;
	q = divide(a, d);
	return n < 0 ? -q : q;
}

double
num_change(num_i128 now, num_i128 before)
{
	bool falls = now < before;
	u128 off = falls ? (u128)before - (u128)now : (u128)now - (u128)before;
	double q;

	if (off == 0)
		return 0;
	q = divide(off, (u128)before);
	return falls ? -q : q;
}

double
num_price(int64_t units)
{
	return num_ratio(units, NUM_PRICE_ONE);
}

double
num_money(num_i128 units)
{
	return num_ratio(units, NUM_MONEY_ONE);
}

/* ${q} plus half: what a rest of ${d} does to it, ties to even. */
static u128
rounded(u128 q, uint64_t rest, uint64_t d)
{
	return q + (rest > d - rest || (rest == d - rest && (q & 1) != 0));
}

/* ${a} * ${b} / ${d}, rounded half to even; false when far over 2^127. */
static bool
mul_div(u128 a, uint64_t b, uint64_t d, u128 *quotient)
{
	if (bits(a) + bits(b) <= 128) {
		u128 product = a * b, q = product / d;

		*quotient = rounded(q, (uint64_t)(product - q * d), d);
		return true;
	}
	u128 low = (u128)(uint64_t)a * b;
	u128 high = (a >> 64) * b + (low >> 64);
	u128 q = high / d, rest = high % d;

	/* On paper, with digits of 64 bits: ${high} is at most two of them. */
	if (q >> 64 != 0)
		return false;
	rest = rest << 64 | (uint64_t)low;
	q = (q << 64) + rest / d;
	if (q > LARGEST + 1)
		return false;
	*quotient = rounded(q, (uint64_t)(rest % d), d);
	return true;
}

bool
num_mul_div(num_i128 a, int64_t b, int64_t d, num_i128 *r)
{
	bool negative = (a < 0) != (b < 0);
	u128 q;

	if (!mul_div(magnitude(a), (uint64_t)magnitude(b), (uint64_t)d, &q) ||
	    q > LARGEST + negative)
		return false;
	*r = negative ? (num_i128)-q : (num_i128)q;
	return true;
}

bool
num_money_of(double value, num_i128 *units)
{
	char text[NUM_TEXT_SIZE];

	if (!isfinite(value))
		return false;
	if (num_read_money(text, num_put_double(text, value), units) == NUM_OK)
		return true;
	/* Too large, or so small that it has more decimals than money. */
	return num_round(value, NUM_MONEY_SCALE, units);
}

/* ${v} * 2^${exponent}, rounded half to even; false when it is over LARGEST. */
static bool
shift(u128 v, int exponent, u128 *r)
{
	if (exponent >= 0) {
		if (bits(v) + exponent > 127)
			return false;
		*r = v << exponent;
		return true;
	}
	/* Less than half of one, as ${v} has at most 127 bits. */
	if (exponent <= -128) {
		*r = 0;
		return true;
	}
	u128 half = (u128)1 << (-exponent - 1), rest = v & (2 * half - 1);

	*r = v >> -exponent;
	*r += rest > half || (rest == half && (*r & 1) != 0);
	return true;
}

bool
num_round(double value, int decimals, num_i128 *r)
{
	int exponent;
	u128 v;

	assert(decimals >= 0 && decimals <= 18);
	if (!isfinite(value))
		return false;
	v = (u128)ldexp(frexp(fabs(value), &exponent), DBL_MANT_DIG);
	for (int i = 0; i < decimals; i++)
		v *= 10;
	if (!shift(v, exponent - DBL_MANT_DIG, &v))
		return false;
	*r = value < 0 ? -(num_i128)v : (num_i128)v;
	return true;
}
