/* SPDX-License-Identifier: MIT */
/* The trades of a book. */
#include "book/intake.h"

#include <string.h>

#define RIGHT(column) TRADES_RIGHT(TRADES_##column)

/* A number that is right, but has no place in whole units of 1e-9. */
static void
say_inexact(struct account *a, struct trades *t, size_t column,
    const char *message)
{
	a->inexact = true;
	if (a->alone)
		return;
	value_add(&t->value, t->header->at[column], RULE_PRECISION, message,
	    "at most 9 decimals, and below 9.2e9");
}

/* What of the row can be counted. */
static uint32_t
read_flags(struct account *a, struct trades *t, const struct trade *trade,
    struct deal *deal)
{
	unsigned need = RIGHT(SIDE) | RIGHT(QUANTITY) | RIGHT(COMMISSION);
	uint32_t flags = trade->right & RIGHT(TIMESTAMP) ? DEAL_TIME : 0;
	bool counts = (trade->right & need) == need;

	if (trade->date)
		flags |= DEAL_DATE;
	/* That a price is not exact was said when it was read. */
	if (trade->right & RIGHT(PRICE) &&
	    account_units(trade->price, &deal->price))
		flags |= DEAL_PRICE;
	if (trade->right & RIGHT(QUANTITY) &&
	    !account_units(trade->quantity, &deal->quantity)) {
		say_inexact(a, t, TRADES_QUANTITY,
		    "the quantity has more digits than are summed up");
		counts = false;
	}
	if (trade->right & RIGHT(COMMISSION)) {
		num_i128 crumbs = trade->commission % NUM_PRICE_ONE;

		a->crumbs += crumbs;
		if (!account_units(trade->commission - crumbs,
			&deal->commission))
			counts = false;
	}
	if (trade->sell)
		deal->quantity = -deal->quantity;
	return flags | (counts && (flags & DEAL_PRICE) ? DEAL_COUNTS : 0);
}

void
intake_trade(struct account *a, struct trades *t, const struct trade *trade)
{
	const struct sheet *sheet = t->value.sheet;
	struct deals *deals = &a->deals;
	struct deal deal = {.line = csvin_line(sheet->csv),
	    .offset = csvin_offset(sheet->csv)};

	if (!a->source.opened) {
		source_open(&a->source, sheet);
		a->header = *t->header;
	}
	if ((trade->right & RIGHT(SYMBOL)) == 0) {
		a->lost = true;
		return;
	}
	deal.symbol = account_symbol(a, trade->symbol, trade->symbol_len);
	/* Without a time it keeps its place. */
	deal.ts_ns = trade->right & RIGHT(TIMESTAMP) ? trade->ts_ns
	    : deals->n > 0 ? deals->at[deals->n - 1].ts_ns
			   : INT64_MIN;
	deal.flags = read_flags(a, t, trade, &deal);
	if ((deal.flags & DEAL_COUNTS) == 0) {
		a->stocks.at[deal.symbol].unknown = true;
		a->inexact = true;
	}
	deals_add(deals, &deal, trade->id, trade->id_len);
}

void
intake_finding(struct account *a, const struct deal *deal, struct finding *f)
{
	size_t n;

	f->symbol = roster_name(&a->symbols, deal->symbol, &n);
	f->symbol_len = n;
	f->dated = (deal->flags & DEAL_TIME) != 0;
	f->bar_ts_ns = deal->ts_ns;
	source_place(&a->source, deal->line, deal->offset,
	    a->header.at[f->field], f);
	report_add(a->report, f);
}

static void
say_twice(void *arg, const struct deal *deal)
{
	struct account *a = arg;

	if (!report_shows(a->report, RULE_DUPLICATE_TRADE_ID)) {
		report_count(a->report, RULE_DUPLICATE_TRADE_ID);
		return;
	}
	intake_finding(a, deal,
	    &(struct finding){.rule = RULE_DUPLICATE_TRADE_ID,
		.column = "trade_id",
		.field = TRADES_ID,
		.message = "a trade before has this trade_id"});
}

/* It sells more than there is: ${held} before it. */
static void
say_short(struct account *a, const struct deal *deal, int64_t held)
{
	struct buf message = {0}, expected = {0};
	char has[NUM_TEXT_SIZE], sells[NUM_TEXT_SIZE];

	if (!report_shows(a->report, RULE_SHORT_NOT_ALLOWED)) {
		report_count(a->report, RULE_SHORT_NOT_ALLOWED);
		return;
	}
	num_put_scaled(has, held, NUM_PRICE_SCALE);
	num_put_scaled(sells, -(num_i128)deal->quantity, NUM_PRICE_SCALE);
	buf_fmt(&message, "sells %s where %s is held", sells, has);
	buf_fmt(&expected, "<= %s", held > 0 ? has : "0");
	intake_finding(a, deal,
	    &(struct finding){.rule = RULE_SHORT_NOT_ALLOWED,
		.column = "quantity",
		.field = TRADES_QUANTITY,
		.message = buf_text(&message),
		.expected = buf_text(&expected)});
	buf_release(&message);
	buf_release(&expected);
}

/* The next trade of its symbol, in the order of time. */
static void
count(struct account *a, const struct deal *d)
{
	struct stock *s = &a->stocks.at[d->symbol];
	int64_t held = s->ledger.quantity;
	num_i128 value = (num_i128)d->quantity * d->price;
	num_i128 fee = (num_i128)d->commission * NUM_PRICE_ONE;

	if (d->flags & DEAL_TWICE || (d->flags & DEAL_COUNTS) == 0)
		return;
	if (d->quantity < 0 && held < -d->quantity && !s->unknown && !a->lost)
		say_short(a, d, held);
	if (__builtin_sub_overflow(a->flow, value, &a->flow) ||
	    __builtin_sub_overflow(a->flow, fee, &a->flow))
		a->inexact = true;
	if (!ledger_trade(&s->ledger, d->quantity, d->price))
		s->unknown = a->inexact = true;
}

void
intake_twice(struct account *a)
{
	deals_twice(&a->deals, say_twice, a);
}

void
intake_end(struct account *a)
{
	struct deals *deals = &a->deals;

	intake_twice(a);
	deals_sort(deals, (uint32_t)a->stocks.n);
	for (uint32_t id = 0; id < a->stocks.n; id++) {
		struct match *m = &a->stocks.at[id].match;

		m->order = deals_of(deals, id, &m->n);
	}
	/* Where times rise the order of the file does, which is faster. */
	for (size_t i = 0; i < deals->n; i++)
		count(a, &deals->at[deals->backwards ? deals->order[i] : i]);
	a->flow -= a->crumbs;
}
