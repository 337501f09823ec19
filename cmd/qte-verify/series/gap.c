/* SPDX-License-Identifier: MIT */
/* gap: how many bars are missing between two. */
#include "series/gap.h"

#include <string.h>

#include "series/pause.h"
#include "series/written.h"

/* Without a calendar more weekdays in a row than any holidays have. */
#define HOLIDAYS 10

#define PAUSE WHEN_HOUR

/* More bars are not counted. */
#define GAP_MAX (INT64_MAX / 2)

/* Whether ${c} says no more than that it trades on all days, at all hours. */
static bool
is_always(const struct calendar *c)
{
	return c->weekend == 0 && c->dates.n == 0 && c->hours.n == 1 &&
	    c->hours.at[0].from_ns == 0 && c->hours.at[0].until_ns == WHEN_DAY;
}

/* Expected times of day that are after ${from} and before ${until}. */
static int64_t
of_session(const struct series *s, const struct calendar_session *at,
    int64_t from, int64_t until)
{
	bool starts = s->starts && !s->ends, ends = s->ends && !s->starts;
	int64_t step = s->interval_ns, length = at->until_ns - at->from_ns;
	int64_t first = starts ? 0 : 1, last = (length - !ends) / step, n;

	if (from >= at->from_ns && (from - at->from_ns) / step + 1 > first)
		first = (from - at->from_ns) / step + 1;
	if (until <= at->from_ns)
		return 0;
	if ((until - 1 - at->from_ns) / step < last)
		last = (until - 1 - at->from_ns) / step;
	n = last >= first ? last - first + 1 : 0;
	/* The last bar of a session may be a short one. */
	if (ends && length % step != 0 && at->until_ns > from &&
	    at->until_ns < until)
		n++;
	return n;
}

static int64_t
of_hours(const struct series *s, const struct calendar_hours *hours,
    int64_t from, int64_t until)
{
	int64_t n = 0;

	for (size_t i = 0; hours != NULL && i < hours->n; i++)
		n += of_session(s, &hours->at[i], from, until);
	return n;
}

/* Of whole days, from ${from} to before ${until}. */
static int64_t
of_days(const struct series *s, int64_t from, int64_t until)
{
	const struct calendar *c = s->at;
	int64_t usual = of_hours(s, &c->hours, -1, WHEN_DAY + 1);
	int64_t n;

	if (__builtin_mul_overflow(calendar_days(c, from, until), usual, &n) ||
	    n > GAP_MAX)
		return GAP_MAX;
	for (size_t i = calendar_dates(c, from);
	     i < c->dates.n && c->dates.at[i].day < until; i++)
		if (c->dates.at[i].hours.n > 0)
			n += of_hours(s, &c->dates.at[i].hours, -1,
				 WHEN_DAY + 1) -
			    usual;
	return n;
}

/* By the sessions. */
static int64_t
of_sessions(struct series *s, int64_t from, int64_t until)
{
	int64_t a = written_local(s, from), b = written_local(s, until);
	int64_t first = when_day(a), last = when_day(b);

	a -= first * WHEN_DAY;
	b -= last * WHEN_DAY;
	if (first == last)
		return of_hours(s, calendar_day(s->at, first), a, b);
	return of_hours(s, calendar_day(s->at, first), a, WHEN_DAY + 1) +
	    of_days(s, first + 1, last) +
	    of_hours(s, calendar_day(s->at, last), -1, b);
}

/* Bars of a day. */
static int64_t
of_dates(struct series *s, const struct symbol *y, int64_t from, int64_t until)
{
	int64_t first = when_day(written_local(s, from)) + 1;
	int64_t last = when_day(written_local(s, until)), n;

	if (!s->at->given && (y->flags & SYMBOL_WEEKLY) != 0)
		return last > first ? last - first : 0;
	n = calendar_days(s->at, first, last);
	return s->at->given || s->opts.interval_ns > 0 || n > HOLIDAYS ? n : 0;
}

/* No hours are known. */
static int64_t
of_pause(struct series *s, const struct symbol *y, int64_t from, int64_t until,
    bool *perhaps)
{
	int64_t step = inner_step(from, until);
	int64_t a = written_local(s, from), b = written_local(s, until);
	int64_t days = when_day(b) - when_day(a) + 1;
	bool week = calendar_days(s->at, when_day(a), when_day(b) + 1) == days;
	bool ever = (y->flags & SYMBOL_WEEKLY) != 0 ||
	    ((y->flags & SYMBOL_CLOCK) != 0 && week);

	*perhaps = !ever && pause_is(s, a, b);
	return ever || *perhaps || step - s->interval_ns < PAUSE
	    ? (step - 1) / s->interval_ns
	    : 0;
}

int64_t
gap_count(struct series *s, const struct symbol *y, int64_t from, int64_t until,
    bool *perhaps)
{
	int64_t step = inner_step(from, until), interval = s->interval_ns;

	*perhaps = false;
	if (interval == 0 || step <= interval)
		return 0;
	if (inner_longer(s))
		return s->opts.interval_ns > 0
		    ? (step - interval / 2) / interval
		    : 0;
	if (inner_daily(interval))
		return of_dates(s, y, from, until);
	if (is_always(s->at))
		return (step - 1) / interval;
	if (s->at->hours.n > 0)
		return of_sessions(s, from, until);
	return of_pause(s, y, from, until, perhaps);
}

void
gap_lost(struct series *s, const struct visit *v)
{
	/* The first row of its symbol with a time is still to come. */
	if (v->bar->named && v->symbol == NULL)
		return;
	if (s->nlost == INNER_LOST)
		memmove(s->lost, s->lost + 1, --s->nlost * sizeof(s->lost[0]));
	s->lost[s->nlost].row = v->serial;
	s->lost[s->nlost++].symbol = v->symbol;
}

int64_t
gap_found(struct series *s, const struct symbol *y, int64_t missing)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nlost; i++)
		if (missing > 0 && s->lost[i].row > y->row &&
		    (s->lost[i].symbol == NULL || s->lost[i].symbol == y))
			missing--;
		else
			s->lost[n++] = s->lost[i];
	s->nlost = n;
	return missing;
}
