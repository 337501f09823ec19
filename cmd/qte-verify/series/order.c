/* SPDX-License-Identifier: MIT */
/* not-monotonic, duplicate-timestamp, duplicate-row. */
#include "series/order.h"

#include "series/tell.h"

static void
say(const struct series *s, const struct series_bar *b, enum rule rule,
    const char *message, int64_t than)
{
	struct tell t;

	if (!tell_shows(s, rule))
		return;
	tell_open(&t, b, rule, SERIES_TIME);
	tell_clock(&t.message, s, b->ts_ns);
	buf_str(&t.message, message);
	if (rule != RULE_NOT_MONOTONIC) {
		tell_say(&t, s);
		return;
	}
	buf_str(&t.message, ", ");
	tell_clock(&t.message, s, than);
	buf_str(&t.expected, "> ");
	tell_time(&t.expected, than);
	tell_say(&t, s);
}

/* At a time that there was.  Prices may come more than once at a time. */
static enum order
again(const struct series *s, const struct series_bar *b,
    const struct symbol *y)
{
	bool same = b->ts_ns == y->front_ns &&
	    (b->right & s->need) == s->need && (y->flags & SYMBOL_WHOLE) != 0 &&
	    b->price[SERIES_CLOSE] == y->close && order_rest(b) == y->rest;

	if (same) {
		say(s, b, RULE_DUPLICATE_ROW,
		    " is there twice, with equal values", 0);
		return ORDER_EQUAL;
	}
	if (s->opts.ticks)
		return ORDER_NEXT;
	say(s, b, RULE_DUPLICATE_TIMESTAMP, " is there twice", 0);
	return ORDER_LATE;
}

/* Before the latest time. */
static enum order
late(const struct series *s, const struct series_bar *b, struct symbol *y)
{
	bool back = b->ts_ns < y->last_ns;

	if (back)
		say(s, b, RULE_NOT_MONOTONIC, " is before the row before",
		    y->last_ns);
	y->behind = back ? 1 : y->behind + 1;
	y->last_ns = b->ts_ns;
	if (y->behind < ORDER_BACK && !s->opts.ticks)
		return ORDER_LATE;
	y->behind = 0;
	y->front_ns = b->ts_ns;
	return ORDER_ANEW;
}

enum order
order_row(struct series *s, const struct series_bar *b, struct symbol *y,
    int64_t *before)
{
	*before = y->front_ns;
	if ((y->flags & SYMBOL_ANY) == 0) {
		y->flags |= SYMBOL_ANY;
		y->front_ns = y->last_ns = b->ts_ns;
		return ORDER_FIRST;
	}
	if (b->ts_ns == y->last_ns || b->ts_ns == y->front_ns)
		return again(s, b, y);
	if (b->ts_ns < y->front_ns)
		return late(s, b, y);
	y->front_ns = y->last_ns = b->ts_ns;
	y->behind = 0;
	return ORDER_NEXT;
}
