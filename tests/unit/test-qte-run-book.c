/* SPDX-License-Identifier: MIT */
/* Tests of the account: each fill by hand, and the balance after any. */
#include "trading/book.h"
#include "unit.h"

static num_i128
money_of(const char *text)
{
	num_i128 units = 0;

	CHECK(num_read_money(text, strlen(text), &units) == NUM_OK);
	return units;
}

static struct bars_price
price_of(const char *text)
{
	struct bars_price p = {.exact = true};

	CHECK(num_read_price(text, strlen(text), &p.units) == NUM_OK);
	return p;
}

/* Several at a time may be looked at: there are four places. */
static const char *
shown(num_i128 units)
{
	static char text[4][NUM_TEXT_SIZE];
	static unsigned next;
	char *to = text[next++ % 4];

	num_put_scaled(to, units, NUM_MONEY_SCALE);
	return to;
}

/* An account, and the bar it has come to. */
struct desk {
	struct book_opts opts;
	struct book book;
	struct book_result result;
	struct err e;
	int64_t bar;
};

static void
desk_open(struct desk *d, const char *cash, int64_t commission)
{
	*d = (struct desk){
	    .opts = {.cash = money_of(cash),
		.cost = {.commission = commission},
		.size = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE}}};
	book_init(&d->book, &d->opts);
}

/* The next bar, at whose ${price} an order is filled. */
static int
trade(struct desk *d, enum order_side side, enum order_intent intent,
    const char *price)
{
	const struct order order = {.id = 1, .side = side, .intent = intent};
	struct bars_price p = price_of(price);
	struct book_quote quote = {{d->bar, d->bar * 1000}, &p};

	d->bar++;
	return book_execute(&d->book, &order, &quote, &d->result, &d->e);
}

static const char *
equity_at(struct desk *d, const char *price)
{
	struct bars_price p = price_of(price);
	num_i128 equity;

	if (book_equity(&d->book, &p, &equity, &d->e) != 0)
		return "-";
	return shown(equity);
}

UNIT_TEST("book: a new account has its cash and nothing else")
{
	struct desk d;

	desk_open(&d, "1000", 0);
	CHECK_INT(book_position(&d.book), 0);
	CHECK_STR(shown(d.book.cash), "1000");
	CHECK_STR(equity_at(&d, "55"), "1000");
}

UNIT_TEST("book: a long trade from its entry to its exit")
{
	struct desk d;
	struct book_trade *t = &d.result.trade;

	desk_open(&d, "100100", 1000000);
	d.bar = 7;
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "100"), 0);
	CHECK_INT(d.result.nfills, 1);
	CHECK(!d.result.closed && !d.result.refused);
	CHECK_STR(shown(d.result.fills[0].quantity), "1000");
	CHECK_STR(shown(d.result.fills[0].fees), "100");
	CHECK_STR(shown(d.book.cash), "0");
	CHECK_INT(book_position(&d.book), 1);
	CHECK_STR(equity_at(&d, "101.5"), "101500");
	d.bar = 10;
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_CLOSE, "110"), 0);
	CHECK(d.result.closed);
	CHECK_INT(t->id, 1);
	CHECK_INT(t->side, 1);
	CHECK_INT(t->entry.bar, 7);
	CHECK_INT(t->exit.bar, 10);
	CHECK(!t->open);
	CHECK_STR(shown(t->entry_price), "100");
	CHECK_STR(shown(t->exit_price), "110");
	CHECK_STR(shown(t->fees), "210");
	CHECK_STR(shown(t->pnl), "9790");
	CHECK_STR(shown(d.book.cash), "109890");
	CHECK_INT(book_position(&d.book), 0);
	CHECK_INT(d.book.closed, 1);
	CHECK_INT(d.book.wins, 1);
	CHECK_INT(d.book.bars_in_market, 3);
	CHECK_STR(shown(d.book.gross_profit), "9790");
	CHECK_STR(shown(d.book.gross_loss), "0");
	CHECK_STR(shown(d.book.fees), "210");
}

UNIT_TEST("book: a short trade gains when the price falls")
{
	struct desk d;

	desk_open(&d, "100100", 1000000);
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_OPEN, "100"), 0);
	CHECK_INT(book_position(&d.book), -1);
	CHECK_STR(shown(d.result.fills[0].quantity), "1000");
	CHECK_STR(shown(d.book.cash), "200000");
	CHECK_STR(equity_at(&d, "100"), "100000");
	CHECK_STR(equity_at(&d, "120"), "80000");
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_CLOSE, "90"), 0);
	CHECK_INT(d.result.trade.side, -1);
	CHECK_STR(shown(d.result.trade.pnl), "9810");
	CHECK_STR(shown(d.book.cash), "109910");
}

UNIT_TEST("book: a short trade can lose more than there was")
{
	struct desk d;

	desk_open(&d, "1000", 0);
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_OPEN, "10"), 0);
	CHECK_STR(equity_at(&d, "30"), "-1000");
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_REVERSE, "30"), 0);
	CHECK_STR(shown(d.book.cash), "-1000");
	CHECK_STR(shown(d.book.gross_loss), "-2000");
	CHECK_INT(book_position(&d.book), 0);
	CHECK_INT(d.book.unaffordable, 1);
}

UNIT_TEST("book: a reversal is two fills at one price, each with its fee")
{
	struct desk d;

	desk_open(&d, "100100", 1000000);
	d.opts.cost.slippage = 10000000;
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "100"), 0);
	CHECK_STR(shown(d.result.fills[0].price), "101");
	CHECK_STR(shown(d.result.fills[0].quantity), "990");
	CHECK_STR(shown(d.book.cash), "10.01");
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_REVERSE, "100"), 0);
	CHECK_INT(d.result.nfills, 2);
	CHECK(d.result.closed);
	CHECK_STR(shown(d.result.fills[0].price), "99");
	CHECK_STR(shown(d.result.fills[1].price), "99");
	CHECK_STR(shown(d.result.fills[0].quantity), "990");
	CHECK_STR(shown(d.result.fills[0].fees), "98.01");
	/* 10.01 + 98010 - 98.01 = 97922 buys 988 of 99.099. */
	CHECK_STR(shown(d.result.fills[1].quantity), "988");
	CHECK_STR(shown(d.result.fills[1].fees), "97.812");
	CHECK_INT(book_position(&d.book), -1);
	CHECK_INT(d.book.trades, 2);
	CHECK_STR(shown(d.result.trade.pnl), "-2178");
}

UNIT_TEST("book: a reversal whose second half is refused still closes")
{
	struct desk d;

	desk_open(&d, "1000", 0);
	d.opts.size =
	    (struct size){.kind = SIZE_FIXED, .quantity = money_of("10")};
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "100"), 0);
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_REVERSE, "99"), 0);
	CHECK(d.result.closed && !d.result.refused);
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_REVERSE, "101"), 0);
	CHECK(d.result.closed && d.result.refused);
	CHECK_INT(d.result.nfills, 1);
	CHECK_STR(shown(d.result.quantity), "10");
	CHECK_STR(shown(d.result.price), "101");
	CHECK_INT(book_position(&d.book), 0);
	CHECK_INT(d.book.refused, 1);
	CHECK_STR(shown(d.book.cash), "970");
}

UNIT_TEST("book: an order that cash cannot pay for costs nothing")
{
	struct desk d;

	desk_open(&d, "100", 1000000);
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "100"), 0);
	CHECK_INT(d.result.nfills, 0);
	CHECK(!d.result.closed && !d.result.refused);
	CHECK_INT(book_position(&d.book), 0);
	CHECK_INT(d.book.unaffordable, 1);
	CHECK_INT(d.book.trades, 0);
	CHECK_STR(shown(d.book.cash), "100");
	CHECK_STR(shown(d.book.fees), "0");
}

UNIT_TEST("book: an open trade is marked without the fee of an exit")
{
	struct bars_price mark = price_of("103");
	struct book_quote quote = {{5, 5000}, &mark};
	struct book_trade t;
	struct desk d;

	desk_open(&d, "100100", 1000000);
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "100"), 0);
	CHECK_INT(book_open_trade(&d.book, &quote, &t, &d.e), 0);
	CHECK(t.open);
	CHECK_STR(shown(t.exit_price), "103");
	CHECK_STR(shown(t.fees), "100");
	CHECK_STR(shown(t.pnl), "2900");
	CHECK_INT(t.exit.bar, 5);
	CHECK_INT(d.book.closed, 0);
}

UNIT_TEST("book: a trade that ends even is no win")
{
	struct desk d;

	desk_open(&d, "1000", 0);
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "10"), 0);
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_CLOSE, "10"), 0);
	CHECK_STR(shown(d.result.trade.pnl), "0");
	CHECK_INT(d.book.wins, 0);
	CHECK_INT(d.book.closed, 1);
}

UNIT_TEST("book: what exact money cannot hold is an error, not a number")
{
	struct desk d;

	desk_open(&d, "100000000", 0);
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "0.00000001"), 0);
	CHECK_STR(equity_at(&d, "9000000000"), "-");
	CHECK_INT(d.e.status, EX_DATAERR);
	CHECK_STR(d.e.msg,
	    "a value is beyond 1.7e20, which exact money cannot hold");
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_CLOSE, "9000000000"), EX_DATAERR);
	desk_open(&d, "200000000000", 0);
	CHECK_INT(trade(&d, ORDER_BUY, ORDER_OPEN, "0.000000001"), EX_DATAERR);
	/* Cash that grows over the edge. */
	desk_open(&d, "90000000000000000000", 0);
	CHECK_INT(trade(&d, ORDER_SELL, ORDER_OPEN, "9000000000"), EX_DATAERR);
}

/* Whether cash, position, trades and fees add up, to the last digit. */
static bool
balanced(struct desk *d, num_i128 gains)
{
	struct bars_price mark = price_of("77.77");
	struct book_quote quote = {{d->bar, 0}, &mark};
	num_i128 equity = 0;
	struct book_trade t = {0};

	CHECK_INT(book_equity(&d->book, &mark, &equity, &d->e), 0);
	if (book_position(&d->book) != 0)
		CHECK_INT(book_open_trade(&d->book, &quote, &t, &d->e), 0);
	return equity == d->opts.cash + gains + t.pnl &&
	    gains == d->book.gross_profit + d->book.gross_loss;
}

UNIT_TEST("book: the balance holds to the last digit after any fill")
{
	uint64_t random = 11;

	for (int round = 0; round < 40; round++) {
		num_i128 gains = 0, fees = 0;
		struct desk d;

		desk_open(&d, "100000", 1000000 + round);
		d.opts.cost.slippage = round * 12345;
		d.opts.size.fractional = false;
		if (round % 3 == 1)
			d.opts.size = (struct size){.kind = SIZE_FIXED,
			    .quantity = money_of("100")};
		for (int i = 0; i < 500; i++) {
			int position = book_position(&d.book);
			char price[32];

			random = random * UINT64_C(6364136223846793005) + 1;
			snprintf(price, sizeof(price), "%u.%02u",
			    (unsigned)(random >> 40) % 30 + 60,
			    (unsigned)(random >> 50) % 100);
			CHECK_INT(
			    trade(&d, position > 0 ? ORDER_SELL : ORDER_BUY,
				position == 0		      ? ORDER_OPEN
				    : (random >> 33) % 2 != 0 ? ORDER_CLOSE
							      : ORDER_REVERSE,
				price),
			    0);
			for (size_t f = 0; f < d.result.nfills; f++)
				fees += d.result.fills[f].fees;
			gains += d.result.closed ? d.result.trade.pnl : 0;
			if (!CHECK(balanced(&d, gains)) ||
			    !CHECK(fees == d.book.fees))
				return;
		}
		CHECK(d.book.closed > 0);
	}
}
