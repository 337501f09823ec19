/* SPDX-License-Identifier: MIT */
/* Time: nanoseconds since 1970 UTC, and its text. */
#include "base/when.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/digits.h"
#include "base/num.h"

#define DAYS_IN_ERA 146097 /* 400 years */

/* A date and a time of day as they are written. */
struct civil {
	int64_t year;
	int month, day, hour, minute, second;
	int64_t nanos;
	int64_t offset_s; /* what local time is ahead of UTC */
};

/* Text that is being read: what is left of it. */
struct cursor {
	const char *at;
	size_t n;
};

/* ${a}/${b} rounded down, and what is left; ${b} > 0. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t
floor_mod(int64_t a, int64_t b)
{
	int64_t rest = a % b;

	return rest < 0 ? rest + b : rest;
}

/* Days from the first of March to the first of a later month. */
static int64_t
days_to_month(int64_t months_since_march)
{
	return (153 * months_since_march + 2) / 5;
}

/*
 * Counting years from the first of March puts the leap day at their end, where
 * it moves no other day.  1970-01-01 is day 719468 of that count.
 */
static int64_t
days_of(int64_t year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;
	int64_t of_era = floor_mod(y, 400);

	return floor_div(y, 400) * DAYS_IN_ERA + of_era * 365 + of_era / 4 -
	    of_era / 100 + days_to_month(m) + day - 1 - 719468;
}

static void
date_of(int64_t days, struct civil *c)
{
	int64_t left = days + 719468;
	int64_t era = floor_div(left, DAYS_IN_ERA);

	left -= era * DAYS_IN_ERA;

	/* The leap days before make the plain quotient a day too large. */
	int64_t y = (left - left / 1460 + left / 36524 - left / 146096) / 365;

	left -= y * 365 + y / 4 - y / 100;

	int64_t m = (5 * left + 2) / 153;

	c->day = (int)(left - days_to_month(m) + 1);
	c->month = (int)(m < 10 ? m + 3 : m - 9);
	c->year = y + era * 400 + (c->month <= 2);
}

static bool
is_leap(int64_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool
is_date(int64_t year, int month, int day)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
	    31};

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= days[month - 1] + (month == 2 && is_leap(year));
}

/* The nanoseconds of what was written, when there is such a time. */
static enum when_result
resolve(const struct civil *c, int64_t *ns)
{
	int64_t offset = c->offset_s;

	if (!is_date(c->year, c->month, c->day) || c->hour > 23 ||
	    c->minute > 59 || c->second > 59)
		return WHEN_NO_DATE;

	int64_t s = days_of(c->year, c->month, c->day) * 86400 +
	    c->hour * 3600 + c->minute * 60 + c->second - offset;

	if (s < WHEN_BEGIN / WHEN_SECOND || s >= WHEN_END / WHEN_SECOND)
		return WHEN_RANGE;
	*ns = s * WHEN_SECOND + c->nanos;
	return WHEN_OK;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
take(struct cursor *c, char wanted)
{
	if (c->n == 0 || *c->at != wanted)
		return false;
	c->at++;
	c->n--;
	return true;
}

/* Take ${digits} digits as a number. */
static bool
take_number(struct cursor *c, size_t digits, int *value)
{
	int v = 0;

	if (c->n < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (!is_digit(c->at[i]))
			return false;
		v = v * 10 + (c->at[i] - '0');
	}
	c->at += digits;
	c->n -= digits;
	*value = v;
	return true;
}

/* .D+ of a second: nine digits count, the rest has to be zero. */
static bool
take_fraction(struct cursor *c, int64_t *nanos)
{
	int64_t unit = WHEN_SECOND;
	size_t i = 0;

	for (; i < c->n && is_digit(c->at[i]); i++) {
		unit /= 10;
		if (unit == 0 && c->at[i] != '0')
			return false;
		*nanos += (c->at[i] - '0') * unit;
	}
	c->at += i;
	c->n -= i;
	return i > 0;
}

/* HH:MM[:SS[.fraction]] */
static bool
take_time(struct cursor *c, struct civil *t)
{
	if (!take_number(c, 2, &t->hour) || !take(c, ':') ||
	    !take_number(c, 2, &t->minute))
		return false;
	if (!take(c, ':'))
		return true;
	if (!take_number(c, 2, &t->second))
		return false;
	return take(c, '.') ? take_fraction(c, &t->nanos) : true;
}

/*
 * Z, +HH:MM, +HHMM or +HH, and nothing behind.  Say in ${ok} whether there is
 * such an offset: the hours of a day have one, 99 has not.
 */
static bool
take_offset(struct cursor *c, struct civil *t, bool *ok)
{
	int hours = 0, minutes = 0, sign = 1;

	if (take(c, 'Z') || take(c, 'z'))
		return c->n == 0;
	if (take(c, '-'))
		sign = -1;
	else if (!take(c, '+'))
		return false;
	if (!take_number(c, 2, &hours))
		return false;
	if (c->n > 0) {
		(void)take(c, ':');
		if (!take_number(c, 2, &minutes))
			return false;
	}
	*ok = hours <= 23 && minutes <= 59;
	t->offset_s = sign * (hours * 3600 + minutes * 60);
	return c->n == 0;
}

static enum when_result
read_calendar(struct cursor c, int64_t *ns, enum when_form *form)
{
	struct civil t = {0};
	bool ok = true;
	int year;
	char between = c.n > 4 && c.at[4] == '/' ? '/' : '-';

	if (!take_number(&c, 4, &year) || !take(&c, between) ||
	    !take_number(&c, 2, &t.month) || !take(&c, between) ||
	    !take_number(&c, 2, &t.day))
		return WHEN_SYNTAX;
	t.year = year;
	if (c.n > 0) {
		if (!take(&c, 'T') && !take(&c, ' ') && !take(&c, 't'))
			return WHEN_SYNTAX;
		if (!take_time(&c, &t))
			return WHEN_SYNTAX;
	}
	*form = c.n > 0 ? WHEN_ZONED : WHEN_LOCAL;
	if (c.n > 0 && !take_offset(&c, &t, &ok))
		return WHEN_SYNTAX;
	return ok ? resolve(&t, ns) : WHEN_NO_DATE;
}

/* 8, 12 or 14 digits as a date and a time of day. */
static enum when_result
read_compact(struct cursor c, int64_t *ns)
{
	struct civil t = {0};
	int year;

	if ((c.n != 8 && c.n != 12 && c.n != 14) ||
	    !take_number(&c, 4, &year) || !take_number(&c, 2, &t.month) ||
	    !take_number(&c, 2, &t.day))
		return WHEN_SYNTAX;
	t.year = year;
	if (c.n > 0 &&
	    (!take_number(&c, 2, &t.hour) || !take_number(&c, 2, &t.minute)))
		return WHEN_SYNTAX;
	if (c.n > 0 && !take_number(&c, 2, &t.second))
		return WHEN_SYNTAX;
	return resolve(&t, ns);
}

/* A count since 1970, whose size tells its unit. */
static enum when_result
from_epoch(int64_t count, int64_t *ns)
{
	static const struct {
		int64_t limit, unit;
	} units[] = {
	    {INT64_C(100000000000), WHEN_SECOND},
	    {INT64_C(100000000000000), WHEN_SECOND / 1000},
	    {INT64_C(100000000000000000), WHEN_SECOND / 1000000},
	};
	int64_t unit = 1, value;

	for (size_t i = 0; i < QTE_COUNT(units); i++)
		if (count < units[i].limit && count > -units[i].limit) {
			unit = units[i].unit;
			break;
		}
	if (__builtin_mul_overflow(count, unit, &value))
		return WHEN_RANGE;
	if (value < WHEN_BEGIN || value >= WHEN_END)
		return WHEN_RANGE;
	*ns = value;
	return WHEN_OK;
}

enum when_result
when_read(const char *text, size_t n, int64_t *ns, enum when_form *form)
{
	struct cursor c = {text, n};
	int64_t count;

	switch (num_read_int(text, n, &count)) {
	case NUM_OK:
		break;
	case NUM_WIDE:
		*form = WHEN_EPOCH;
		return WHEN_RANGE;
	default:
		return read_calendar(c, ns, form);
	}

	enum when_result result = read_compact(c, ns);

	if (result == WHEN_OK || result == WHEN_RANGE) {
		*form = WHEN_LOCAL;
		return result;
	}
	*form = WHEN_EPOCH;
	return from_epoch(count, ns);
}

const char *
when_why(enum when_result result)
{
	static const char *const why[] = {
	    [WHEN_OK] = "is a time",
	    [WHEN_SYNTAX] = "is not a time such as 2020-01-02 14:30",
	    [WHEN_NO_DATE] = "is not in the calendar",
	    [WHEN_RANGE] = "is outside the years 1678 to 2261",
	};

	return why[result];
}

/* The day may begin before the first time there is, so wrap. */
static uint64_t
time_of_day(int64_t ns, int64_t day)
{
	return (uint64_t)ns - (uint64_t)day * WHEN_DAY;
}

/* YYYY-MM-DD */
static size_t
put_date(char *to, int64_t day)
{
	char digits[DIGITS_ROOM];
	struct civil c;

	date_of(day, &c);
	digits_fixed(digits, (uint64_t)(c.year * 10000 + c.month * 100 + c.day),
	    8);
	memcpy(to, digits, 4);
	to[4] = '-';
	memcpy(to + 5, digits + 4, 2);
	to[7] = '-';
	memcpy(to + 8, digits + 6, 2);
	return 10;
}

/* ${before}HH:MM:SS of a time of day; return the length without :SS. */
static size_t
put_clock(char *to, char before, uint64_t of_day)
{
	uint64_t second = of_day / WHEN_SECOND, minute = second / 60;
	char digits[DIGITS_ROOM];

	digits_fixed(digits,
	    minute / 60 * 10000 + minute % 60 * 100 + second % 60, 8);
	to[0] = before;
	memcpy(to + 1, digits + 2, 2);
	to[3] = ':';
	memcpy(to + 4, digits + 4, 2);
	to[6] = ':';
	memcpy(to + 7, digits + 6, 2);
	return 6;
}

/* The length of :SS, and behind it the digits of a fraction that are needed. */
static size_t
put_fraction(char *to, uint64_t of_day)
{
	uint64_t nanos = of_day % WHEN_SECOND;

	if (nanos == 0)
		return 3;
	to[3] = '.';
	digits_fixed(to + 4, nanos, 9);
	return 4 + digits_trim(to + 4, 9);
}

size_t
when_put(char *to, int64_t ns)
{
	int64_t day = when_day(ns);
	uint64_t of_day = time_of_day(ns, day);
	size_t n = put_date(to, day);

	n += put_clock(to + n, 'T', of_day);
	n += put_fraction(to + n, of_day);
	to[n++] = 'Z';
	to[n] = '\0';
	return n;
}

size_t
when_put_short(char *to, int64_t ns)
{
	int64_t day = when_day(ns);
	uint64_t of_day = time_of_day(ns, day);
	size_t n = put_date(to, day);

	if (of_day != 0)
		n += put_clock(to + n, ' ', of_day);
	if (of_day % (60 * WHEN_SECOND) != 0)
		n += put_fraction(to + n, of_day);
	to[n] = '\0';
	return n;
}

int64_t
when_day(int64_t ns)
{
	return floor_div(ns, WHEN_DAY);
}

int
when_weekday(int64_t ns)
{
	/* 1970-01-01 was a Thursday. */
	return (int)floor_mod(when_day(ns) + 4, 7);
}

void
when_date(int64_t ns, struct when_date *date)
{
	struct civil c;

	date_of(when_day(ns), &c);
	*date = (struct when_date){(int)c.year, c.month, c.day};
}

static int64_t
clock_ns(clockid_t id)
{
	struct timespec ts;

	(void)clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * WHEN_SECOND + ts.tv_nsec;
}

int
when_now(int64_t *ns, struct err *e)
{
	const char *text = getenv("QTE_NOW");
	enum when_form form;

	if (text == NULL || text[0] == '\0') {
		*ns = clock_ns(CLOCK_REALTIME);
		return 0;
	}
	if (when_read(text, strlen(text), ns, &form) != WHEN_OK)
		return err_set(e, EX_CONFIG, "QTE_NOW: '%s' is not a time",
		    text);
	return 0;
}

int64_t
when_ticks(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}
