/* SPDX-License-Identifier: MIT */
/* Fills of whole shares in 64 bits. */
#include "trading/quick.h"

/* A rate in 1e-9 as a fraction with few decimals; return how many. */
static int
shorten(int64_t rate, int64_t *numerator, int64_t *one)
{
	int decimals = NUM_PRICE_SCALE;

	while (decimals > 0 && rate % 10 == 0) {
		rate /= 10;
		decimals--;
	}
	*numerator = rate;
	*one = num_power(decimals);
	return decimals;
}

void
quick_init(struct quick *q, const struct cost *c, int scale)
{
	int slip = shorten(c->slippage, &q->slip, &q->slip_one);
	int rate = shorten(c->commission, &q->rate, &q->rate_one);

	q->usable = scale + slip + rate <= NUM_MONEY_SCALE;
	if (!q->usable)
		return;
	q->unit = num_power(NUM_PRICE_SCALE - scale);
	q->fill_unit = num_power(NUM_MONEY_SCALE - scale - slip);
	q->money_unit = num_power(NUM_MONEY_SCALE - scale - slip - rate);
}

/* The price that is paid, in fill units. */
static bool
fill_price(const struct quick *q, const struct bars_price *price,
    enum order_side side, int64_t *fill)
{
	int64_t ticks;

	if (!q->usable || !price->exact)
		return false;
	ticks = price->units / q->unit;
	return ticks * q->unit == price->units &&
	    !__builtin_mul_overflow(ticks,
		q->slip_one + (side == ORDER_BUY ? q->slip : -q->slip), fill) &&
	    *fill > 0;
}

bool
quick_shares(const struct quick *q, const struct bars_price *price,
    enum order_side side, num_i128 cash, int64_t *shares)
{
	int64_t fill, each;
	num_i128 money;

	if (!fill_price(q, price, side, &fill) ||
	    __builtin_mul_overflow(fill, q->rate_one + q->rate, &each) ||
	    cash <= 0 || cash >> 64 >= q->money_unit / 2)
		return false;
	/* What is below a unit pays for no more. */
	money = cash / q->money_unit;
	*shares = (int64_t)money / each;
	return true;
}

bool
quick_fill(const struct quick *q, const struct bars_price *price,
    enum order_side side, int64_t shares, struct quick_leg *leg)
{
	int64_t fill, value, fee;

	if (!fill_price(q, price, side, &fill) ||
	    __builtin_mul_overflow(fill, shares, &value) ||
	    __builtin_mul_overflow(value, q->rate, &fee))
		return false;
	leg->price = (num_i128)fill * q->fill_unit;
	leg->value = (num_i128)value * q->fill_unit;
	leg->fee = (num_i128)fee * q->money_unit;
	return true;
}
