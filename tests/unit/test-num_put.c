/* SPDX-License-Identifier: MIT */
/* Tests of base/num: to text. */
#include <float.h>
#include <stdlib.h>

#include "base/num.h"
#include "random.h"
#include "unit.h"

UNIT_TEST("num: every price reads back from its text")
{
	char text[NUM_TEXT_SIZE];

	for (int i = 0; i < 300000; i++) {
		int64_t want = (int64_t)random_sized(), got = 0;

		want = random_below(2) != 0 ? want
					    : -(int64_t)((uint64_t)want >> 1);
		size_t n = num_put_scaled(text, want, NUM_PRICE_SCALE);

		if (!CHECK_INT(num_read_price(text, n, &got), NUM_OK) ||
		    !CHECK_INT(got, want) || !CHECK_INT(strlen(text), n))
			return;
		n = num_put_int(text, want);
		if (!CHECK_INT(num_read_int(text, n, &got), NUM_OK) ||
		    !CHECK_INT(got, want))
			return;
	}
}

UNIT_TEST("num: every amount of money reads back from its text")
{
	char text[NUM_TEXT_SIZE];

	for (int i = 0; i < 300000; i++) {
		num_i128 want = random_wide(), got = 0;
		size_t n = num_put_scaled(text, want, NUM_MONEY_SCALE);

		if (!CHECK_INT(num_read_money(text, n, &got), NUM_OK) ||
		    !CHECK(got == want) || !CHECK_INT(strlen(text), n))
			return;
	}
}

static void
check_double(double value, const char *want)
{
	char text[NUM_TEXT_SIZE];

	CHECK_INT(num_put_double(text, value), strlen(want));
	CHECK_STR(text, want);
}

UNIT_TEST("num: a double is written with as few digits as read back")
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
	    {0.0, "0"},
	    {-0.0, "0"},
	    {1.0, "1"},
	    {-1.5, "-1.5"},
	    {0.1, "0.1"},
	    {0.1 + 0.2, "0.30000000000000004"},
	    {100.26, "100.26"},
	    {1.0 / 3.0, "0.3333333333333333"},
	    {2.0 / 3.0, "0.6666666666666666"},
	    {1e15, "1000000000000000"},
	    {9007199254740992.0, "9007199254740992"},
	    {-9007199254740993.0, "-9007199254740992"},
	    {123456789012345680000.0, "123456789012345680000"},
	    {1e20, "100000000000000000000"},
	    {999999999999999900000.0, "999999999999999900000"},
	    {1e21, "1e21"},
	    {1.5e21, "1.5e21"},
	    {1e22, "1e22"},
	    {1e23, "1e23"},
	    {0.001, "0.001"},
	    {1e-7, "0.0000001"},
	    {1.25e-7, "0.000000125"},
	    {9.9e-8, "9.9e-8"},
	    {-1.5e-9, "-1.5e-9"},
	    {0x1p-1074, "5e-324"},
	    {0x1p-1073, "1e-323"},
	    {DBL_MIN, "2.2250738585072014e-308"},
	    {DBL_MAX, "1.7976931348623157e308"},
	    {0x1p-44, "5.684341886080802e-14"},
	    {9.5e-323, "9.4e-323"},
	    {4.35, "4.35"},
	    {0.000035, "0.000035"},
	    {0x1p-1072, "2e-323"},
	    {2e23, "2e23"},
	    {8.41e21, "8.41e21"},
	    {9.409340012568248e18, "9409340012568248000"},
	    {0x1p-1022 - 0x1p-1074, "2.225073858507201e-308"},
	    {9007199254740991.0, "9007199254740991"},
	    {0x1p60, "1152921504606847000"},
	    {-100260.3742, "-100260.3742"},
	};

	for (size_t i = 0; i < QTE_COUNT(cases); i++)
		check_double(cases[i].value, cases[i].text);
}

/* Scale the last of ${n} digits of ${value} by ${step} and see what it reads.
 */
static bool
has_form(double value, int n, int step)
{
	char text[40];

	(void)snprintf(text, sizeof(text), "%.*e", n - 1, value);

	char *e = strchr(text, 'e');
	long exponent = strtol(e + 1, NULL, 10);
	long long digits = 0;

	for (const char *p = text; p < e; p++)
		if (*p != '.')
			digits = digits * 10 + (*p - '0');
	(void)snprintf(text, sizeof(text), "%llde%ld", digits + step,
	    exponent - n + 1);
	return strtod(text, NULL) == value;
}

static size_t
count_significant(const char *text)
{
	size_t n = 0, zeros = 0;

	for (; *text != '\0' && *text != 'e'; text++) {
		if (*text == '0') {
			zeros += n > 0;
		} else if (*text > '0' && *text <= '9') {
			n += zeros + 1;
			zeros = 0;
		}
	}
	return n;
}

/* Whether two texts of numbers have the same digits, zeros at the ends apart.
 */
static bool
same_digits(const char *a, const char *b)
{
	for (;;) {
		a += strspn(a, ".");
		b += strspn(b, ".");
		if (*a != *b || *a == '\0' || *a == 'e')
			break;
		a++;
		b++;
	}
	a += strspn(a, ".0");
	b += strspn(b, ".0");
	return (*a == '\0' || *a == 'e') && (*b == '\0' || *b == 'e');
}

/* ${value} > 0 is written so that it reads back, shortest, and nearest. */
static bool
is_shortest(double value)
{
	char text[NUM_TEXT_SIZE], nearest[40];
	double back = 0;
	size_t n = num_put_double(text, value);

	if (num_read_double(text, n, &back) != NUM_OK || back != value)
		return false;

	int digits = (int)count_significant(text);

	/* No shorter form, neither the nearest nor one on either side of it. */
	for (int step = -1; step <= 1 && digits > 1; step++)
		if (has_form(value, digits - 1, step))
			return false;
	/* When the nearest of this length reads back, it is the one. */
	(void)snprintf(nearest, sizeof(nearest), "%.*e", digits - 1, value);
	return strtod(nearest, NULL) != value ||
	    same_digits(nearest, text + strspn(text, "0."));
}

UNIT_TEST("num: every double reads back, and no shorter form does")
{
	for (int i = 0; i < 100000; i++)
		if (!CHECK(is_shortest(fabs(random_double()))))
			return;
	for (int i = 0; i < 100000; i++) {
		double v = (double)(random_below(100000000)) /
		    (double)(UINT64_C(1) << (random_below(40)));

		if (v > 0 && !CHECK(is_shortest(v)))
			return;
	}
}

UNIT_TEST("num: powers of two and their neighbours read back, shortest")
{
	for (int e = -1074; e < 1024; e++) {
		double v = ldexp(1.0, e);

		if (!CHECK(is_shortest(v)) ||
		    !CHECK(is_shortest(nextafter(v, HUGE_VAL))) ||
		    !CHECK(e == -1074 || is_shortest(nextafter(v, 0))))
			return;
	}
}

UNIT_TEST("num: the decimals of prices come through a double unharmed")
{
	char text[NUM_TEXT_SIZE], want[NUM_TEXT_SIZE];

	for (int i = 0; i < 200000; i++) {
		/* 15 digits. */
		int64_t units = (int64_t)(random_below(1000000000000000));

		(void)num_put_scaled(want, units, NUM_PRICE_SCALE);
		(void)num_put_double(text, num_price(units));
		if (units >= 100 && !CHECK_STR(text, want))
			return;
	}
}

UNIT_TEST("num: scaled numbers are written exactly, without idle zeros")
{
	char text[NUM_TEXT_SIZE];

	CHECK_INT(num_put_scaled(text, 100260000000, 9), 6);
	CHECK_STR(text, "100.26");
	(void)num_put_scaled(text, -1, 18);
	CHECK_STR(text, "-0.000000000000000001");
	(void)num_put_scaled(text, 0, 18);
	CHECK_STR(text, "0");
	(void)num_put_scaled(text, 1200, 0);
	CHECK_STR(text, "1200");
	(void)num_put_scaled(text, 1200, 2);
	CHECK_STR(text, "12");
	(void)num_put_scaled(text, I128_MIN, 18);
	CHECK_STR(text, "-170141183460469231731.687303715884105728");
	(void)num_put_scaled(text, I128_MIN, 0);
	CHECK_STR(text, "-170141183460469231731687303715884105728");
	(void)num_put_int(text, INT64_MIN);
	CHECK_STR(text, "-9223372036854775808");
}

UNIT_TEST("num: people get rounded numbers with commas")
{
	static const struct {
		double value;
		int decimals;
		const char *text;
	} cases[] = {{0, 2, "0.00"}, {-0.0, 0, "0"}, {-0.001, 2, "0.00"},
	    {-0.005, 2, "-0.01"}, {1.005, 2, "1.00"}, {1.015, 2, "1.01"},
	    {0.125, 2, "0.12"}, {0.375, 2, "0.38"}, {0.5, 0, "0"},
	    {1.5, 0, "2"}, {2.5, 0, "2"}, {999.995, 2, "1,000.00"},
	    {999.9949, 2, "999.99"}, {1234567.891, 2, "1,234,567.89"},
	    {-1234567.891, 1, "-1,234,567.9"}, {1000, 0, "1,000"},
	    {100, 0, "100"}, {999999.5, 0, "1,000,000"},
	    {0.123456789, 9, "0.123456789"}, {1e-300, 9, "0.000000000"},
	    {5e-324, 0, "0"}, {1e15, 2, "1,000,000,000,000,000.00"},
	    {1e20, 1, "100,000,000,000,000,000,000.0"}, {1e21, 2, "1e21"},
	    {-1.5e300, 2, "-1.5e300"},
	    {999999999999999868928.0, 9,
		"999,999,999,999,999,868,928.000000000"},
	    {9007199254740993.0, 3, "9,007,199,254,740,992.000"}};
	char text[NUM_TEXT_SIZE];

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		size_t n =
		    num_put_human(text, cases[i].value, cases[i].decimals);

		CHECK_STR(text, cases[i].text);
		CHECK_INT(n, strlen(cases[i].text));
	}
}

UNIT_TEST("num: people get what printf rounds to")
{
	char text[NUM_TEXT_SIZE], plain[NUM_TEXT_SIZE], want[400];

	for (int i = 0; i < 200000; i++) {
		double v = random_double();
		int decimals = (int)(random_below(10));
		size_t n = 0;

		if (fabs(v) >= 1e21 || i % 2 == 0)
			v = (double)(int64_t)random_bits() /
			    (double)(UINT64_C(1) << (random_below(64)));
		(void)num_put_human(text, v, decimals);
		for (const char *p = text; *p != '\0'; p++)
			if (*p != ',')
				plain[n++] = *p;
		plain[n] = '\0';
		(void)snprintf(want, sizeof(want), "%.*f", decimals, v);
		/* printf writes a sign in front of what it rounds to zero. */
		const char *from = want;

		if (want[0] == '-' && strtod(want, NULL) == 0.0)
			from++;
		if (!CHECK_STR(plain, from))
			return;
	}
}
