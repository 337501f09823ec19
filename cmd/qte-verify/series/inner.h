/* SPDX-License-Identifier: MIT */
/*
 * What the series rules share.  The way of a row: order (does it follow the one
 * before), timing (sessions, grid, frequency, gaps; learn puts that off until
 * the interval is known), price.  What the next rows may take back is held.
 */
#ifndef QTE_VERIFY_INNER_H
#define QTE_VERIFY_INNER_H

#include "base/base.h"
#include "base/vec.h"
#include "series.h"
#include "series/symbols.h"

/* Rows that stand for a bar, though not in its place; the last of them. */
#define INNER_LOST 64

/* More phases of a grid than this are none. */
#define INNER_PHASES 3

struct learn;
struct pauses;

struct series {
	struct series_opts opts;
	struct report *report;	   /* borrowed */
	bool off[RULES];	   /* report_off */
	unsigned need;		   /* SERIES_RIGHT of what a whole row has */
	const struct calendar *at; /* opts.calendar */
	struct zone zone;	   /* of the market */
	struct zone clock;	   /* that ->dates were read by */
	bool dates; /* the first time is a date without a time of day */
	struct {
		int64_t from_ns, offset;
	} written[2]; /* the last offset of times, and the one before it */
	int nwritten;
	bool unwritten; /* times of the file have none */
	bool sessions;	/* its hours are known, and not all of the day */
	struct symbols symbols;
	int quiet_shift; /* 1/2^n is no jump, and no split */
	int64_t untracked;
	int64_t *lines; /* owned: of each symbol's last row; with a max_age */
	size_t nlines;
	uint32_t serial; /* of the row, from 1 */

	int64_t interval_ns; /* 0: not known */
	struct learn *learn; /* owned; NULL: nothing is to be learnt */
	int64_t unit_ns;     /* of the grid */
	int64_t phase_ns[INNER_PHASES];
	int nphases;	   /* 0: there is no grid */
	bool starts, ends; /* bars stand at starts, at ends of sessions */
	/* In these times a step of the interval needs no closer look. */
	int64_t calm_from_ns, calm_until_ns;

	struct pauses *pauses; /* owned; NULL: the hours are known */
	struct {
		uint32_t row;		     /* by number */
		const struct symbol *symbol; /* NULL: of any */
	} lost[INNER_LOST];
	size_t nlost;

	struct held *oldest, *newest;
	size_t nheld;
};

/* What a row is to the one before. */
enum order {
	ORDER_FIRST, /* there is none */
	ORDER_NEXT,
	ORDER_ANEW,  /* as the first: time has been set back */
	ORDER_LATE,  /* not after the latest */
	ORDER_EQUAL, /* the same row again */
	ORDER_LOST   /* without a time */
};

/* A row, for the rules of time. */
struct visit {
	const struct series_bar *bar;
	struct symbol *symbol; /* of LOST: NULL when it is not known */
	enum order order;
	uint32_t serial;
	int64_t before_ns; /* the latest time before it, of NEXT */
};

/* inner_step(from, until): from one time to a later one, or the longest. */
#define INNER_STEP_MAX (INT64_MAX - WHEN_DAY)
static inline int64_t
inner_step(int64_t from, int64_t until)
{
	uint64_t step = (uint64_t)until - (uint64_t)from;

	return step < INNER_STEP_MAX ? (int64_t)step : INNER_STEP_MAX;
}

/* inner_longer(s): weeks or months from bar to bar, whose dates are labels. */
static inline bool
inner_longer(const struct series *s)
{
	return s->interval_ns >= 2 * WHEN_DAY - WHEN_HOUR;
}

/* inner_phase(ts, unit): how far it is behind the last whole ${unit}. */
static inline int64_t
inner_phase(int64_t ts, int64_t unit)
{
	int64_t phase = ts % unit;

	return phase < 0 ? phase + unit : phase;
}

/* Days are those of bars whose times are at most an hour from a day apart,
 * since clocks are put forward and back. */
static inline bool
inner_daily(int64_t step)
{
	return step >= WHEN_DAY - WHEN_HOUR;
}

#endif
