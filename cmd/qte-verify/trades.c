/* SPDX-License-Identifier: MIT */
/* The rows of trades and of a portfolio. */
#include "trades.h"

#include <string.h>

#include "base/buf.h"
#include "book/balance.h"
#include "book/intake.h"
#include "rows.h"

void
trades_init(struct trades *t, struct sheet *s, const struct header *h)
{
	*t = (struct trades){.header = h};
	value_init(&t->value, s, h);
}

static const struct csvin_field *
field(const struct trades *t, size_t column)
{
	return csvin_field(t->value.sheet->csv, t->header->at[column]);
}

static struct row_column
column(const struct trades *t, size_t what, const char *name)
{
	return (struct row_column){t->header->at[what], name};
}

/* A finding about the text of a column that is no number. */
static void
add_text(struct trades *t, size_t what, enum rule rule, const char *message,
    const char *expected)
{
	value_add(&t->value, t->header->at[what], rule, message, expected);
}

static bool
read_side(struct trades *t, bool *sell)
{
	const struct csvin_field *f = field(t, TRADES_SIDE);

	*sell = strcmp(f->text, "SELL") == 0;
	if (*sell || strcmp(f->text, "BUY") == 0)
		return true;
	if (f->len == 0)
		add_text(t, TRADES_SIDE, RULE_MISSING_VALUE, "side is empty",
		    NULL);
	else
		add_text(t, TRADES_SIDE, RULE_BAD_SIDE,
		    "the side is neither BUY nor SELL", "BUY or SELL");
	return false;
}

static bool
read_quantity(struct trades *t, num_i128 *quantity)
{
	if (!value_money(&t->value, column(t, TRADES_QUANTITY, "quantity"),
		quantity))
		return false;
	if (*quantity > 0)
		return true;
	add_text(t, TRADES_QUANTITY, RULE_BAD_QUANTITY,
	    *quantity < 0 ? "the quantity is negative: the side says which way"
			  : "the quantity is zero",
	    "> 0");
	return false;
}

/* An exact price above 0. */
static bool
read_price(struct trades *t, struct row_column c, num_i128 *price)
{
	struct bars_price read;

	if (!value_price(&t->value, c, &read))
		return false;
	*price = (num_i128)read.units * NUM_PRICE_ONE;
	return read.exact || value_money(&t->value, c, price);
}

static bool
read_commission(struct trades *t, num_i128 *commission)
{
	*commission = 0;
	if (t->header->at[TRADES_COMMISSION] == COLUMNS_NONE ||
	    field(t, TRADES_COMMISSION)->len == 0)
		return true;
	if (!value_money(&t->value, column(t, TRADES_COMMISSION, "commission"),
		commission))
		return false;
	if (*commission < 0)
		add_text(t, TRADES_COMMISSION, RULE_NEGATIVE_FEE,
		    "the commission is negative", ">= 0");
	return true;
}

static bool
read_id(struct trades *t, struct trade *trade)
{
	const struct csvin_field *f = field(t, TRADES_ID);

	trade->id = f->text;
	trade->id_len = f->len;
	if (f->len > 0)
		return true;
	add_text(t, TRADES_ID, RULE_MISSING_VALUE, "trade_id is empty", NULL);
	return false;
}

static void
note(unsigned *right, size_t what, bool is_right)
{
	*right |= is_right ? TRADES_RIGHT(what) : 0;
}

int
trades_next(struct trades *t, struct trade *trade, struct err *e)
{
	struct value *v = &t->value;
	unsigned *right = &trade->right;
	int rc = sheet_next(v->sheet, e);

	*trade = (struct trade){0};
	if (rc != 0)
		return rc;
	note(right, TRADES_SYMBOL,
	    value_begin(v, t->header->at[TRADES_SYMBOL]));
	trade->symbol = v->symbol;
	trade->symbol_len = v->symbol_len;
	note(right, TRADES_ID, read_id(t, trade));
	note(right, TRADES_TIMESTAMP, value_time(v, v->stamp.ts_ns));
	trade->ts_ns = v->ts_ns;
	trade->date = v->date;
	note(right, TRADES_SIDE, read_side(t, &trade->sell));
	note(right, TRADES_QUANTITY, read_quantity(t, &trade->quantity));
	note(right, TRADES_PRICE,
	    read_price(t, column(t, TRADES_PRICE, "price"), &trade->price));
	note(right, TRADES_COMMISSION, read_commission(t, &trade->commission));
	return 0;
}

/* Whether a price stands there: of what is not held it may be 0. */
static bool
has_average(const struct trades *t, const struct holding *h)
{
	const struct csvin_field *f = field(t, PORTFOLIO_AVG_PRICE);
	num_i128 average;

	if (f->len == 0 ||
	    (h->symbol_len == strlen(PORTFOLIO_CASH) &&
		memcmp(h->symbol, PORTFOLIO_CASH, h->symbol_len) == 0))
		return false;
	return h->quantity != 0 ||
	    (h->right & PORTFOLIO_RIGHT(PORTFOLIO_QUANTITY)) == 0 ||
	    num_read_money(f->text, f->len, &average) != NUM_OK || average != 0;
}

int
trades_next_holding(struct trades *t, struct holding *h, struct err *e)
{
	struct value *v = &t->value;
	struct row_column average = column(t, PORTFOLIO_AVG_PRICE, "avg_price");
	int rc = sheet_next(v->sheet, e);

	*h = (struct holding){0};
	if (rc != 0)
		return rc;
	note(&h->right, PORTFOLIO_SYMBOL,
	    value_begin(v, t->header->at[PORTFOLIO_SYMBOL]));
	h->symbol = v->symbol;
	h->symbol_len = v->symbol_len;
	note(&h->right, PORTFOLIO_QUANTITY,
	    value_money(v, column(t, PORTFOLIO_QUANTITY, "quantity"),
		&h->quantity));
	if (average.at != COLUMNS_NONE && has_average(t, h))
		note(&h->right, PORTFOLIO_AVG_PRICE,
		    read_price(t, average, &h->avg_price));
	return 0;
}

static int
take_trades(struct account *book, struct sheet *s, const struct header *h,
    struct err *e)
{
	struct trades t;
	struct trade trade;
	int rc;

	trades_init(&t, s, h);
	do {
		rc = trades_next(&t, &trade, e);
		if (rc == 0) {
			intake_trade(book, &t, &trade);
			sheet_judged_record(s);
		} else if (rc == SHEET_BAD) {
			book->lost = book->lost || s->lost;
		}
	} while (rc == 0 || rc == SHEET_BAD);
	book->traded = rc == SHEET_END && !s->ended;
	return rc;
}

int
trades_rows(struct sheet *s, const struct header *h, struct err *e)
{
	struct account alone;
	int rc;

	if (s->check->book != NULL)
		return take_trades(s->check->book, s, h, e);
	account_init(&alone, s->check);
	alone.report = s->report;
	alone.alone = true;
	rc = take_trades(&alone, s, h, e);
	intake_twice(&alone);
	account_release(&alone);
	return rc;
}

int
trades_portfolio(struct sheet *s, const struct header *h, struct err *e)
{
	struct trades t;
	struct holding holding;
	struct account *book = s->check->book;
	int rc;

	trades_init(&t, s, h);
	if (book != NULL)
		book->unread = false;
	do {
		rc = trades_next_holding(&t, &holding, e);
		if (book != NULL && rc == 0)
			balance_holding(book, &t, &holding);
		else if (book != NULL && rc == SHEET_BAD)
			book->unread = book->unread || s->lost;
		if (rc == 0)
			sheet_judged_record(s);
	} while (rc == 0 || rc == SHEET_BAD);
	if (book != NULL)
		book->unread = book->unread || s->ended;
	return rc;
}
