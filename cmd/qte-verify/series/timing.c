/* SPDX-License-Identifier: MIT */
/* outside-session, non-trading-day, off-grid, mixed-frequency, gap. */
#include "series/timing.h"

#include "series/gap.h"
#include "series/held.h"
#include "series/pause.h"
#include "series/tell.h"
#include "series/written.h"

#define WEEK 7

/*
 * A weekend without a bar, from Friday to Monday, makes bars at the next
 * unusual, until as many days of weekends have one; where they are usual, so
 * many weekends without are needed.
 */
#define WEEKENDS 4

/* When a row is, on the calendar's clock. */
struct moment {
	int64_t local_ns, day, of_day_ns;
	struct zone_span span; /* of its offset */
	bool intraday;
	bool off_grid;
};

static void
say(const struct series *s, const struct visit *v, enum rule rule,
    int64_t local_ns, const char *what)
{
	char shown[WHEN_TEXT_SIZE];
	struct tell t;

	if (!tell_shows(s, rule))
		return;
	(void)when_put_short(shown, local_ns);
	tell_open(&t, v->bar, rule, SERIES_TIME);
	buf_fmt(&t.message, "%s%s%s %s", shown,
	    s->zone.name != NULL ? " in " : "",
	    s->zone.name != NULL ? s->zone.name : "", what);
	tell_say(&t, s);
}

static const char *
weekend_name(int64_t day)
{
	return when_weekday(day * WHEN_DAY) == 0
	    ? "is a Sunday, and the weekend before had no bars"
	    : "is a Saturday, and the weekend before had no bars";
}

static bool
is_weekend(int64_t day)
{
	int weekday = when_weekday(day * WHEN_DAY);

	return weekday == 0 || weekday == 6;
}

/* Without a calendar the weekends before tell whether there are bars in them.
 */
static void
judge_weekend(struct series *s, const struct visit *v, const struct moment *m)
{
	struct symbol *y = v->symbol;
	int64_t before = when_day(written_local(s, v->before_ns));

	if (v->order != ORDER_NEXT || before == m->day)
		return;
	if (!is_weekend(m->day)) {
		if (m->day - before == 3 &&
		    when_weekday(m->day * WHEN_DAY) == 1 &&
		    y->weekends < WEEKENDS)
			y->weekends++;
	} else if (y->weekends <= 0) {
		y->weekends = 1 - WEEKENDS;
	} else {
		y->weekends--;
		say(s, v, RULE_NON_TRADING_DAY, m->local_ns,
		    weekend_name(m->day));
	}
}

static bool
on_phase(const struct series *s, int64_t ts)
{
	int64_t phase;

	if (s->nphases == 0)
		return true;
	phase = inner_phase(ts, s->unit_ns);
	for (int i = 0; i < s->nphases; i++)
		if (phase == s->phase_ns[i])
			return true;
	return false;
}

/* Between these times of the day nothing changes, unless the clock does. */
static void
keep_calm(struct series *s, const struct moment *m, int64_t from, int64_t until)
{
	int64_t midnight = m->day * WHEN_DAY - m->span.offset_ns;

	s->calm_from_ns = midnight + from;
	s->calm_until_ns = midnight + until;
	if (s->calm_from_ns < m->span.from_ns)
		s->calm_from_ns = m->span.from_ns;
	if (s->calm_until_ns > m->span.until_ns)
		s->calm_until_ns = m->span.until_ns;
}

/* The session that it is in, or NULL; the end that it stands at is noted. */
static const struct calendar_session *
session_of(struct series *s, const struct moment *m,
    const struct calendar_hours *hours)
{
	int64_t at = m->of_day_ns;

	for (size_t i = 0; i < hours->n; i++) {
		const struct calendar_session *in = &hours->at[i];

		if (at < in->from_ns || at > in->until_ns)
			continue;
		s->starts = s->starts || at == in->from_ns;
		s->ends = s->ends || at == in->until_ns;
		return in;
	}
	return NULL;
}

/* Where it is in the day's sessions, which are known. */
static void
judge_session(struct series *s, const struct visit *v, struct moment *m,
    const struct calendar_hours *hours)
{
	const struct calendar_session *in = session_of(s, m, hours);
	int64_t at = m->of_day_ns;

	if (in == NULL) {
		say(s, v, RULE_OUTSIDE_SESSION, m->local_ns,
		    "is outside the sessions");
		return;
	}
	m->off_grid = s->interval_ns > 0 && at != in->until_ns &&
	    (at - in->from_ns) % s->interval_ns != 0 &&
	    at % s->interval_ns != 0;
	if (at < in->until_ns)
		keep_calm(s, m, in->from_ns, in->until_ns);
}

/* The hours of its day, or NULL. */
static const struct calendar_hours *
open_moment(struct series *s, const struct series_bar *b, struct moment *m)
{
	written_row(s, b);
	*m = (struct moment){.span = written_span(s, b->ts_ns)};
	m->local_ns = b->ts_ns + m->span.offset_ns;
	m->day = when_day(m->local_ns);
	m->of_day_ns = m->local_ns - m->day * WHEN_DAY;
	return calendar_day(s->at, m->day);
}

void
timing_note(struct series *s, const struct visit *v)
{
	struct moment m;
	const struct calendar_hours *hours;

	if (!s->sessions || v->order > ORDER_ANEW)
		return;
	hours = open_moment(s, v->bar, &m);
	if (hours != NULL)
		(void)session_of(s, &m, hours);
}

static void
judge_moment(struct series *s, const struct visit *v, struct moment *m)
{
	const struct calendar_hours *hours = open_moment(s, v->bar, m);

	m->intraday = s->interval_ns > 0 ? !inner_daily(s->interval_ns)
					 : m->of_day_ns != 0;
	s->calm_until_ns = s->calm_from_ns;
	if (inner_longer(s))
		return;
	if (!s->at->given) {
		judge_weekend(s, v, m);
	} else if (hours == NULL) {
		say(s, v, RULE_NON_TRADING_DAY, m->local_ns,
		    "is no trading day");
		return;
	}
	if (s->sessions && m->intraday) {
		judge_session(s, v, m, hours);
		return;
	}
	m->off_grid = m->intraday && !on_phase(s, v->bar->ts_ns);
	keep_calm(s, m, 0, WHEN_DAY);
}

/* Whole days when they are bars of a day, whatever a clock did. */
static int64_t
step_of(const struct series *s, const struct visit *v)
{
	int64_t step = inner_step(v->before_ns, v->bar->ts_ns);
	int64_t over = (step % WHEN_DAY + WHEN_HOUR) % WHEN_DAY;

	if (inner_daily(s->interval_ns) && inner_daily(step) &&
	    over <= 2 * WHEN_HOUR)
		step += WHEN_HOUR - over;
	return step;
}

/* A run of steps is over. */
static void
note_run(const struct series *s, struct symbol *y)
{
	int64_t lasted;

	if (y->step_ns != s->interval_ns || s->interval_ns == 0)
		return;
	if (__builtin_mul_overflow((int64_t)y->run, s->interval_ns, &lasted))
		lasted = INT64_MAX;
	if (lasted >= WHEN_DAY && !inner_daily(s->interval_ns))
		y->flags |= SYMBOL_CLOCK;
	if (lasted >= WEEK * WHEN_DAY)
		y->flags |= SYMBOL_WEEKLY;
}

/* Count the step; whether it is one of another frequency. */
static bool
judge_step(struct series *s, const struct visit *v, int64_t step)
{
	struct symbol *y = v->symbol;
	struct tell t;

	if (step == y->step_ns) {
		y->run += y->run < UINT32_MAX;
	} else {
		note_run(s, y);
		y->step_ns = step;
		y->run = 1;
	}
	if (s->interval_ns == 0 || step == s->interval_ns ||
	    y->run < TIMING_RUN || s->off[RULE_MIXED_FREQUENCY])
		return false;
	if (y->run > TIMING_RUN)
		return true;
	held_drop(s, y, step);
	if (!tell_shows(s, RULE_MIXED_FREQUENCY))
		return true;
	tell_open(&t, v->bar, RULE_MIXED_FREQUENCY, SERIES_TIME);
	buf_fmt(&t.message, "%d steps in a row are of ", TIMING_RUN);
	tell_span(&t.message, step);
	buf_str(&t.message, ", where bars are ");
	tell_span(&t.message, s->interval_ns);
	buf_str(&t.message, " apart");
	tell_span(&t.value, step);
	tell_span(&t.expected, s->interval_ns);
	tell_say(&t, s);
	return true;
}

static void
hold_gap(struct series *s, const struct visit *v, int64_t missing)
{
	struct tell t;
	struct held h = {.symbol = v->symbol,
	    .kind = HELD_GAP,
	    .left = HELD_ROWS,
	    .from_ns = v->before_ns,
	    .until_ns = v->bar->ts_ns,
	    .missing = missing};

	if (s->off[RULE_GAP])
		return;
	if (report_shows(s->report, RULE_GAP)) {
		tell_open(&t, v->bar, RULE_GAP, SERIES_TIME);
		h.finding = tell_keep(&t);
	}
	held_add(s, &h);
}

static void
hold_grid(struct series *s, const struct visit *v, const struct moment *m)
{
	char shown[WHEN_TEXT_SIZE];
	struct tell t;
	struct held h = {.symbol = v->symbol,
	    .kind = HELD_GRID,
	    .left = HELD_ROWS,
	    .from_ns = v->before_ns,
	    .until_ns = v->bar->ts_ns};

	if (s->off[RULE_OFF_GRID])
		return;
	if (report_shows(s->report, RULE_OFF_GRID)) {
		(void)when_put_short(shown, m->local_ns);
		tell_open(&t, v->bar, RULE_OFF_GRID, SERIES_TIME);
		buf_fmt(&t.message, "%s is not where a bar of ", shown);
		tell_span(&t.message, s->interval_ns);
		buf_str(&t.message, " begins or ends");
		h.finding = tell_keep(&t);
	}
	held_add(s, &h);
}

/* Whether a step is of whole days; where nobody knows whose clock was put
 * forward or back, an hour more or less is no matter. */
static bool
is_days(const struct series *s, int64_t step)
{
	int64_t over = step % WHEN_DAY;
	bool known = s->zone.name != NULL || s->dates;

	return over == 0 ||
	    (!known && inner_daily(step) &&
		(over <= WHEN_HOUR || over >= WHEN_DAY - WHEN_HOUR));
}

/*
 * Of bars of a day two have one date, or one has a time of day where the one
 * before has none, or is less than half a day behind it.
 */
static bool
is_off_day(struct series *s, const struct visit *v, const struct moment *m)
{
	int64_t step = inner_step(v->before_ns, v->bar->ts_ns), before;
	struct symbol *y = v->symbol;
	bool was_off = (y->flags & SYMBOL_OFF) != 0;
	bool was_early = (y->flags & SYMBOL_EARLY) != 0;

	y->flags &= (uint8_t) ~(SYMBOL_OFF | SYMBOL_EARLY);
	if (s->interval_ns == 0 || m->intraday || is_days(s, step))
		return false;
	before = written_local(s, v->before_ns);
	if (when_day(before) == m->day)
		return !was_early;
	if (was_off)
		return false;
	if (step < WHEN_DAY / 2) {
		y->flags |= SYMBOL_EARLY;
		return true;
	}
	return !inner_longer(s) && m->of_day_ns != 0 &&
	    inner_phase(before, WHEN_DAY) == 0;
}

/* A row that is after the one before it. */
static void
judge_next(struct series *s, const struct visit *v, struct moment *m)
{
	struct symbol *y = v->symbol;
	int64_t step = step_of(s, v), missing = 0;
	bool other = judge_step(s, v, step), perhaps = false;

	if (is_off_day(s, v, m)) {
		m->off_grid = true;
		y->flags |= SYMBOL_OFF;
	}
	held_row(s, y);
	if (m->off_grid)
		gap_lost(s, v);
	if (step != s->interval_ns)
		missing = gap_found(s, y,
		    gap_count(s, y, v->before_ns, v->bar->ts_ns, &perhaps));
	if (perhaps && missing > 0)
		pause_add(s, v,
		    m->local_ns - inner_step(v->before_ns, v->bar->ts_ns),
		    missing);
	else if (!other && missing > 0)
		hold_gap(s, v, missing);
	if (!other && m->off_grid)
		hold_grid(s, v, m);
	if (!m->off_grid)
		y->row = v->serial;
}

void
timing_row(struct series *s, const struct visit *v)
{
	struct symbol *y = v->symbol;
	struct moment m;

	if (v->order == ORDER_EQUAL)
		return;
	if (v->order == ORDER_LOST) {
		gap_lost(s, v);
		return;
	}
	/* Nothing more is said of a time that is wrong. */
	if (v->order == ORDER_LATE) {
		if (!held_fill(s, y, v->bar->ts_ns))
			gap_lost(s, v);
		held_row(s, y);
		return;
	}
	judge_moment(s, v, &m);
	if (s->pauses != NULL &&
	    (v->order != ORDER_NEXT ||
		when_day(written_local(s, v->before_ns)) < m.day))
		pause_day(s->pauses);
	if (v->order == ORDER_NEXT) {
		judge_next(s, v, &m);
		return;
	}
	if (m.off_grid)
		hold_grid(s, v, &m);
	if (v->order == ORDER_ANEW)
		held_drop(s, y, 0);
	y->flags &= (uint8_t) ~(SYMBOL_OFF | SYMBOL_EARLY);
	y->row = v->serial;
	y->step_ns = 0;
	y->run = 0;
}
