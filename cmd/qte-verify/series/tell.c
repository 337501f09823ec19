/* SPDX-License-Identifier: MIT */
/* A finding about a row, put together. */
#include "series/tell.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/when.h"

/* A longer row is kept without its text. */
#define ROW_MAX 4096

bool
tell_shows(const struct series *s, enum rule rule)
{
	if (report_shows(s->report, rule))
		return true;
	report_count(s->report, rule);
	return false;
}

void
tell_open(struct tell *t, const struct series_bar *b, enum rule rule,
    enum series_value value)
{
	*t = (struct tell){.f = {.offset = -1}};
	b->place(b->arg, value, &t->f);
	t->f.rule = rule;
	t->f.line = b->line;
	if (b->symbol_len > 0) {
		t->f.symbol = b->symbol;
		t->f.symbol_len = b->symbol_len;
	}
	t->f.dated = true;
	t->f.bar_ts_ns = b->ts_ns;
}

static void
finish(struct tell *t)
{
	t->f.message = buf_text(&t->message);
	if (t->expected.len > 0)
		t->f.expected = t->expected.data;
	if (t->value.len > 0) {
		t->f.width = t->f.value_len;
		t->f.value = t->value.data;
		t->f.value_len = t->value.len;
	}
}

static void
release(struct tell *t)
{
	buf_release(&t->message);
	buf_release(&t->expected);
	buf_release(&t->value);
}

void
tell_say(struct tell *t, const struct series *s)
{
	finish(t);
	report_add(s->report, &t->f);
	release(t);
}

/* Copy ${n} bytes to ${*at}, and go behind them and a NUL. */
static const char *
put(char **at, const char *text, size_t n)
{
	char *copy = *at;

	if (text == NULL)
		return NULL;
	if (n > 0)
		memcpy(copy, text, n);
	copy[n] = '\0';
	*at += n + 1;
	return copy;
}

struct finding *
tell_keep(struct tell *t)
{
	struct finding *copy, *f = &t->f;
	size_t expected;
	char *at;

	finish(t);
	if (f->row_len > ROW_MAX) {
		f->row = NULL;
		f->row_len = 0;
	}
	expected = f->expected != NULL ? strlen(f->expected) : 0;
	copy = mem_alloc(1,
	    sizeof(*copy) + t->message.len + expected + f->symbol_len +
		f->value_len + f->row_len + 5);
	at = (char *)(copy + 1);
	*copy = *f;
	copy->message = put(&at, f->message, t->message.len);
	copy->expected = put(&at, f->expected, expected);
	copy->symbol = put(&at, f->symbol, f->symbol_len);
	copy->value = put(&at, f->value, f->value_len);
	copy->row = put(&at, f->row, f->row_len);
	release(t);
	return copy;
}

void
tell_gap(const struct series *s, const struct finding *f, int64_t after,
    int64_t missing)
{
	struct tell t = {.f = *f};

	buf_fmt(&t.message, "%lld bar%s missing after ", (long long)missing,
	    missing == 1 ? " is" : "s are");
	tell_clock(&t.message, s, after);
	buf_fmt(&t.value, "%lld", (long long)missing);
	tell_span(&t.expected, s->interval_ns);
	buf_str(&t.expected, " from bar to bar");
	tell_say(&t, s);
}

void
tell_price(struct buf *b, int64_t units)
{
	b->len += num_put_scaled(buf_reserve(b, NUM_TEXT_SIZE), units,
	    NUM_PRICE_SCALE);
}

void
tell_time(struct buf *b, int64_t ns)
{
	b->len += when_put(buf_reserve(b, WHEN_TEXT_SIZE), ns);
}

void
tell_clock(struct buf *b, const struct series *s, int64_t ns)
{
	struct zone zone = s->zone;
	int64_t local_ns;

	if (zone.name == NULL ||
	    __builtin_add_overflow(ns, zone_offset(&zone, ns), &local_ns)) {
		tell_time(b, ns);
		return;
	}
	b->len += when_put_short(buf_reserve(b, WHEN_TEXT_SIZE), local_ns);
	buf_fmt(b, " in %s", zone.name);
}

void
tell_span(struct buf *b, int64_t ns)
{
	static const struct {
		const char *name;
		int64_t ns;
	} units[] = {{"d", WHEN_DAY}, {"h", WHEN_HOUR}, {"m", WHEN_HOUR / 60},
	    {"s", WHEN_SECOND}, {"ms", WHEN_SECOND / 1000},
	    {"us", WHEN_SECOND / 1000000}, {"ns", 1}};

	for (size_t i = 0; i < QTE_COUNT(units); i++) {
		if (ns >= units[i].ns)
			buf_fmt(b, "%lld%s", (long long)(ns / units[i].ns),
			    units[i].name);
		ns %= units[i].ns;
	}
}

void
tell_share(struct buf *b, double share)
{
	b->len += num_put_human(buf_reserve(b, NUM_TEXT_SIZE), share * 100, 1);
	buf_str(b, " %");
}
