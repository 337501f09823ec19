/* SPDX-License-Identifier: MIT */
/* Tests of base/num: from text. */
#include <float.h>
#include <stdlib.h>

#include "base/num.h"
#include "random.h"
#include "unit.h"

/* What reading says of ${text}, and in ${units} the value. */
static enum num_result
price(const char *text, int64_t *units)
{
	*units = 77;
	return num_read_price(text, strlen(text), units);
}

UNIT_TEST("num: a price is read exactly")
{
	static const struct {
		const char *text;
		int64_t units;
	} cases[] = {
	    {"0", 0},
	    {"-0", 0},
	    {"-0.000", 0},
	    {"0e99999999999999999999999", 0},
	    {"1", 1000000000},
	    {"100.26", 100260000000},
	    {"-1.5", -1500000000},
	    {"1e2", 100000000000},
	    {"1E+2", 100000000000},
	    {"0.5e-3", 500000},
	    {"100000e-5", 1000000000},
	    {"1.2500000000000", 1250000000},
	    {"0.000000001", 1},
	    {"0.0000000010000000000000000000000000000000000000000", 1},
	    {"00000000000000000000000000000000000000000001.5", 1500000000},
	    {"0.00000000000000000000000000000000000000000015e42", 150000000},
	    {"15000000000000000000000000000000000000000000e-43", 1500000000},
	    {"9223372036.854775807", INT64_MAX},
	    {"9223372036854775807e-9", INT64_MAX},
	    {"-9223372036.854775808", INT64_MIN},
	};
	int64_t units;

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		if (!CHECK_INT(price(cases[i].text, &units), NUM_OK))
			printf("# of '%s'\n", cases[i].text);
		CHECK_INT(units, cases[i].units);
	}
}

UNIT_TEST("num: a price that has no exact form is too wide")
{
	static const char *const wide[] = {"0.0000000001", "1e-10",
	    "1234567890e-19", "9223372036.854775808", "-9223372036.854775809",
	    "1e10", "1e300", "1e99999999999999999999999",
	    "1e-99999999999999999999999", "1.0000000001",
	    "99999999999999999999999999999999999999999999",
	    "340282366920938463463.374607431768211456",
	    "340282366920938463463374607431768211456", "18446744073709551616",
	    "0.00000000000000000000000000000000000000015"};
	int64_t units;

	for (size_t i = 0; i < QTE_COUNT(wide); i++) {
		if (!CHECK_INT(price(wide[i], &units), NUM_WIDE))
			printf("# of '%s'\n", wide[i]);
		CHECK_INT(units, 77);
	}
}

UNIT_TEST("num: what is outside the grammar is not a number")
{
	static const char *const bad[] = {"", "-", "+1", ".5", "5.", "1.e5",
	    "1e", "1e+", "1e-", "e5", "1..2", "1.2.3", "1,5", "0x10", "nan",
	    "NaN", "inf", "Infinity", " 1", "1 ", "1_0", "--1", "-e1", "1e5.5",
	    "1f", "\xd9\xa1", "1-", "1-2"};
	int64_t units;
	double value;
	num_i128 money;

	for (size_t i = 0; i < QTE_COUNT(bad); i++) {
		size_t n = strlen(bad[i]);

		if (!CHECK_INT(price(bad[i], &units), NUM_BAD) ||
		    !CHECK_INT(num_read_double(bad[i], n, &value), NUM_BAD) ||
		    !CHECK_INT(num_read_money(bad[i], n, &money), NUM_BAD) ||
		    !CHECK_INT(num_read_int(bad[i], n, &units), NUM_BAD))
			printf("# of '%s'\n", bad[i]);
	}
	CHECK_INT(num_read_price("1\0002", 3, &units), NUM_BAD);
	CHECK_INT(num_read_price(NULL, 0, &units), NUM_BAD);
	CHECK_INT(num_read_rate(NULL, 0, &units), NUM_BAD);
	CHECK_INT(num_read_duration(NULL, 0, &units), NUM_BAD);
}

UNIT_TEST("num: only the bytes that belong to the text are read")
{
	int64_t units;
	double value;

	CHECK_INT(num_read_price("12.345", 4, &units), NUM_OK);
	CHECK_INT(units, 12300000000);
	CHECK_INT(num_read_double("1e55", 3, &value), NUM_OK);
	CHECK_DBL(value, 1e5);
	CHECK_INT(num_read_int("123", 2, &units), NUM_OK);
	CHECK_INT(units, 12);
}

static enum num_result
money(const char *text, num_i128 *units)
{
	return num_read_money(text, strlen(text), units);
}

UNIT_TEST("num: money ends where 128 bits do")
{
	num_i128 units;

	CHECK_INT(money("170141183460469231731.687303715884105727", &units),
	    NUM_OK);
	CHECK(units == I128_MAX);
	CHECK_INT(money("-170141183460469231731.687303715884105728", &units),
	    NUM_OK);
	CHECK(units == I128_MIN);
	CHECK_INT(money("170141183460469231731.687303715884105728", &units),
	    NUM_WIDE);
	CHECK_INT(money("-170141183460469231731.687303715884105729", &units),
	    NUM_WIDE);
	CHECK_INT(money("1e-18", &units), NUM_OK);
	CHECK(units == 1);
	CHECK_INT(money("1e-19", &units), NUM_WIDE);
	CHECK_INT(money("340282366920938463463.374607431768211456", &units),
	    NUM_WIDE);
}

UNIT_TEST("num: whole numbers end where 64 bits do")
{
	int64_t v;

	CHECK_INT(num_read_int("9223372036854775807", 19, &v), NUM_OK);
	CHECK_INT(v, INT64_MAX);
	CHECK_INT(num_read_int("-9223372036854775808", 20, &v), NUM_OK);
	CHECK_INT(v, INT64_MIN);
	CHECK_INT(num_read_int("9223372036854775808", 19, &v), NUM_WIDE);
	CHECK_INT(num_read_int("-9223372036854775809", 20, &v), NUM_WIDE);
	CHECK_INT(num_read_int("-0", 2, &v), NUM_OK);
	CHECK_INT(v, 0);
	CHECK_INT(num_read_int("00000000000000000000000012", 26, &v), NUM_OK);
	CHECK_INT(v, 12);
	CHECK_INT(num_read_int("1.0", 3, &v), NUM_BAD);
	CHECK_INT(num_read_int("1e3", 3, &v), NUM_BAD);
}

UNIT_TEST("num: doubles are read to the nearest, whatever their length")
{
	static const struct {
		const char *text;
		double value;
	} cases[] = {
	    {"0", 0.0},
	    {"-0", 0.0},
	    {"0.1", 0.1},
	    {"-2.5e-3", -0.0025},
	    {"1e-400", 0.0},
	    {"-1e-400", 0.0},
	    {"1e-99999999999999999999", 0.0},
	    {"0e99999999999999999999", 0.0},
	    {"5e-324", 0x1p-1074},
	    {"2.4703282292062327e-324", 0.0},
	    {"2.4703282292062328e-324", 0x1p-1074},
	    {"1.7976931348623157e308", DBL_MAX},
	    {"1.7976931348623158e308", DBL_MAX},
	    {"9007199254740993", 9007199254740992.0},
	    {"9007199254740993.0000000000000000000000000001",
		9007199254740994.0},
	    {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
	};
	double value = 0;

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		const char *text = cases[i].text;

		CHECK_INT(num_read_double(text, strlen(text), &value), NUM_OK);
		CHECK_DBL(value, cases[i].value);
	}
	CHECK_INT(num_read_double("1e309", 5, &value), NUM_HUGE);
	CHECK_INT(num_read_double("-1.8e308", 8, &value), NUM_HUGE);
	CHECK_INT(num_read_double("1e99999999999999999999", 22, &value),
	    NUM_HUGE);
}

UNIT_TEST("num: a digit far behind decides between two doubles")
{
	static const char half[] =
	    "1.00000000000000011102230246251565404236316680908203125";
	static char text[100002];
	double value = 0;

	/* Half way between 1 and the next double, and a 1 far behind it. */
	memset(text, '0', sizeof(text));
	for (size_t i = 0; half[i] != '\0'; i++)
		text[i] = half[i];
	CHECK_INT(num_read_double(text, 55, &value), NUM_OK);
	CHECK_DBL(value, 1.0);
	CHECK_INT(num_read_double(text, 100000, &value), NUM_OK);
	CHECK_DBL(value, 1.0);
	text[100000] = '1';
	CHECK_INT(num_read_double(text, 100001, &value), NUM_OK);
	CHECK_DBL(value, 1.0 + DBL_EPSILON);
	memset(text, '9', sizeof(text));
	CHECK_INT(num_read_double(text, 308, &value), NUM_OK);
	CHECK_DBL(value, 1e308);
	CHECK_INT(num_read_double(text, 100000, &value), NUM_HUGE);
}

UNIT_TEST("num: doubles are read as strtod does")
{
	char text[1200];
	double value = 0;

	for (int i = 0; i < 100000; i++) {
		size_t n = 0, whole = 1 + random_below(30),
		       most = random_below(40);

		if (i % 100 == 0)
			most = random_below(1000);
		for (size_t k = 0; k < whole; k++)
			text[n++] = (char)('0' + random_below(10));
		text[n++] = '.';
		for (size_t k = 0; k <= most; k++)
			text[n++] = (char)('0' + random_below(10));
		n += (size_t)snprintf(text + n, 16, "e%d",
		    (int)(random_below(700)) - 350);

		double want = strtod(text, NULL);
		enum num_result r = num_read_double(text, n, &value);

		if (!CHECK_INT(r, isinf(want) ? NUM_HUGE : NUM_OK) ||
		    !CHECK(r == NUM_HUGE || value == want))
			return;
	}
}

UNIT_TEST("num: a rate is a share, a percentage or basis points")
{
	static const struct {
		const char *text;
		int64_t units;
	} cases[] = {{"0.001", 1000000}, {"0.1%", 1000000}, {"10bp", 1000000},
	    {"-5%", -50000000}, {"100%", 1000000000}, {"0.00001bp", 1},
	    {"0.0000001%", 1}, {"1e-9", 1}, {"1e2%", 1000000000}, {"0", 0},
	    {"0%", 0}};
	static const char *const bad[] = {"%", "bp", "1 %", "1%%", "1b", "1pb",
	    "1BP", "x", "1%1", "10bps"};
	int64_t units = 0;

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		const char *text = cases[i].text;

		CHECK_INT(num_read_rate(text, strlen(text), &units), NUM_OK);
		CHECK_INT(units, cases[i].units);
	}
	for (size_t i = 0; i < QTE_COUNT(bad); i++)
		CHECK_INT(num_read_rate(bad[i], strlen(bad[i]), &units),
		    NUM_BAD);
	CHECK_INT(num_read_rate("0.000001bp", 10, &units), NUM_WIDE);
}

UNIT_TEST("num: sizes have binary and decimal units")
{
	static const struct {
		const char *text;
		enum num_result result;
		int64_t bytes;
	} cases[] = {{"0", NUM_OK, 0}, {"17", NUM_OK, 17}, {"17B", NUM_OK, 17},
	    {"1K", NUM_OK, 1024}, {"1KiB", NUM_OK, 1024}, {"1kB", NUM_OK, 1000},
	    {"1.5M", NUM_OK, 1572864}, {"1.5MB", NUM_OK, 1500000},
	    {"2G", NUM_OK, INT64_C(2) << 30},
	    {"2GiB", NUM_OK, INT64_C(2) << 30}, {"2GB", NUM_OK, 2000000000},
	    {"1T", NUM_OK, INT64_C(1) << 40},
	    {"1TiB", NUM_OK, INT64_C(1) << 40}, {"1TB", NUM_OK, 1000000000000},
	    {"1e3", NUM_OK, 1000}, {"0.5K", NUM_OK, 512},
	    {"0.0009765625K", NUM_OK, 1},
	    {"0.0000000000009094947017729282379150390625T", NUM_OK, 1},
	    {"9223372036854775807", NUM_OK, INT64_MAX},
	    {"9223372036854775808", NUM_WIDE, 0}, {"8388608T", NUM_WIDE, 0},
	    {"8388607.9999999999990905052982270717620849609375T", NUM_OK,
		INT64_MAX},
	    {"0.1K", NUM_WIDE, 0}, {"1.5", NUM_WIDE, 0}, {"1.5B", NUM_WIDE, 0},
	    {"-1", NUM_BAD, 0}, {"-1K", NUM_BAD, 0}, {"1 K", NUM_BAD, 0},
	    {"K", NUM_BAD, 0}, {"1k", NUM_BAD, 0}, {"1KB", NUM_BAD, 0},
	    {"1mB", NUM_BAD, 0}, {"1P", NUM_BAD, 0}, {"", NUM_BAD, 0},
	    {"1K1", NUM_BAD, 0}};

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		const char *text = cases[i].text;
		int64_t bytes = 0;

		if (!CHECK_INT(num_read_size(text, strlen(text), &bytes),
			cases[i].result))
			printf("# of '%s'\n", text);
		CHECK_INT(bytes, cases[i].bytes);
	}
}

UNIT_TEST("num: durations are sums of units, largest first")
{
	static const struct {
		const char *text;
		enum num_result result;
		int64_t ns;
	} cases[] = {{"0", NUM_OK, 0}, {"90s", NUM_OK, 90000000000},
	    {"1h30m", NUM_OK, 5400000000000}, {"250ms", NUM_OK, 250000000},
	    {"1.5h", NUM_OK, 5400000000000}, {"1us", NUM_OK, 1000},
	    {"7ns", NUM_OK, 7}, {"0.5us", NUM_OK, 500},
	    {"1w1d1h1m1s1ms1us1ns", NUM_OK, 694861001001001},
	    {"1d", NUM_OK, 86400000000000}, {"2w", NUM_OK, 1209600000000000},
	    {"1e3s", NUM_OK, 1000000000000}, {"0s", NUM_OK, 0},
	    {"9223372036854775807ns", NUM_OK, INT64_MAX},
	    {"9223372036854775808ns", NUM_WIDE, 0},
	    {"9223372036s854775808ns", NUM_WIDE, 0}, {"0.5ns", NUM_WIDE, 0},
	    {"106752d", NUM_WIDE, 0}, {"1", NUM_BAD, 0}, {"00", NUM_BAD, 0},
	    {"s", NUM_BAD, 0}, {"-1s", NUM_BAD, 0}, {"1s1h", NUM_BAD, 0},
	    {"1h1h", NUM_BAD, 0}, {"1h30", NUM_BAD, 0}, {"1h-30m", NUM_BAD, 0},
	    {"1 h", NUM_BAD, 0}, {"1h 30m", NUM_BAD, 0}, {"1x", NUM_BAD, 0},
	    {"1H", NUM_BAD, 0}, {"1e9999999d1x", NUM_BAD, 0}, {"", NUM_BAD, 0},
	    {"h1", NUM_BAD, 0}, {"1min", NUM_BAD, 0}};

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		const char *text = cases[i].text;
		int64_t ns = 0;

		if (!CHECK_INT(num_read_duration(text, strlen(text), &ns),
			cases[i].result))
			printf("# of '%s'\n", text);
		CHECK_INT(ns, cases[i].ns);
	}
}

UNIT_TEST("num: two numbers are held against one another as they are written")
{
	static const char *const rising[] = {"-1e3", "-2.5", "-0.0000000001",
	    "0", "1e-400", "0.0000000001", "0.00000000010000000000000000001",
	    "9.99999999999999999999", "10", "1e309", "10e309"};

	for (size_t i = 0; i < QTE_COUNT(rising); i++)
		for (size_t k = 0; k < QTE_COUNT(rising); k++)
			CHECK(num_below(rising[i], strlen(rising[i]), rising[k],
				  strlen(rising[k])) == (i < k));
	CHECK(!num_below("-0", 2, "0.0", 3) && !num_below("0.0", 3, "-0", 2));
	CHECK(!num_below("x", 1, "1", 1) && !num_below("1", 1, "", 0));
}
