/* SPDX-License-Identifier: MIT */
/*
 * Tests of fills in 64 bits: where they are worked out that way they are, to
 * the last digit, what cost.h and size.h make of them.
 */
#include "random.h"
#include "trading/quick.h"
#include "trading/size.h"
#include "unit.h"

#define ROUNDS 300000

struct fill {
	struct cost cost;
	struct quick quick;
	struct bars_price price;
	enum order_side side;
};

static int yes_shares, yes_fills;

/* A rate below 1 with as many decimals. */
static int64_t
random_rate(int decimals)
{
	return (int64_t)random_below((uint64_t)num_power(decimals)) *
	    num_power(NUM_PRICE_SCALE - decimals);
}

static struct fill
random_fill(void)
{
	int scale = (int)random_below(NUM_PRICE_SCALE + 1);
	int64_t unit = num_power(NUM_PRICE_SCALE - scale);
	int64_t units = (int64_t)(random_sized() >> 1);
	struct fill f = {
	    .cost = {.commission = random_rate((int)random_below(10)),
		.slippage = random_rate((int)random_below(10))},
	    .price = {.exact = true},
	    .side = random_below(2) == 0 ? ORDER_BUY : ORDER_SELL};

	/* Not all are whole ticks. */
	if (random_below(4) > 0)
		units = units / unit * unit;
	f.price.units = units > 0 ? units : unit;
	if (random_below(32) == 0)
		f.price = (struct bars_price){false, {.value = 12.5}};
	quick_init(&f.quick, &f.cost, scale);
	return f;
}

/* What the fill of as many shares comes to is the same. */
static bool
fill_agrees(const struct fill *f, int64_t shares)
{
	const struct quick *q = &f->quick;
	num_i128 price, value, fee;
	struct quick_share one, all;

	if (!quick_share(q, &f->price, f->side, &one) ||
	    !quick_times(&one, shares, &all))
		return false;
	yes_fills++;
	return CHECK(cost_fill(&f->cost, &f->price, f->side, &price) &&
		   cost_value(shares * (num_i128)NUM_MONEY_ONE, price,
		       &value) &&
		   cost_fee(&f->cost, value, &fee)) &&
	    CHECK((num_i128)one.price * q->unit == price) &&
	    CHECK((num_i128)all.price * q->unit == value) &&
	    CHECK((num_i128)all.fee * q->unit == fee);
}

/* As many shares are had for the cash, an amount. */
static bool
shares_agree(const struct fill *f, num_i128 cash, int64_t *shares)
{
	const struct size all = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE};
	num_i128 price = 0, quantity = 0;
	enum size_result result;
	struct quick_share one;

	if (!quick_share(&f->quick, &f->price, f->side, &one) ||
	    !quick_shares(&one, cash, shares))
		return false;
	yes_shares++;
	if (!CHECK(cost_fill(&f->cost, &f->price, f->side, &price)))
		return false;
	result =
	    size_choose(&all, &f->cost, cash * f->quick.unit, price, &quantity);
	CHECK_INT(result, *shares > 0 ? SIZE_OK : SIZE_NOTHING);
	return CHECK(
	    result != SIZE_OK || quantity == *shares * (num_i128)NUM_MONEY_ONE);
}

/* Cash of any size, often just what some shares cost or one less or more. */
static num_i128
random_cash(const struct fill *f)
{
	int64_t shares = (int64_t)random_below(1U << random_below(30));
	struct quick_share one, all;

	if (random_below(2) == 0 ||
	    !quick_share(&f->quick, &f->price, f->side, &one) ||
	    !quick_times(&one, shares, &all))
		return (int64_t)random_sized();
	return (num_i128)all.price + all.fee + (num_i128)random_below(3) - 1;
}

/* Of any size, or such that a product is about 2^63. */
static int64_t
random_shares(const struct fill *f)
{
	const struct quick *q = &f->quick;
	struct quick_share one;

	if (random_below(3) == 0 || !quick_share(q, &f->price, f->side, &one))
		return (int64_t)(random_sized() >> 1);

	int64_t each =
	    one.fee > 0 && random_below(2) == 0 ? one.fee : one.price;
	uint64_t most = (uint64_t)(INT64_MAX / each);

	return (int64_t)((most / 2 + random_below(most + 3)) & INT64_MAX);
}

UNIT_TEST("quick: where it answers, size.h and cost.h come to the same")
{
	int64_t shares;

	for (int i = 0; i < ROUNDS; i++) {
		struct fill f = random_fill();

		(void)fill_agrees(&f, random_shares(&f));
		if (shares_agree(&f, random_cash(&f), &shares) && shares > 0)
			(void)fill_agrees(&f, shares);
	}
	/* It was asked in earnest. */
	CHECK(yes_shares > ROUNDS / 20);
	CHECK(yes_fills > ROUNDS / 10);
}

UNIT_TEST("quick: it answers in the usual case")
{
	for (int i = 0; i < 20000; i++) {
		struct fill f = {.cost = {1000000, 1000000},
		    .price = {true,
			{.units = (int64_t)(random_below(1000000) + 1) *
				10000000}},
		    .side = i % 2 == 0 ? ORDER_BUY : ORDER_SELL};
		num_i128 cash = (num_i128)random_below(1000000) * 100000000 +
		    (num_i128)random_below(100000000);
		int64_t shares;

		quick_init(&f.quick, &f.cost, 2);
		CHECK_INT(f.quick.decimals, 8);
		if (CHECK(shares_agree(&f, cash, &shares)))
			CHECK(fill_agrees(&f, shares));
	}
}

/* A fill that has an amount beyond 2^63 - 1, and one that does not. */
static void
check_limit(struct cost cost, int64_t units, int64_t shares)
{
	struct fill f = {.cost = cost, .price = {true, {.units = units}}};

	quick_init(&f.quick, &f.cost, NUM_PRICE_SCALE);
	CHECK(fill_agrees(&f, shares));
	CHECK(!fill_agrees(&f, shares + 1));
}

UNIT_TEST("quick: it answers up to 2^63 - 1 of a price, a value, a fee")
{
	const struct cost none = {0, 0}, tenth = {100000000, 0};
	const struct cost most = {NUM_PRICE_ONE - 1, 0};

	check_limit(none, INT64_MAX, 1);
	check_limit(none, 2, INT64_MAX / 2);
	check_limit(none, 7, INT64_MAX / 7);
	check_limit(tenth, 7, INT64_MAX / 70);
	check_limit(most, 1, INT64_MAX / NUM_PRICE_ONE);
	check_limit(most, 3, INT64_MAX / (3 * NUM_PRICE_ONE));
}

UNIT_TEST("quick: cash beyond 2^63 - 1 is not for it, and debt buys nothing")
{
	struct fill f = {.price = {true, {.units = 1}}};
	int64_t shares = 7;

	quick_init(&f.quick, &f.cost, NUM_PRICE_SCALE);
	CHECK(shares_agree(&f, INT64_MAX, &shares));
	CHECK(shares == INT64_MAX);
	CHECK(!shares_agree(&f, (num_i128)INT64_MAX + 1, &shares));
	CHECK(shares_agree(&f, -1, &shares));
	CHECK_INT(shares, 0);
}

UNIT_TEST("quick: more than 18 decimals and parts of a tick are not for it")
{
	const struct bars_price whole = {true, {.units = 20000000}};
	const struct bars_price part = {true, {.units = 20000001}};
	const struct cost even = {NUM_PRICE_ONE / 512, 0};
	const struct cost odd = {NUM_PRICE_ONE / 512, NUM_PRICE_ONE / 2};
	struct quick_share one;
	struct quick q;

	quick_init(&q, &even, 2);
	CHECK(quick_share(&q, &whole, ORDER_BUY, &one));
	CHECK(!quick_share(&q, &part, ORDER_BUY, &one));
	/* 9 of the price and 9 of the commission; then one of the slippage. */
	quick_init(&q, &even, NUM_PRICE_SCALE);
	CHECK(quick_share(&q, &part, ORDER_BUY, &one));
	quick_init(&q, &odd, NUM_PRICE_SCALE);
	CHECK(!quick_share(&q, &part, ORDER_BUY, &one));
}
