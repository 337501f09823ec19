/* SPDX-License-Identifier: MIT */
/* The portfolio of a book. */
#include "book/balance.h"

#include <string.h>

#define RIGHT(column) PORTFOLIO_RIGHT(PORTFOLIO_##column)

/* Money is given to the cent at least, however its zeros are written. */
#define DECIMALS_MIN 2

static bool
is_named(const struct holding *h, const char *name)
{
	return h->symbol_len == strlen(name) &&
	    memcmp(h->symbol, name, h->symbol_len) == 0;
}

/* How many decimals the number is given with, up to ${max}. */
static int
count_decimals(const struct csvin_field *f, int max)
{
	const char *point = memchr(f->text, '.', f->len);
	int n = 0;

	if (strpbrk(f->text, "eE") != NULL)
		return max;
	if (point != NULL)
		n = (int)(f->text + f->len - point) - 1;
	return n < DECIMALS_MIN ? DECIMALS_MIN : n < max ? n : max;
}

/* Whether both are the same to the decimals that are given. */
static bool
is_same(num_i128 a, num_i128 b, int decimals)
{
	num_i128 half = num_power(NUM_MONEY_SCALE - decimals) / 2, off;

	return !__builtin_sub_overflow(a, b, &off) && off <= half &&
	    off >= -half;
}

static void
put_money(struct buf *to, num_i128 units, int scale)
{
	char text[NUM_TEXT_SIZE];

	num_put_scaled(text, units, scale);
	buf_str(to, text);
}

/* A finding about a column of the row: "WHAT 5, by the trades it is 6". */
static void
say_differs(struct trades *t, size_t column, enum rule rule, const char *what,
    const struct buf *expected)
{
	const struct value *v = &t->value;
	const struct csvin_field *f =
	    csvin_field(v->sheet->csv, t->header->at[column]);
	char shown[CSVIN_SHOWN_SIZE];
	struct buf message = {0};

	buf_fmt(&message, "%s %s, by the trades it is %s", what,
	    csvin_show(f->text, f->len, shown), buf_text(expected));
	value_add(&t->value, t->header->at[column], rule, buf_text(&message),
	    buf_text(expected));
	buf_release(&message);
}

/* Whether the trades can be summed up at all. */
static bool
is_summed(const struct account *a)
{
	return a->traded && !a->lost;
}

/* The cash by the trades; false when that is not known. */
static bool
find_cash(const struct account *a, num_i128 *cash)
{
	const struct options *o = a->check->options;

	return is_summed(a) && !a->inexact && o->cash.given &&
	    !__builtin_add_overflow(o->cash.units, a->flow, cash);
}

static void
say_twice(struct trades *t)
{
	value_add(&t->value, t->header->at[PORTFOLIO_SYMBOL],
	    RULE_DUPLICATE_ROW, "a row before is of this symbol", NULL);
}

/* Keep the row that is called ${name} and is money, with its place. */
static void
keep_money(struct account_money *m, const char *name, struct trades *t,
    const struct holding *h)
{
	const struct sheet *s = t->value.sheet;
	size_t at = t->header->at[PORTFOLIO_QUANTITY];
	const struct csvin_field *f = csvin_field(s->csv, at);

	if (m->place.line > 0) {
		/* Nobody knows which of them is meant. */
		m->given = false;
		say_twice(t);
		return;
	}
	m->given = (h->right & RIGHT(QUANTITY)) != 0;
	m->units = h->quantity;
	m->decimals = count_decimals(f, NUM_MONEY_SCALE);
	sheet_field(s, at, &m->place);
	/* What it points to goes with the row. */
	buf_add(&m->row, m->place.row, m->place.row_len);
	buf_add(&m->value, f->text, f->len);
	m->place.row = buf_text(&m->row);
	m->place.column = "quantity";
	m->place.value = buf_text(&m->value);
	m->place.symbol = name;
	m->place.symbol_len = strlen(name);
}

/* Return whether it is what the trades leave. */
static bool
check_position(struct account *a, struct trades *t, const struct stock *s,
    const struct holding *h)
{
	struct buf expected = {0};

	if ((h->right & RIGHT(QUANTITY)) == 0 || !is_summed(a) || s->unknown)
		return false;
	if (h->quantity == (num_i128)s->ledger.quantity * NUM_PRICE_ONE)
		return true;
	put_money(&expected, s->ledger.quantity, NUM_PRICE_SCALE);
	say_differs(t, PORTFOLIO_QUANTITY, RULE_POSITION_MISMATCH,
	    "the quantity is", &expected);
	buf_release(&expected);
	return false;
}

static void
check_average(struct account *a, struct trades *t, const struct stock *s,
    const struct holding *h)
{
	size_t at = t->header->at[PORTFOLIO_AVG_PRICE];
	struct buf expected = {0};
	num_i128 average;
	int decimals;

	(void)a;
	if ((h->right & RIGHT(AVG_PRICE)) == 0 || s->ledger.quantity == 0)
		return;
	decimals = count_decimals(csvin_field(t->value.sheet->csv, at),
	    NUM_PRICE_SCALE);
	average = (h->avg_price + NUM_PRICE_ONE / 2) / NUM_PRICE_ONE;
	if (average <= INT64_MAX &&
	    ledger_is_average(&s->ledger, (int64_t)average, decimals))
		return;
	put_money(&expected, ledger_average(&s->ledger), NUM_PRICE_SCALE);
	say_differs(t, PORTFOLIO_AVG_PRICE, RULE_AVG_PRICE_MISMATCH,
	    "the average cost is", &expected);
	buf_release(&expected);
}

/* What the holding is worth, and what it is worth more than the trades say. */
static void
weigh(struct account *a, const struct stock *s, const struct holding *h)
{
	num_i128 quantity = h->quantity / NUM_PRICE_ONE, worth, off;

	if ((h->right & RIGHT(QUANTITY)) == 0 ||
	    h->quantity % NUM_PRICE_ONE != 0 ||
	    !account_value(s, quantity, &worth) ||
	    !account_value(s, quantity - s->ledger.quantity, &off) ||
	    __builtin_add_overflow(a->worth, worth, &a->worth) ||
	    __builtin_add_overflow(a->off, off, &a->off))
		a->unpriced = true;
}

static void
take_stock(struct account *a, struct trades *t, const struct holding *h)
{
	uint32_t id = account_symbol(a, h->symbol, h->symbol_len);
	struct stock *s = &a->stocks.at[id];
	const struct header *header = t->header;

	if (s->held) {
		say_twice(t);
		a->unpriced = true;
		return;
	}
	s->held = true;
	if (a->barred && !s->listed && h->quantity != 0)
		value_add(&t->value, header->at[PORTFOLIO_SYMBOL],
		    RULE_ORPHAN_SYMBOL, "there are no bars of this symbol",
		    NULL);
	if (h->right & RIGHT(QUANTITY) && h->quantity < 0)
		value_add(&t->value, header->at[PORTFOLIO_QUANTITY],
		    RULE_SHORT_NOT_ALLOWED, "the position is short", ">= 0");
	if (check_position(a, t, s, h))
		check_average(a, t, s, h);
	weigh(a, s, h);
}

void
balance_holding(struct account *a, struct trades *t, const struct holding *h)
{
	if ((h->right & RIGHT(SYMBOL)) == 0) {
		a->unread = true;
	} else if (is_named(h, PORTFOLIO_CASH)) {
		keep_money(&a->cash, PORTFOLIO_CASH, t, h);
	} else if (is_named(h, PORTFOLIO_EQUITY)) {
		keep_money(&a->equity, PORTFOLIO_EQUITY, t, h);
	} else {
		take_stock(a, t, h);
	}
}

/* A position that the trades leave, and that has no row. */
static void
say_missing(struct account *a, uint32_t id)
{
	struct stock *s = &a->stocks.at[id];
	struct finding f = {.rule = RULE_POSITION_MISMATCH, .offset = -1};
	struct buf message = {0}, expected = {0};
	num_i128 off;

	f.symbol = roster_name(&a->symbols, id, &f.symbol_len);
	put_money(&expected, s->ledger.quantity, NUM_PRICE_SCALE);
	buf_fmt(&message, "no row of %.*s, of which the trades leave %s",
	    (int)f.symbol_len, f.symbol, buf_text(&expected));
	f.column = "quantity";
	f.message = buf_text(&message);
	f.expected = buf_text(&expected);
	report_add(a->report, &f);
	if (!account_value(s, -(num_i128)s->ledger.quantity, &off) ||
	    __builtin_add_overflow(a->off, off, &a->off))
		a->unpriced = true;
	buf_release(&message);
	buf_release(&expected);
}

/* What is wrong, and what it is held against. */
struct against {
	enum rule rule;
	const char *what, *is;
};

static void
say_money(struct account *a, struct account_money *m,
    const struct against *words, num_i128 is, num_i128 want)
{
	struct finding *f = &m->place;
	struct buf message = {0}, expected = {0};

	put_money(&expected, want, NUM_MONEY_SCALE);
	buf_fmt(&message, "%s ", words->what);
	put_money(&message, is, NUM_MONEY_SCALE);
	buf_fmt(&message, ", %s %s", words->is, buf_text(&expected));
	f->rule = words->rule;
	f->message = buf_text(&message);
	f->expected = buf_text(&expected);
	report_add(a->report, f);
	buf_release(&message);
	buf_release(&expected);
}

static void
check_cash(struct account *a)
{
	static const struct against traded = {RULE_CASH_MISMATCH, "the cash is",
	    "by the trades it is"};
	static const char lacks[] = "there is no row " PORTFOLIO_CASH;
	struct account_money *m = &a->cash;
	num_i128 cash;

	if (!find_cash(a, &cash))
		return;
	if (m->given && !is_same(m->units, cash, m->decimals))
		say_money(a, m, &traded, m->units, cash);
	else if (m->place.line == 0 && !a->unread)
		report_add(a->report,
		    &(struct finding){.rule = RULE_CASH_MISMATCH,
			.offset = -1,
			.column = "quantity",
			.message = lacks});
}

/* The worth of all: by the portfolio, and by the trades. */
static void
check_equity(struct account *a)
{
	static const struct against held = {RULE_EQUITY_MISMATCH,
	    "the equity is", "cash and holdings are worth"};
	static const struct against traded = {RULE_EQUITY_MISMATCH,
	    "cash and holdings are worth", "by the trades it is"};
	num_i128 own, cash, off, want;

	if (!a->cash.given || a->unread || a->unpriced ||
	    __builtin_add_overflow(a->cash.units, a->worth, &own))
		return;
	if (a->equity.given &&
	    !is_same(a->equity.units, own, a->equity.decimals)) {
		say_money(a, &a->equity, &held, a->equity.units, own);
		return;
	}
	/* Cash that far off was told of by itself. */
	if (!find_cash(a, &cash) ||
	    __builtin_sub_overflow(a->cash.units, cash, &off) ||
	    __builtin_add_overflow(off, a->off, &off) ||
	    __builtin_sub_overflow(own, off, &want))
		return;
	if (!is_same(own, want, a->cash.decimals))
		say_money(a, a->equity.given ? &a->equity : &a->cash, &traded,
		    own, want);
}

void
balance_end(struct account *a)
{
	for (uint32_t id = 0; id < a->stocks.n && is_summed(a); id++) {
		const struct stock *s = &a->stocks.at[id];

		a->unpriced = a->unpriced || s->unknown;
		if (!s->held && !s->unknown && !a->unread &&
		    s->ledger.quantity != 0)
			say_missing(a, id);
	}
	check_cash(a);
	check_equity(a);
}
