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
	struct quick_leg leg, want;

	if (!quick_fill(&f->quick, &f->price, f->side, shares, &leg))
		return false;
	yes_fills++;
	return CHECK(cost_fill(&f->cost, &f->price, f->side, &want.price) &&
		   cost_value(shares * (num_i128)NUM_MONEY_ONE, want.price,
		       &want.value) &&
		   cost_fee(&f->cost, want.value, &want.fee)) &&
	    CHECK(leg.price == want.price) && CHECK(leg.value == want.value) &&
	    CHECK(leg.fee == want.fee);
}

static bool
shares_agree(const struct fill *f, num_i128 cash, int64_t *shares)
{
	const struct size all = {.kind = SIZE_SHARE, .share = NUM_PRICE_ONE};
	num_i128 price = 0, quantity = 0;
	enum size_result result;

	if (!quick_shares(&f->quick, &f->price, f->side, cash, shares))
		return false;
	yes_shares++;
	if (!CHECK(cost_fill(&f->cost, &f->price, f->side, &price)))
		return false;
	result = size_choose(&all, &f->cost, cash, price, &quantity);
	CHECK_INT(result, *shares > 0 ? SIZE_OK : SIZE_NOTHING);
	return CHECK(
	    result != SIZE_OK || quantity == *shares * (num_i128)NUM_MONEY_ONE);
}

/* Cash of any size, often just what some shares cost or a little less. */
static num_i128
random_cash(const struct fill *f)
{
	num_i128 cash = random_wide(), price, value, fee;

	if (random_below(2) == 0 ||
	    !cost_fill(&f->cost, &f->price, f->side, &price) ||
	    !cost_value((num_i128)random_below(1U << random_below(30)) *
		    NUM_MONEY_ONE,
		price, &value) ||
	    !cost_fee(&f->cost, value, &fee) || value > I128_MAX / 4)
		return cash;
	return value + fee + (num_i128)random_below(3) - 1;
}

/* Of any size, or such that a product is about 2^63. */
static int64_t
random_shares(const struct fill *f)
{
	const struct quick *q = &f->quick;
	int64_t each = q->usable ? f->price.units / q->unit : 1;

	if (random_below(3) == 0)
		return (int64_t)(random_sized() >> 1);
	if (each <= 0 || __builtin_mul_overflow(each, q->slip_one, &each) ||
	    (random_below(2) == 0 && q->rate > 0 &&
		__builtin_mul_overflow(each, q->rate, &each)))
		return 1;
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
		num_i128 cash =
		    (num_i128)random_below(1000000) * NUM_MONEY_ONE +
		    (num_i128)random_below((uint64_t)NUM_MONEY_ONE) + 1;
		int64_t shares;

		quick_init(&f.quick, &f.cost, 2);
		if (CHECK(shares_agree(&f, cash, &shares)))
			CHECK(fill_agrees(&f, shares));
	}
}

/* A fill that has a product beyond 2^63 - 1, and one that does not. */
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
	const struct cost none = {0, 0}, fee = {100000000, 0};
	const struct cost third = {300000000, 0};

	check_limit(none, 2, INT64_MAX / 2);
	check_limit(none, 7, INT64_MAX / 7);
	check_limit(fee, 7, INT64_MAX / 7);
	check_limit(third, 1, INT64_MAX / 3);
	check_limit(third, 11, INT64_MAX / 33);
}

UNIT_TEST("quick: more than 18 decimals and parts of a tick are not for it")
{
	const struct bars_price whole = {true, {.units = 20000000}};
	const struct bars_price part = {true, {.units = 20000001}};
	const struct cost even = {NUM_PRICE_ONE / 512, 0};
	const struct cost odd = {NUM_PRICE_ONE / 512, NUM_PRICE_ONE / 2};
	struct quick_leg leg;
	struct quick q;
	int64_t shares;

	quick_init(&q, &even, 2);
	CHECK(quick_fill(&q, &whole, ORDER_BUY, 1, &leg));
	CHECK(!quick_fill(&q, &part, ORDER_BUY, 1, &leg));
	CHECK(!quick_shares(&q, &part, ORDER_BUY, NUM_MONEY_ONE, &shares));
	/* 9 of the price and 9 of the commission; then one of the slippage. */
	quick_init(&q, &even, NUM_PRICE_SCALE);
	CHECK(quick_fill(&q, &part, ORDER_BUY, 1, &leg));
	quick_init(&q, &odd, NUM_PRICE_SCALE);
	CHECK(!quick_fill(&q, &part, ORDER_BUY, 1, &leg));
}
