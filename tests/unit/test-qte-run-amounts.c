/* SPDX-License-Identifier: MIT */
/*
 * Tests that an account comes to the same, to the last digit, whether it counts
 * in money or in the amounts of quick fills, and whether it is asked what
 * happens or not.
 */
#include "random.h"
#include "trading/book.h"
#include "unit.h"

#define ROUNDS 4000
#define ORDERS 60

/* One account three times. */
struct accounts {
	struct book_opts opts;
	struct book money, quick, mute;
	struct book_result want, got;
	int scale;
	int64_t bar, quick_fills;
};

static void
open_accounts(struct accounts *a, const struct book_opts *opts, int scale)
{
	*a = (struct accounts){.opts = *opts, .scale = scale};
	book_init(&a->money, &a->opts);
	book_init(&a->quick, &a->opts);
	book_init(&a->mute, &a->opts);
}

static bool
fills_agree(const struct accounts *a)
{
	if (!CHECK_INT(a->got.nfills, a->want.nfills))
		return false;
	for (size_t i = 0; i < a->want.nfills; i++) {
		const struct book_fill *f = &a->got.fills[i];
		const struct book_fill *w = &a->want.fills[i];

		if (!CHECK(f->side == w->side) ||
		    !CHECK(f->quantity == w->quantity) ||
		    !CHECK(f->price == w->price) ||
		    !CHECK(f->value == w->value) || !CHECK(f->fees == w->fees))
			return false;
	}
	return CHECK(a->got.refused == a->want.refused) &&
	    CHECK(!a->want.refused || a->got.price == a->want.price);
}

static bool
trades_agree(const struct book_trade *t, const struct book_trade *w)
{
	return CHECK_INT(t->id, w->id) && CHECK_INT(t->side, w->side) &&
	    CHECK(t->quantity == w->quantity) &&
	    CHECK_INT(t->entry.bar, w->entry.bar) &&
	    CHECK_INT(t->exit.ts_ns, w->exit.ts_ns) &&
	    CHECK(t->entry_price == w->entry_price) &&
	    CHECK(t->exit_price == w->exit_price) &&
	    CHECK(t->cost == w->cost) && CHECK(t->fees == w->fees) &&
	    CHECK(t->pnl == w->pnl) && CHECK(t->open == w->open);
}

static bool
sums_agree(const struct book *b, const struct book *w)
{
	return CHECK(book_money(b, b->cash) == w->cash) &&
	    CHECK(book_money(b, b->fees) == w->fees) &&
	    CHECK(book_money(b, b->gross_profit) == w->gross_profit) &&
	    CHECK(book_money(b, b->gross_loss) == w->gross_loss) &&
	    CHECK_INT(b->closed, w->closed) && CHECK_INT(b->wins, w->wins) &&
	    CHECK_INT(b->trades, w->trades) &&
	    CHECK_INT(b->unaffordable, w->unaffordable) &&
	    CHECK_INT(b->refused, w->refused) &&
	    CHECK_INT(b->bars_in_market, w->bars_in_market) &&
	    CHECK_INT(book_position(b), book_position(w));
}

/* Marked at a price they are worth the same. */
static bool
marks_agree(struct accounts *a, const struct bars_price *price)
{
	struct book_quote quote = {{a->bar, a->bar * 60}, price};
	struct book_trade t, want;
	num_i128 equity = 0, worth = 0;
	struct err e;
	int rc = book_equity(&a->money, price, &worth, &e);

	if (!CHECK_INT(book_equity(&a->quick, price, &equity, &e), rc) ||
	    !CHECK(rc != 0 || equity == worth))
		return false;
	if (book_position(&a->money) == 0)
		return true;
	rc = book_open_trade(&a->money, &quote, &want, &e);
	return CHECK_INT(book_open_trade(&a->quick, &quote, &t, &e), rc) &&
	    (rc != 0 || trades_agree(&t, &want));
}

/* An order at ${price}; false when it could not be booked. */
static bool
execute(struct accounts *a, const struct order *order,
    const struct bars_price *price)
{
	struct book_quote quote = {{++a->bar, a->bar * 60}, price};
	int64_t unaffordable = a->money.unaffordable;
	bool broke, flat = book_position(&a->money) == 0;
	struct err e;
	int rc = book_execute(&a->money, order, &quote, &a->want, &e);

	book_prices(&a->quick, a->scale);
	book_prices(&a->mute, a->scale);
	broke = flat && book_broke(&a->quick, price);
	CHECK_INT(book_execute(&a->quick, order, &quote, &a->got, &e), rc);
	CHECK_INT(book_execute(&a->mute, order, &quote, NULL, &e), rc);
	if (rc != 0)
		return false;
	CHECK(!broke || order->intent == ORDER_CLOSE ||
	    a->money.unaffordable == unaffordable + 1);
	a->quick_fills += a->quick.quick.usable ? (int64_t)a->got.nfills : 0;
	return fills_agree(a) && CHECK(a->got.closed == a->want.closed) &&
	    (!a->want.closed || trades_agree(&a->got.trade, &a->want.trade)) &&
	    sums_agree(&a->quick, &a->money) &&
	    sums_agree(&a->mute, &a->money) && marks_agree(a, price);
}

static struct order
random_order(const struct accounts *a)
{
	int position = book_position(&a->money);
	bool up = position < 0 || (position == 0 && random_below(2) == 0);

	return (struct order){.side = up ? ORDER_BUY : ORDER_SELL,
	    .intent = position == 0   ? ORDER_OPEN
		: random_below(2) > 0 ? ORDER_CLOSE
				      : ORDER_REVERSE};
}

/* Near ${about}, in ticks; now and then of more digits, or without a limit. */
static struct bars_price
random_price(struct accounts *a, int64_t about)
{
	struct bars_price p = {.exact = true};
	int64_t tick;

	if (random_below(200) == 0 && a->scale < NUM_PRICE_SCALE)
		a->scale++;
	if (random_below(1000) == 0)
		return (struct bars_price){false, {.value = 1234.56789012345}};
	tick = num_power(NUM_PRICE_SCALE - a->scale);
	p.units =
	    (about + (int64_t)random_below((uint64_t)about)) / tick * tick;
	if (random_below(1000) == 0)
		p.units = (int64_t)(random_sized() >> 1) / tick * tick;
	p.units = p.units > 0 ? p.units : tick;
	return p;
}

static int64_t
random_rate(void)
{
	int decimals = (int)random_below(6);

	return (int64_t)random_below((uint64_t)num_power(decimals)) *
	    num_power(NUM_PRICE_SCALE - 1 - decimals);
}

UNIT_TEST("amounts: any orders come to the same as in money")
{
	int64_t fills = 0, quick_fills = 0;

	for (int round = 0; round < ROUNDS; round++) {
		struct book_opts opts = {.cash =
					     (num_i128)(random_sized() >> 12) *
			    num_power((int)random_below(19)) +
			1,
		    .cost = {random_rate(), random_rate()},
		    .size = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE}};
		int64_t about = (int64_t)(random_sized() >> 4) + 1;
		struct accounts a;

		/* Mostly of a usual size, so that there is much to book. */
		if (round % 4 > 0) {
			opts.cash =
			    (num_i128)random_below(100000000) * num_power(16);
			about = (int64_t)random_below(1000) * NUM_PRICE_ONE + 1;
		}
		if (round % 8 == 1)
			opts.size.share = NUM_PRICE_ONE / 3;
		open_accounts(&a, &opts, (int)random_below(6));
		for (int i = 0; i < ORDERS; i++) {
			struct order order = random_order(&a);
			struct bars_price p = random_price(&a, about);

			if (!execute(&a, &order, &p))
				break;
		}
		fills += a.money.trades + a.money.closed;
		quick_fills += a.quick_fills;
	}
	/* It was asked in earnest, and of both kinds. */
	CHECK(quick_fills > ROUNDS * 10);
	CHECK(fills > quick_fills + ROUNDS);
}

/* Orders at ${units} and ${other} in turn, to the first that fails. */
static int64_t
fills_until(struct accounts *a, int64_t units, int64_t other)
{
	const struct bars_price prices[] = {{true, {.units = units}},
	    {true, {.units = other}}};
	struct order order = {.side = ORDER_BUY, .intent = ORDER_OPEN};

	for (int64_t i = 0; i < 1000; i++) {
		if (!execute(a, &order, &prices[i / 2 % 2 ^ i % 2]))
			return i;
		order.side = order.side == ORDER_BUY ? ORDER_SELL : ORDER_BUY;
		order.intent =
		    order.side == ORDER_BUY ? ORDER_OPEN : ORDER_CLOSE;
	}
	return -1;
}

UNIT_TEST("amounts: a sum that grows is counted in money before that ends")
{
	const struct book_opts opts = {.cash = NUM_PRICE_ONE *
		(num_i128)NUM_MONEY_ONE,
	    .size = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE}};
	struct accounts a;

	/* From 1e9 to 9e18 and back, by a whole number of shares each time. */
	open_accounts(&a, &opts, 0);
	CHECK_INT(fills_until(&a, NUM_PRICE_ONE, 9 * num_power(18)), 73);
	CHECK_INT(a.quick.quick.decimals, 0);
	CHECK(a.quick_fills > 10);
	CHECK(!a.quick.quick.usable);
}

UNIT_TEST(
    "amounts: cash that outgrows 64 bits is counted in money from then on")
{
	const struct book_opts opts = {.cash = 90 * (num_i128)NUM_MONEY_ONE,
	    .cost = {1, 0},
	    .size = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE}};
	struct accounts a;
	struct order order = {.side = ORDER_BUY, .intent = ORDER_OPEN};
	struct bars_price price = {true, {.units = 10000000}};

	open_accounts(&a, &opts, 2);
	CHECK(execute(&a, &order, &price));
	CHECK(a.quick.quick.usable);
	CHECK_INT(a.quick.quick.decimals, 11);
	order = (struct order){.side = ORDER_SELL, .intent = ORDER_REVERSE};
	price.units = num_power(14);
	CHECK(execute(&a, &order, &price));
	CHECK(!a.quick.quick.usable);
	CHECK(a.quick.unit == 1);
	CHECK_INT(a.quick.closed, 1);
	CHECK_INT(book_position(&a.quick), -1);
}
