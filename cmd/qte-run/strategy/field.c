/* SPDX-License-Identifier: MIT */
/* Names that stand for a figure of the bar, of the time or of the account. */
#include "strategy/field.h"

#include <string.h>

#include "base/when.h"

/* Indexed by enum expr_field. */
static const struct {
	const char *name;
	uint64_t den;
	const char *about;
} fields[EXPR_FIELDS] = {
    [EXPR_OPEN] = {"open", 1, "price of the bar"},
    [EXPR_HIGH] = {"high", 1, "price of the bar"},
    [EXPR_LOW] = {"low", 1, "price of the bar"},
    [EXPR_CLOSE] = {"close", 1, "price of the bar"},
    [EXPR_HL2] = {"hl2", 2, "(high + low) / 2"},
    [EXPR_HLC3] = {"hlc3", 3, "(high + low + close) / 3"},
    [EXPR_OHLC4] = {"ohlc4", 4, "(open + high + low + close) / 4"},
    [EXPR_VOLUME] = {"volume", 0, "volume of the bar"},
    [EXPR_BAR] = {"bar", 1, "number of the bar, from 0"},
    [EXPR_YEAR] = {"year", 1, "year of the bar's time"},
    [EXPR_MONTH] = {"month", 1, "month of the bar's time, 1 to 12"},
    [EXPR_DAY] = {"day", 1, "day of the month of the bar's time, 1 to 31"},
    [EXPR_HOUR] = {"hour", 1, "hour of the bar's time, 0 to 23"},
    [EXPR_MINUTE] = {"minute", 1, "minute of the bar's time, 0 to 59"},
    [EXPR_WEEKDAY] = {"weekday", 1, "1 Monday to 7 Sunday"},
    [EXPR_POS] = {"pos", 1, "1 long, 0 flat, -1 short"},
    [EXPR_ENTRY_PRICE] = {"entry_price", 0, "what the position was filled at"},
    [EXPR_BARS_HELD] = {"bars_held", 1, "bars since the fill"},
    [EXPR_EQUITY] = {"equity", 0, "worth of the account at the close"},
    [EXPR_PNL_PCT] = {"pnl_pct", 0,
	"gain of the position after fees, in percent of its cost"},
};

bool
field_find(const char *name, size_t len, enum expr_field *field)
{
	for (enum expr_field f = 0; f < EXPR_FIELDS; f++) {
		if (strlen(fields[f].name) == len &&
		    memcmp(fields[f].name, name, len) == 0) {
			*field = f;
			return true;
		}
	}
	return false;
}

uint64_t
field_den(enum expr_field field)
{
	return fields[field].den;
}

void
field_list(struct buf *list)
{
	for (enum expr_field f = 0; f < EXPR_FIELDS; f++)
		buf_fmt(list, "%-26s %s\n", fields[f].name, fields[f].about);
}

const char *
field_name(enum expr_field field)
{
	return fields[field].name;
}

/* The mean of ${n} prices: their sum, while all of them are exact. */
static struct value
mean(const struct bars_price *const prices[], size_t n)
{
	num_i128 units = 0;
	double sum = 0;
	bool exact = true;

	for (size_t i = 0; i < n; i++) {
		exact = exact && prices[i]->exact;
		units += prices[i]->exact ? prices[i]->units : 0;
		sum += bars_price_value(prices[i]);
	}
	if (!exact)
		return value_number(sum / (double)n);
	return (struct value){.kind = VALUE_EXACT, .units = units};
}

static struct value
price(enum expr_field field, const struct bar *b)
{
	switch (field) {
	case EXPR_OPEN:
		return mean((const struct bars_price *[]){&b->open}, 1);
	case EXPR_HIGH:
		return mean((const struct bars_price *[]){&b->high}, 1);
	case EXPR_LOW:
		return mean((const struct bars_price *[]){&b->low}, 1);
	case EXPR_CLOSE:
		return mean((const struct bars_price *[]){&b->close}, 1);
	case EXPR_HL2:
		return mean((const struct bars_price *[]){&b->high, &b->low},
		    2);
	case EXPR_HLC3:
		return mean(
		    (const struct bars_price *[]){&b->high, &b->low, &b->close},
		    3);
	default:
		return mean((const struct bars_price *[]){&b->open, &b->high,
				&b->low, &b->close},
		    4);
	}
}

static struct value
account(enum expr_field field, const struct expr_account *a)
{
	if (field == EXPR_EQUITY)
		return value_number(a->equity);
	if (field == EXPR_POS)
		return value_whole(a->position);
	if (a->position == 0)
		return value_absent;
	switch (field) {
	case EXPR_ENTRY_PRICE:
		return value_number(a->entry_price);
	case EXPR_BARS_HELD:
		return value_whole(a->bars_held);
	default:
		return value_number(a->pnl_pct);
	}
}

static struct value
date_field(enum expr_field field, int64_t local_ns)
{
	struct when_date date;

	when_date(local_ns, &date);
	switch (field) {
	case EXPR_YEAR:
		return value_whole(date.year);
	case EXPR_MONTH:
		return value_whole(date.month);
	default:
		return value_whole(date.day);
	}
}

static struct value
clock_field(enum expr_field field, int64_t local_ns)
{
	int64_t minutes =
	    (local_ns - when_day(local_ns) * WHEN_DAY) / (60 * WHEN_SECOND);
	int weekday = when_weekday(local_ns);

	switch (field) {
	case EXPR_HOUR:
		return value_whole(minutes / 60);
	case EXPR_MINUTE:
		return value_whole(minutes % 60);
	default:
		return value_whole(weekday == 0 ? 7 : weekday);
	}
}

struct value
field_value(enum expr_field field, const struct expr_moment *m)
{
	if (field <= EXPR_OHLC4)
		return price(field, m->bar);
	if (field == EXPR_VOLUME)
		return value_number(m->bar->volume);
	if (field == EXPR_BAR)
		return value_whole(m->number);
	if (field <= EXPR_DAY)
		return date_field(field, m->bar->ts_ns + m->ahead_ns);
	if (field <= EXPR_WEEKDAY)
		return clock_field(field, m->bar->ts_ns + m->ahead_ns);
	return account(field, &m->account);
}
