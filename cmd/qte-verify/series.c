/* SPDX-License-Identifier: MIT */
/* The series rules. */
#include "series.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "series/held.h"
#include "series/inner.h"
#include "series/learn.h"
#include "series/order.h"
#include "series/pause.h"
#include "series/price.h"
#include "series/tell.h"
#include "series/timing.h"
#include "series/track.h"
#include "series/written.h"

/* What a row of ticks has. */
#define TICK                                                      \
	(SERIES_RIGHT(SERIES_TIME) | SERIES_RIGHT(SERIES_CLOSE) | \
	    SERIES_RIGHT(SERIES_VOLUME))

/* The power of two below a share of 1e-9, and below a third. */
static int
shift_of(int64_t share)
{
	int shift = 2;

	while (shift < 32 && NUM_PRICE_ONE >> shift >= share)
		shift++;
	return shift;
}

struct series *
series_new(const struct series_opts *opts, struct report *report)
{
	struct series *s = mem_alloc(1, sizeof(*s));
	const struct calendar_hours *hours = &opts->calendar->hours;

	s->opts = *opts;
	s->report = report;
	for (enum rule rule = 0; rule < RULES; rule++)
		s->off[rule] = report_off(report, rule);
	s->quiet_shift = shift_of(opts->max_move);
	s->need = opts->ticks ? TICK : SERIES_ALL;
	s->at = opts->calendar;
	s->zone = opts->calendar->zone;
	s->sessions = hours->n > 0 &&
	    hours->at[0].until_ns - hours->at[0].from_ns < WHEN_DAY;
	s->interval_ns = opts->interval_ns;
	s->learn = learn_new(s);
	s->pauses = hours->n == 0 && !opts->ticks ? pause_new() : NULL;
	return s;
}

void
series_free(struct series *s)
{
	if (s == NULL)
		return;
	learn_free(s->learn);
	held_release(s);
	pause_free(s->pauses);
	for (uint32_t i = 0; i < s->symbols.n; i++)
		track_free(symbols_at(&s->symbols, i)->track);
	symbols_release(&s->symbols);
	free(s->lines);
	free(s);
}

/* With a limit of age the place of each symbol's last row is remembered. */
static void
note_line(struct series *s, int64_t line)
{
	size_t i = s->symbols.last;

	while (i >= s->nlines)
		s->lines =
		    vec_grow(s->lines, i + 1, &s->nlines, sizeof(*s->lines));
	s->lines[i] = line;
}

static struct symbol *
find(struct series *s, const struct series_bar *b)
{
	struct symbol *y = symbols_take(&s->symbols, b->symbol, b->symbol_len);

	if (y == NULL)
		return NULL;
	if (s->symbols.n == 1 && (y->flags & SYMBOL_ANY) == 0)
		written_begin(s, b);
	if ((y->flags & SYMBOL_ANY) == 0 && !s->opts.ticks) {
		if (s->symbols.n <= SERIES_TRACKED)
			y->track = track_new();
		else
			s->untracked++;
	}
	if (s->opts.max_age_ns > 0)
		note_line(s, b->line);
	return y;
}

void
series_add(struct series *s, const struct series_bar *b)
{
	struct visit v = {.bar = b, .serial = ++s->serial};

	if (!b->named || (b->right & SERIES_RIGHT(SERIES_TIME)) == 0 ||
	    b->ts_ns > s->opts.limit_ns) {
		v.order = ORDER_LOST;
		v.symbol = b->named
		    ? symbols_find(&s->symbols, b->symbol, b->symbol_len)
		    : NULL;
	} else {
		v.symbol = find(s, b);
		if (v.symbol == NULL)
			return;
		v.order = order_row(s, b, v.symbol, &v.before_ns);
	}
	if (s->opts.ticks) {
		if (v.order != ORDER_LOST)
			price_tick(s, b, v.symbol);
		return;
	}
	if (s->learn != NULL)
		learn_row(s, &v);
	else if (v.order != ORDER_NEXT ||
	    !timing_quick(s, v.symbol, v.before_ns, b->ts_ns))
		timing_row(s, &v);
	if (v.order <= ORDER_ANEW)
		price_row(s, b, v.symbol, v.order);
}

int64_t
series_last(struct series *s, const char *name, size_t len)
{
	const struct symbol *y = symbols_find(&s->symbols, name, len);

	return y != NULL && (y->flags & SYMBOL_ANY) != 0 ? y->last_ns
							 : INT64_MIN;
}

static void
no_place(void *arg, enum series_value value, struct finding *f)
{
	(void)arg;
	(void)value;
	(void)f;
}

/* Each symbol's last bar against the clock. */
static void
judge_age(struct series *s)
{
	struct series_bar b = {.place = no_place};
	struct tell t;

	for (uint32_t i = 0; i < s->symbols.n; i++) {
		const struct symbol *y = symbols_at(&s->symbols, i);

		if (y->front_ns >= s->opts.now_ns ||
		    inner_step(y->front_ns, s->opts.now_ns) <=
			s->opts.max_age_ns)
			continue;
		b.ts_ns = y->front_ns;
		b.line = s->lines[i];
		b.symbol = symbols_name(&s->symbols, y, &b.symbol_len);
		tell_open(&t, &b, RULE_TOO_OLD, SERIES_TIME);
		buf_str(&t.message, "the last bar is of ");
		tell_clock(&t.message, s, y->front_ns);
		buf_str(&t.message, ", more than ");
		tell_span(&t.message, s->opts.max_age_ns);
		buf_str(&t.message, " ago");
		tell_say(&t, s);
	}
}

void
series_end(struct series *s)
{
	learn_end(s);
	held_end(s);
	if (s->pauses != NULL)
		pause_end(s);
	if (s->opts.max_age_ns > 0 && !s->off[RULE_TOO_OLD])
		judge_age(s);
}

struct series_counts
series_counts(const struct series *s)
{
	return (struct series_counts){.symbols = s->symbols.n,
	    .untracked = s->untracked};
}
