/* SPDX-License-Identifier: MIT */
/*
 * When a market trades: its sessions, the days of the week without trading,
 * holidays, and days with hours of their own, on the clock of its zone.  The
 * file's form is in qte-data(5).  A day is a number of days since 1970-01-01 on
 * that clock, and a local time what the clock shows as if it were UTC.
 */
#ifndef QTE_CALENDAR_H
#define QTE_CALENDAR_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "base/when.h"
#include "machine/zone.h"

/* Sessions of a day, at most. */
#define CALENDAR_SESSIONS 8

/* Of the day: 0 <= from < until <= WHEN_DAY. */
struct calendar_session {
	int64_t from_ns, until_ns;
};

/* In order, none before the end of the one before it. */
struct calendar_hours {
	size_t n;
	struct calendar_session at[CALENDAR_SESSIONS];
};

struct calendar_date {
	int64_t day;
	int line;		     /* of its file */
	struct calendar_hours hours; /* n == 0: a holiday */
};

struct calendar {
	bool given;	  /* by a file or sessions, or else nothing is known */
	unsigned weekend; /* 1 << n: day n of the week, 0 Sunday, is none */
	struct calendar_hours hours; /* of each day; n == 0: not known */
	struct {
		VEC(struct calendar_date); /* by day, each of them once */
	} dates;
	char *zone_name; /* owned; NULL: the file names none */
	struct zone zone;
};

/* calendar_init(c): weekdays trade, at hours that are not known, in UTC. */
void calendar_init(struct calendar *);
void calendar_release(struct calendar *);

/*
 * calendar_read(c, path, e):
 * Add what the file says to a fresh ${c}.  EX_DATAERR with the place for a line
 * that is none of a calendar, a date given twice, sessions that overlap, and a
 * zone that is not known;
 * EX_NOINPUT, EX_IOERR, IN_SIGNAL; EX_UNAVAILABLE as zone_open.  ${c} must be
 * released in any case.
 */
int calendar_read(struct calendar *, const char *, struct err *) QTE_MUST_CHECK;

/*
 * calendar_sessions(c, text, e):
 * The sessions are those of ${text}, as 09:30-11:30,13:00-15:00, whatever a
 * file said; days with hours of their own keep them.  EX_USAGE.
 */
int calendar_sessions(struct calendar *, const char *,
    struct err *) QTE_MUST_CHECK;

/*
 * calendar_settle(c, zone, e):
 * The clock is the one that the file names, or else ${zone}, that of the data.
 * EX_USAGE when they are two zones other than UTC, since there can be but one.
 */
int calendar_settle(struct calendar *, const struct zone *,
    struct err *) QTE_MUST_CHECK;

/*
 * calendar_day(c, day): the hours of a day, borrowed; those of ->hours when it
 * has none of its own.  NULL: no trading.
 */
const struct calendar_hours *calendar_day(const struct calendar *, int64_t);

/*
 * calendar_days(c, from, until): how many of the days from ${from} to before
 * ${until} have trading.  calendar_dates(c, day): the first of ->dates that is
 * not before ${day}.
 */
int64_t calendar_days(const struct calendar *, int64_t, int64_t);
size_t calendar_dates(const struct calendar *, int64_t);

enum calendar_state {
	CALENDAR_OPEN,	/* in a session, or the sessions are not known */
	CALENDAR_PAUSE, /* a day with trading, but not then */
	CALENDAR_CLOSED /* a day without */
};

/*
 * calendar_at(c, local):
 * What a local time falls in.  The end of a session counts as in it: a bar may
 * bear the time of its end.
 */
enum calendar_state calendar_at(const struct calendar *, int64_t);

#endif
