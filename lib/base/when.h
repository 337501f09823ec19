/* SPDX-License-Identifier: MIT */
/*
 * Time: nanoseconds since 1970-01-01T00:00:00Z in an int64_t (the years 1678
 * to 2261), and its text.  The only module that reads a clock.
 */
#ifndef QTE_WHEN_H
#define QTE_WHEN_H

#include "base/base.h"
#include "base/err.h"

#define WHEN_SECOND INT64_C(1000000000)
#define WHEN_HOUR (3600 * WHEN_SECOND)
#define WHEN_DAY (24 * WHEN_HOUR)

/* The times that there are: from 1678-01-01 to before 2262-01-01. */
#define WHEN_BEGIN (-INT64_C(9214560000) * WHEN_SECOND)
#define WHEN_END (INT64_C(9214646400) * WHEN_SECOND)

/* Room for a time as text, with the NUL. */
#define WHEN_TEXT_SIZE 40

/* How a time was written: what a file must not mix. */
enum when_form {
	WHEN_LOCAL, /* a date, or a date and time without an offset */
	WHEN_ZONED, /* with Z or an offset */
	WHEN_EPOCH  /* a count since 1970 */
};

enum when_result {
	WHEN_OK,
	WHEN_SYNTAX,  /* not a time in any form below */
	WHEN_NO_DATE, /* the form is right, the calendar has no such time */
	WHEN_RANGE    /* outside the years 1678 to 2261 */
};

/*
 * when_read(text, n, ns, form):
 * Read the ${n} bytes of ${text}: YYYY-MM-DD or YYYY/MM/DD, then perhaps a
 * blank or T and HH:MM[:SS[.fraction]], and after such a time perhaps Z or
 * +HH:MM, +HHMM, +HH; or a whole number: 8, 12 or 14 digits that make a
 * calendar date (20200102) are one, else seconds, ms, us or ns since 1970 by
 * magnitude
 * (< 1e11, < 1e14, < 1e17).  What has no offset is taken as UTC.  A fraction
 * beyond nanoseconds is WHEN_SYNTAX unless zero, a leap second :60 is
 * WHEN_NO_DATE.  ${*ns} and ${*form} are of use on WHEN_OK alone.
 */
enum when_result when_read(const char *, size_t, int64_t *, enum when_form *);

/* when_why(result): what a message says behind the text that was read. */
const char *when_why(enum when_result);

/*
 * when_put(to, ns):
 * Write RFC 3339 in UTC with a Z and as many fraction digits as needed, and a
 * NUL, to ${to} of WHEN_TEXT_SIZE bytes.  Return the length.
 */
size_t when_put(char *, int64_t);

/*
 * when_put_short(to, ns):
 * For people: the date, and the time of day unless it is midnight.
 */
size_t when_put_short(char *, int64_t);

/* when_day(ns): days since 1970-01-01.  when_weekday(ns): 0 Sunday to 6. */
int64_t when_day(int64_t);
int when_weekday(int64_t);

/* when_date(ns, date): the day of the calendar; month and day from 1. */
struct when_date {
	int year, month, day;
};
void when_date(int64_t, struct when_date *);

/*
 * when_now(ns, e):
 * The time: QTE_NOW when that is set and not empty, else the clock's. EX_CONFIG
 * when QTE_NOW is not a time.
 */
int when_now(int64_t *, struct err *) QTE_MUST_CHECK;

/* when_ticks(): the monotonic clock, in nanoseconds; QTE_NOW has no part in it.
 */
int64_t when_ticks(void);

#endif
