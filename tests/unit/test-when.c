/* SPDX-License-Identifier: MIT */
/* Tests of base/when; the calendar is held against libc's. */
#include <stdlib.h>
#include <time.h>

#include "base/when.h"
#include "random.h"
#include "unit.h"

#define FIRST_NS (INT64_C(-9214560000) * WHEN_SECOND) /* 1678-01-01 */
#define END_NS (INT64_C(9214646400) * WHEN_SECOND)    /* 2262-01-01 */

struct example {
	const char *text;
	const char *utc; /* as when_put writes it */
	enum when_form form;
};

static enum when_result
when(const char *text, int64_t *ns, enum when_form *form)
{
	*ns = 77;
	return when_read(text, strlen(text), ns, form);
}

static void
check_examples(const struct example *examples, size_t n)
{
	char text[WHEN_TEXT_SIZE];

	for (size_t i = 0; i < n; i++) {
		enum when_form form = WHEN_LOCAL;
		int64_t ns;

		if (!CHECK_INT(when(examples[i].text, &ns, &form), WHEN_OK))
			printf("# of '%s'\n", examples[i].text);
		(void)when_put(text, ns);
		CHECK_STR(text, examples[i].utc);
		CHECK_INT(form, examples[i].form);
	}
}

static void
check_refused(const char *const *texts, size_t n, enum when_result want)
{
	for (size_t i = 0; i < n; i++) {
		enum when_form form;
		int64_t ns;

		if (!CHECK_INT(when(texts[i], &ns, &form), want))
			printf("# of '%s'\n", texts[i]);
		CHECK_INT(ns, 77);
	}
}

UNIT_TEST("when: dates and times without an offset are UTC")
{
	static const struct example examples[] = {
	    {"1970-01-01", "1970-01-01T00:00:00Z", WHEN_LOCAL},
	    {"2020-02-29", "2020-02-29T00:00:00Z", WHEN_LOCAL},
	    {"2000-02-29", "2000-02-29T00:00:00Z", WHEN_LOCAL},
	    {"2020-01-02 09:30", "2020-01-02T09:30:00Z", WHEN_LOCAL},
	    {"2020-01-02T09:30:15", "2020-01-02T09:30:15Z", WHEN_LOCAL},
	    {"2020-01-02t09:30:15.5", "2020-01-02T09:30:15.5Z", WHEN_LOCAL},
	    {"2020-01-02 23:59:59.123456789", "2020-01-02T23:59:59.123456789Z",
		WHEN_LOCAL},
	    {"2020-01-02 00:00:00.000000001000000",
		"2020-01-02T00:00:00.000000001Z", WHEN_LOCAL},
	    {"2020-01-02 00:00:00.000000000000000000000",
		"2020-01-02T00:00:00Z", WHEN_LOCAL},
	    {"1678-01-01", "1678-01-01T00:00:00Z", WHEN_LOCAL},
	    {"2261-12-31 23:59:59.999999999", "2261-12-31T23:59:59.999999999Z",
		WHEN_LOCAL},
	};

	check_examples(examples, QTE_COUNT(examples));
}

UNIT_TEST("when: offsets are taken off")
{
	static const struct example examples[] = {
	    {"2020-01-02T09:30:00Z", "2020-01-02T09:30:00Z", WHEN_ZONED},
	    {"2020-01-02 09:30z", "2020-01-02T09:30:00Z", WHEN_ZONED},
	    {"2020-01-02T09:30:00+01:00", "2020-01-02T08:30:00Z", WHEN_ZONED},
	    {"2020-01-02T09:30:00-0500", "2020-01-02T14:30:00Z", WHEN_ZONED},
	    {"2020-01-02T09:30:00.25+05:45", "2020-01-02T03:45:00.25Z",
		WHEN_ZONED},
	    {"2020-01-01T00:00+14", "2019-12-31T10:00:00Z", WHEN_ZONED},
	    {"2019-12-31T23:00-23:59", "2020-01-01T22:59:00Z", WHEN_ZONED},
	    {"2020-01-02T09:30:00-00:00", "2020-01-02T09:30:00Z", WHEN_ZONED},
	    {"1678-01-01T00:00-01:00", "1678-01-01T01:00:00Z", WHEN_ZONED},
	    {"2262-01-01T00:59:59+01", "2261-12-31T23:59:59Z", WHEN_ZONED},
	};

	check_examples(examples, QTE_COUNT(examples));
}

UNIT_TEST("when: digits are a date when they make one, else a count")
{
	static const struct example examples[] = {
	    {"20200102", "2020-01-02T00:00:00Z", WHEN_LOCAL},
	    {"202001020930", "2020-01-02T09:30:00Z", WHEN_LOCAL},
	    {"20200102093015", "2020-01-02T09:30:15Z", WHEN_LOCAL},
	    {"2020/01/02", "2020-01-02T00:00:00Z", WHEN_LOCAL},
	    {"2020/01/02 09:30", "2020-01-02T09:30:00Z", WHEN_LOCAL},
	    {"20201301", "1970-08-22T19:28:21Z", WHEN_EPOCH},
	    {"946684800000", "2000-01-01T00:00:00Z", WHEN_EPOCH},
	    {"0", "1970-01-01T00:00:00Z", WHEN_EPOCH},
	    {"-1", "1969-12-31T23:59:59Z", WHEN_EPOCH},
	    {"1577957400", "2020-01-02T09:30:00Z", WHEN_EPOCH},
	    {"1577957400123", "2020-01-02T09:30:00.123Z", WHEN_EPOCH},
	    {"1577957400123456", "2020-01-02T09:30:00.123456Z", WHEN_EPOCH},
	    {"1577957400123456789", "2020-01-02T09:30:00.123456789Z",
		WHEN_EPOCH},
	    {"-2208988800", "1900-01-01T00:00:00Z", WHEN_EPOCH},
	    {"100000000000", "1973-03-03T09:46:40Z", WHEN_EPOCH},
	    {"-100000000000", "1966-10-31T14:13:20Z", WHEN_EPOCH},
	    {"100000000000000", "1973-03-03T09:46:40Z", WHEN_EPOCH},
	    {"100000000000000000", "1973-03-03T09:46:40Z", WHEN_EPOCH},
	    {"9214646399", "2261-12-31T23:59:59Z", WHEN_EPOCH},
	    {"-9214560000", "1678-01-01T00:00:00Z", WHEN_EPOCH},
	    {"9214646399999999999", "2261-12-31T23:59:59.999999999Z",
		WHEN_EPOCH},
	};

	check_examples(examples, QTE_COUNT(examples));
}

UNIT_TEST("when: what has another form is no time")
{
	static const char *const texts[] = {"", " ", "-", "x", "2020-01",
	    "2020-1-2", "20-01-02", "2020/01-02", "2020-01/02", "2020/1/2",
	    "02.01.2020", "2020-01-02T", "2020-01-02 ", " 2020-01-02",
	    "2020-01-02T09", "2020-01-02T9:30", "2020-01-02T09:3",
	    "2020-01-02T09:30:", "2020-01-02T09:30:5", "2020-01-02T09:30:05.",
	    "2020-01-02T09:30:05,5", "2020-01-02T09:30.5", "2020-01-02  09:30",
	    "2020-01-02T09:30ZZ", "2020-01-02T09:30 Z", "2020-01-02T09:30+",
	    "2020-01-02T09:30+1",
	    "2020-01-02T09:30+01:", "2020-01-02T09:30+01:0",
	    "2020-01-02T09:30+010", "2020-01-02T09:30+01:000",
	    "2020-01-02T09:30+01:00:00", "2020-01-02Z", "2020-01-02+01:00",
	    "+1577957400", "1577957400.5", "1e9", "0x10", "--1", "2020-01-02x",
	    "-2020-01-02", "12020-01-02", "2020-01-02T09:30:00.0000000001",
	    "2020-01-02T09:30:00.0000000000000000001",
	    "2020-01-02T09:30:00.12345678901", "2020-\xd9\xa1\xd9\xa1-02"};

	check_refused(texts, QTE_COUNT(texts), WHEN_SYNTAX);
}

UNIT_TEST("when: what no calendar or clock has is no date")
{
	static const char *const texts[] = {"2023-02-29", "1900-02-29",
	    "2100-02-29", "2020-02-30", "2020-00-01", "2020-13-01",
	    "2020-01-00", "2020-01-32", "2020-04-31", "2020-06-31",
	    "2020-09-31", "2020-11-31", "2020-01-02T24:00", "2020-01-02T23:60",
	    "2020-01-02T23:59:60Z", "2016-12-31T23:59:60Z",
	    "2020-01-02T09:30+24:00", "2020-01-02T09:30+01:60",
	    "2020-01-02T09:30-99", "0000-13-01", "0000-00-00"};

	check_refused(texts, QTE_COUNT(texts), WHEN_NO_DATE);
}

UNIT_TEST("when: years outside 1678 to 2261 are out of range")
{
	static const char *const texts[] = {"1677-12-31",
	    "1677-12-31T23:59:59.999999999Z", "1678-01-01T00:59:59+01:00",
	    "2262-01-01", "2261-12-31T23:00-01:00", "0001-01-01", "0000-02-29",
	    "9999-12-31", "16771231", "9214646400", "-9214560001",
	    "9214646400000000000", "9223372036854775807",
	    "-9223372036854775808", "9223372036854775808",
	    "99999999999999999999999999", "99999999999", "99999999999999",
	    "99999999999999999", "-99999999999"};

	check_refused(texts, QTE_COUNT(texts), WHEN_RANGE);
}

UNIT_TEST("when: every day is the day that libc's calendar has")
{
	char text[WHEN_TEXT_SIZE], want[WHEN_TEXT_SIZE];

	for (int64_t ns = FIRST_NS; ns < END_NS; ns += WHEN_DAY) {
		time_t t = (time_t)(ns / WHEN_SECOND);
		struct tm tm;
		enum when_form form;
		struct when_date date;
		int64_t back = 0;

		(void)gmtime_r(&t, &tm);
		(void)strftime(want, sizeof(want), "%Y-%m-%d", &tm);
		size_t n = when_put_short(text, ns);

		when_date(ns + WHEN_DAY - 1, &date);
		if (!CHECK_INT(date.year, tm.tm_year + 1900) ||
		    !CHECK_INT(date.month, tm.tm_mon + 1) ||
		    !CHECK_INT(date.day, tm.tm_mday) ||
		    !CHECK_STR(text, want) || !CHECK_INT(n, strlen(want)) ||
		    !CHECK_INT(when_weekday(ns), tm.tm_wday) ||
		    !CHECK_INT(when_weekday(ns + WHEN_DAY - 1), tm.tm_wday) ||
		    !CHECK_INT(when_read(text, n, &back, &form), WHEN_OK) ||
		    !CHECK_INT(back, ns) ||
		    !CHECK_INT(when_day(ns), ns / WHEN_DAY) ||
		    !CHECK_INT(when_day(ns + WHEN_DAY - 1), ns / WHEN_DAY))
			return;
	}
}

UNIT_TEST("when: every time reads back from its text")
{
	char text[WHEN_TEXT_SIZE];

	for (int i = 0; i < 300000; i++) {
		int64_t ns = (int64_t)(random_bits() >> random_below(64)), back;
		enum when_form form;

		ns = random_below(2) == 0 ? ns : -1 - ns;
		if (random_below(3) == 0)
			ns -= ns % WHEN_SECOND;
		if (ns < FIRST_NS || ns >= END_NS)
			continue;
		size_t n = when_put(text, ns);

		if (!CHECK_INT(strlen(text), n) ||
		    !CHECK_INT(when_read(text, n, &back, &form), WHEN_OK) ||
		    !CHECK_INT(back, ns) || !CHECK_INT(form, WHEN_ZONED))
			return;
	}
}

UNIT_TEST("when: every int64_t can be written")
{
	char text[WHEN_TEXT_SIZE];

	CHECK_INT(when_put(text, INT64_MIN), 30);
	CHECK_STR(text, "1677-09-21T00:12:43.145224192Z");
	CHECK_INT(when_put(text, INT64_MAX), 30);
	CHECK_STR(text, "2262-04-11T23:47:16.854775807Z");
	CHECK_INT(when_day(INT64_MIN), -106752);

	struct when_date date;

	when_date(INT64_MIN, &date);
	CHECK_INT(date.year * 10000 + date.month * 100 + date.day, 16770921);
	CHECK_INT(when_weekday(INT64_MIN), 2);
}

UNIT_TEST("when: people see no midnight and no idle seconds")
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = {{0, "1970-01-01"}, {WHEN_HOUR, "1970-01-01 01:00"},
	    {15 * WHEN_SECOND, "1970-01-01 00:00:15"},
	    {-1, "1969-12-31 23:59:59.999999999"},
	    {WHEN_SECOND / 4, "1970-01-01 00:00:00.25"}};
	char text[WHEN_TEXT_SIZE];

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		CHECK_INT(when_put_short(text, cases[i].ns),
		    strlen(cases[i].text));
		CHECK_STR(text, cases[i].text);
	}
}

UNIT_TEST("when: QTE_NOW stands in for the clock")
{
	struct err e = {0};
	int64_t ns = 0;

	CHECK(setenv("QTE_NOW", "2020-01-02T09:30:00Z", 1) == 0);
	CHECK_INT(when_now(&ns, &e), 0);
	CHECK_INT(ns, INT64_C(1577957400) * WHEN_SECOND);
	CHECK(setenv("QTE_NOW", "1577957400", 1) == 0);
	CHECK_INT(when_now(&ns, &e), 0);
	CHECK_INT(ns, INT64_C(1577957400) * WHEN_SECOND);
	CHECK(setenv("QTE_NOW", "tomorrow", 1) == 0);
	CHECK_INT(when_now(&ns, &e), EX_CONFIG);
	CHECK_STR(e.msg, "QTE_NOW: 'tomorrow' is not a time");
	CHECK(setenv("QTE_NOW", "", 1) == 0);
	CHECK_INT(when_now(&ns, &e), 0);
	CHECK(ns > INT64_C(1577957400) * WHEN_SECOND);
	CHECK(unsetenv("QTE_NOW") == 0);
	CHECK_INT(when_now(&ns, &e), 0);
}

UNIT_TEST("when: the ticks never go back")
{
	int64_t last = when_ticks();

	for (int i = 0; i < 100000; i++) {
		int64_t now = when_ticks();

		if (!CHECK(now >= last))
			return;
		last = now;
	}
}
