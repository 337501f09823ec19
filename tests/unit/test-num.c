/* SPDX-License-Identifier: MIT */
/* Tests of base/num: quotients and doubles, against exact checks. */
#include <float.h>
#include <stdlib.h>

#include "base/num.h"
#include "random.h"
#include "unit.h"

/*
 * Whether ${q} is the double nearest to ${n}/${d}, ties to even, by whole
 * numbers alone: with q = m * 2^e, compare n with m * d * 2^e.
 */
static bool
is_nearest(u128 n, uint64_t d, double q)
{
	int e;
	u128 m = (u128)ldexp(frexp(q, &e), 53);

	if (n == 0)
		return q == 0.0;
	e -= 53;
	/* Both sides are about n * 2^-e or n: neither passes 128 bits. */
	u128 left = e < 0 ? n << -e : n;
	u128 right = e < 0 ? m * d : (m * d) << e;
	u128 step = e < 0 ? d : (u128)d << e;
	u128 off = left > right ? left - right : right - left;

	/* Below a power of two the doubles lie twice as near. */
	if (left < right && m == (u128)1 << 52)
		return 4 * off <= step;
	return 2 * off < step || (2 * off == step && m % 2 == 0);
}

static bool
ratio_is_right(num_i128 n, uint64_t d)
{
	double q = num_ratio(n, d);
	u128 a = n < 0 ? -(u128)n : (u128)n;

	if (!signbit(q) != (n >= 0))
		return false;
	return is_nearest(a, d, fabs(q));
}

UNIT_TEST("num: a ratio is rounded once, to the nearest, ties to even")
{
	for (int i = 0; i < 2000000; i++) {
		num_i128 n = random_wide();
		uint64_t d = random_sized();

		if (!CHECK(ratio_is_right(n, d != 0 ? d : 1)))
			return;
	}
}

UNIT_TEST("num: a ratio half way between two doubles goes to the even one")
{
	for (int i = 0; i < 500000; i++) {
		/* n/d is an odd number of half units behind 53 bits. */
		uint64_t m =
		    (UINT64_C(1) << 53) + (random_bits() >> 11) * 2 + 1;
		uint64_t d = random_bits() >> 10 | 1;
		num_i128 n =
		    (num_i128)m * (num_i128)(d >> (random_below(40)) | 1);

		if (!CHECK(ratio_is_right(n, d)) ||
		    !CHECK(ratio_is_right((num_i128)m * (num_i128)d, d)) ||
		    !CHECK(ratio_is_right((num_i128)m * (num_i128)d + 1, d)) ||
		    !CHECK(ratio_is_right((num_i128)m * (num_i128)d - 1, d)))
			return;
	}
}

UNIT_TEST("num: a ratio is right at the ends of its types")
{
	static const uint64_t ds[] = {1, 2, 3, 10, 1000000000,
	    1000000000000000000, UINT64_C(1) << 53, (UINT64_C(1) << 53) + 1,
	    (UINT64_C(1) << 63) - 1, UINT64_C(1) << 63, UINT64_MAX};
	const num_i128 ns[] = {0, 1, -1, INT64_MAX, INT64_MIN, I128_MAX,
	    I128_MIN, I128_MAX - 1, I128_MIN + 1, (num_i128)1 << 53,
	    ((num_i128)1 << 53) + 1, -((num_i128)1 << 53) - 1,
	    (num_i128)1 << 126};

	for (size_t i = 0; i < QTE_COUNT(ns); i++)
		for (size_t j = 0; j < QTE_COUNT(ds); j++)
			CHECK(ratio_is_right(ns[i], ds[j]));
	CHECK_DBL(num_ratio(0, UINT64_MAX), 0.0);
	CHECK_DBL(num_ratio(I128_MIN, 1), -0x1p127);
	CHECK_DBL(num_ratio(1, 3), 1.0 / 3.0);
}

UNIT_TEST("num: a change is the same ratio in whatever unit")
{
	for (int i = 0; i < 500000; i++) {
		num_i128 by = (num_i128)(random_sized() >> 14);
		uint64_t before = (random_sized() >> 8) + 1;
		num_i128 unit = (num_i128)1 + (num_i128)(random_sized() >> 1);
		num_i128 most = (num_i128)before * unit;

		if (!CHECK_DBL(num_change(most + by * unit, most),
			num_ratio(by, before)) ||
		    !CHECK_DBL(num_change(most - by * unit, most),
			by == 0 ? 0 : num_ratio(-by, before)))
			return;
	}
	CHECK_DBL(num_change(I128_MIN, 1), -0x1p127);
	CHECK_DBL(num_change(I128_MIN, I128_MAX), -2);
	CHECK_DBL(num_change(I128_MAX, 1), 0x1p127);
}

/* ${a}/${d} bit by bit, for both > 0 and ${d} below 2^127. */
static double
slow_ratio(u128 a, u128 d)
{
	u128 q, rest;
	int shift = 0;

	for (; a < d; shift++)
		a <<= 1;
	q = a / d;
	rest = a % d;
	for (; q >> 60 == 0; shift++) {
		rest <<= 1;
		q = q << 1 | (rest >= d);
		rest -= rest >= d ? d : 0;
	}
	for (; q >> 62 != 0; shift--)
		q = q >> 1 | (q & 1);
	return ldexp((double)((uint64_t)q | (rest != 0)), -shift);
}

/* A money amount: random, or next to where digits of 64 bits carry. */
static num_i128
hostile(void)
{
	num_i128 one = (num_i128)1 << (random_below(126));
	num_i128 high = (num_i128)(random_sized() >> 1) << 64;

	switch (random_below(6)) {
	case 0:
		return one;
	case 1:
		return one + (num_i128)random_below(5);
	case 2:
		return one > 8 ? one - 1 - (num_i128)random_below(5) : one;
	case 3:
		return (high | (num_i128)UINT64_MAX) -
		    (num_i128)random_below(3);
	case 4:
		return high + 1 + (num_i128)random_below(3);
	default:
		return (high | (num_i128)random_bits()) + 1;
	}
}

UNIT_TEST("num: a change is what it is bit by bit")
{
	for (int i = 0; i < 1000000; i++) {
		num_i128 before = hostile(), off = hostile();

		if (!CHECK_DBL(num_change(I128_MIN + off, I128_MAX),
			-slow_ratio((u128)I128_MAX - (u128)(I128_MIN + off),
			    (u128)I128_MAX)))
			return;
		before = before / 2 + 1;
		off = off / 2 + 1;
		if (!CHECK_DBL(num_change(before + off, before),
			slow_ratio((u128)off, (u128)before)) ||
		    !CHECK_DBL(num_change(before - off, before),
			-slow_ratio((u128)off, (u128)before)))
			return;
	}
}

UNIT_TEST("num: a change half way between two doubles goes to the even one")
{
	for (int i = 0; i < 100000; i++) {
		uint64_t m =
		    (UINT64_C(1) << 53) + (random_bits() >> 12) * 2 + 1;
		num_i128 before = (num_i128)1 << (66 + random_below(60));
		num_i128 now = before + (num_i128)m * 16;
		double one = (double)before / 16;

		if (!CHECK_DBL(num_change(now, before), (double)m / one) ||
		    !CHECK_DBL(num_change(now + 1, before),
			(double)(m + 1) / one) ||
		    !CHECK_DBL(num_change(now - 1, before),
			(double)(m - 1) / one))
			return;
	}
}

UNIT_TEST("num: a price and money are the doubles that their text reads as")
{
	char text[NUM_TEXT_SIZE];

	for (int i = 0; i < 100000; i++) {
		num_i128 wide = random_wide();
		int64_t units = (int64_t)random_sized();

		(void)num_put_scaled(text, units, NUM_PRICE_SCALE);
		if (!CHECK_DBL(num_price(units), strtod(text, NULL)))
			return;
		(void)num_put_scaled(text, wide, NUM_MONEY_SCALE);
		if (!CHECK_DBL(num_money(wide), strtod(text, NULL)))
			return;
	}
	CHECK_DBL(num_price(100260000000), 100.26);
	CHECK_DBL(num_price(INT64_MIN), -9223372036.854775808);
}

/* Check a*b/d == r: the rest, which is small, is right modulo 2^128. */
static bool
quotient_is_right(num_i128 a, int64_t b, int64_t d, num_i128 r)
{
	u128 rest = (u128)a * (u128)b - (u128)r * (u128)d;
	num_i128 twice = (num_i128)rest * 2;
	double about = (double)a * (double)b / (double)d;

	if (fabs((double)r - about) > fabs(about) * 1e-12 + 1)
		return false;
	return (twice < d && twice > -d) ||
	    ((twice == d || twice == -d) && r % 2 == 0);
}

UNIT_TEST("num: a product is divided without losing a digit")
{
	int fitted = 0;

	for (int i = 0; i < 1000000; i++) {
		num_i128 a = random_wide(), r = 5;
		int64_t b = (int64_t)random_sized();
		int64_t d = (int64_t)(random_sized() >> 1);
		double about;

		d = d > 0 ? d : 1;
		about = fabs((double)a * (double)b / (double)d);
		if (num_mul_div(a, b, d, &r)) {
			fitted++;
			if (!CHECK(quotient_is_right(a, b, d, r)))
				return;
		} else if (!CHECK(about > 0x1.ffffffp126) || !CHECK(r == 5)) {
			return;
		}
	}
	CHECK(fitted > 100000);
}

UNIT_TEST("num: a quotient half way between goes to the even number")
{
	num_i128 r = 0;

	CHECK(num_mul_div(5, 1, 2, &r) && r == 2);
	CHECK(num_mul_div(7, 1, 2, &r) && r == 4);
	CHECK(num_mul_div(-5, 1, 2, &r) && r == -2);
	CHECK(num_mul_div(-7, 1, 2, &r) && r == -4);
	CHECK(num_mul_div(5, -1, 2, &r) && r == -2);
	CHECK(num_mul_div(-5, -1, 2, &r) && r == 2);
	CHECK(num_mul_div(1, 1, 3, &r) && r == 0);
	CHECK(num_mul_div(2, 1, 3, &r) && r == 1);
	CHECK(num_mul_div(0, INT64_MIN, INT64_MAX, &r) && r == 0);
}

UNIT_TEST("num: a quotient that does not fit is refused and changes nothing")
{
	num_i128 r = 42;

	CHECK(!num_mul_div(I128_MAX, 2, 1, &r));
	CHECK(!num_mul_div(I128_MIN, -1, 1, &r));
	CHECK(!num_mul_div(I128_MIN, INT64_MIN, 1, &r));
	CHECK(!num_mul_div(I128_MIN, INT64_MAX, 1, &r));
	CHECK(!num_mul_div(I128_MAX, INT64_MAX, INT64_MAX - 1, &r));
	CHECK(r == 42);
	CHECK(num_mul_div(I128_MIN, 1, 1, &r) && r == I128_MIN);
	CHECK(num_mul_div(I128_MAX, -1, 1, &r) && r == -I128_MAX);
	CHECK(num_mul_div(I128_MAX, INT64_MAX, INT64_MAX, &r) && r == I128_MAX);
	CHECK(num_mul_div(I128_MIN, INT64_MAX, INT64_MAX, &r) && r == I128_MIN);
	CHECK(num_mul_div(I128_MIN, INT64_MIN, INT64_MAX, &r) == false);
	/* -2^127 - 1/2 rounds to the even -2^127, 2^127 - 1/2 to 2^127. */
	CHECK(num_mul_div(I128_MIN / 2, 4, 2, &r) && r == I128_MIN);
	CHECK(!num_mul_div(I128_MAX / 2 + 1, 4, 2, &r));
}

UNIT_TEST("num: money is the decimal that a double is written as")
{
	num_i128 units = 7;

	CHECK(num_money_of(0.1, &units) && units == NUM_MONEY_ONE / 10);
	CHECK(num_money_of(-100.26, &units) &&
	    units == -(num_i128)100260000000 * 1000000000);
	CHECK(num_money_of(-0.0, &units) && units == 0);
	CHECK(num_money_of(1e-18, &units) && units == 1);
	CHECK(num_money_of(1.5e20, &units) &&
	    units == (num_i128)150000000000 * 1000000000 * NUM_MONEY_ONE);
	units = 7;
	CHECK(!num_money_of(1e21, &units));
	CHECK(!num_money_of(-1.8e20, &units));
	CHECK(!num_money_of((double)NAN, &units));
	CHECK(!num_money_of(HUGE_VAL, &units));
	CHECK(units == 7);
	CHECK(num_money_of(1.6e-18, &units) && units == 2);
	CHECK(num_money_of(-1.6e-18, &units) && units == -2);
	CHECK(num_money_of(1.2345678901234567e-5, &units) &&
	    units == 12345678901235);
	CHECK(num_money_of(5e-324, &units) && units == 0);
}

UNIT_TEST("num: a double is rounded to what it is nearest to, ties to even")
{
	num_i128 r = 7;

	CHECK(num_round(2.5, 0, &r) && r == 2);
	CHECK(num_round(-3.5, 0, &r) && r == -4);
	CHECK(num_round(1.005, 2, &r) && r == 100);
	CHECK(num_round(0.125, 2, &r) && r == 12);
	CHECK(num_round(0x1p-1, 0, &r) && r == 0);
	CHECK(num_round(nextafter(0.5, 1), 0, &r) && r == 1);
	CHECK(num_round(0.0, 18, &r) && r == 0);
	CHECK(num_round(DBL_MIN, 18, &r) && r == 0);
	CHECK(num_round(0.1, 18, &r) && r == 100000000000000006);
	CHECK(num_round(0x1p126, 0, &r) && r == (num_i128)1 << 126);
	CHECK(num_round(nextafter(0x1p127, 0), 0, &r) &&
	    r == I128_MAX - (((num_i128)1 << 74) - 1));
	r = 7;
	CHECK(!num_round(0x1p127, 0, &r));
	CHECK(!num_round(0x1p126, 1, &r));
	CHECK(!num_round(DBL_MAX, 18, &r));
	CHECK(!num_round((double)NAN, 0, &r));
	CHECK(!num_round(-HUGE_VAL, 0, &r));
	CHECK(r == 7);
}

UNIT_TEST("num: an odd number and its inverse make 1")
{
	for (int i = 0; i < 1000; i++) {
		uint64_t odd = random_bits() | 1;

		CHECK_INT(odd * num_inverse(odd), 1);
	}
}

UNIT_TEST("num: the greatest common divisor")
{
	CHECK_INT(num_gcd(12, 18), 6);
	CHECK_INT(num_gcd(18, 12), 6);
	CHECK_INT(num_gcd(7, 9), 1);
	CHECK_INT(num_gcd(0, 5), 5);
	CHECK_INT(num_gcd(5, 0), 5);
	CHECK(num_gcd(UINT64_MAX, UINT64_MAX) == UINT64_MAX);
}
