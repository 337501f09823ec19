/* SPDX-License-Identifier: MIT */
/* What a fill costs. */
#include "trading/cost.h"

bool
cost_price(const struct bars_price *price, num_i128 *money)
{
	if (!price->exact)
		return num_money_of(price->value, money);
	*money = (num_i128)price->units * NUM_PRICE_ONE;
	return true;
}

bool
cost_fill(const struct cost *c, const struct bars_price *price,
    enum order_side side, num_i128 *fill)
{
	num_i128 base, slip, sum;

	if (!cost_price(price, &base))
		return false;
	*fill = base;
	if (c->slippage == 0)
		return true;
	if (!num_mul_div(base, c->slippage, NUM_PRICE_ONE, &slip))
		return false;
	if (side == ORDER_SELL)
		slip = -slip;
	if (__builtin_add_overflow(base, slip, &sum))
		return false;
	*fill = sum;
	return true;
}

/* Whole shares of a quantity, and what is left. */
static num_i128
split(num_i128 quantity, int64_t *part)
{
	/* 10^18 is 2^18 times 5^18: a few million shares fit 64 bits so. */
	uint64_t high = (uint64_t)(quantity >> 18);
	uint64_t whole = high / UINT64_C(3814697265625);

	if (quantity < 0 || quantity >> 82 != 0) {
		*part = (int64_t)(quantity % NUM_MONEY_ONE);
		return quantity / NUM_MONEY_ONE;
	}
	*part = (int64_t)(quantity - (num_i128)whole * NUM_MONEY_ONE);
	return (num_i128)whole;
}

bool
cost_value(num_i128 quantity, num_i128 price, num_i128 *value)
{
	num_i128 product, rest = 0, sum;
	int64_t part;

	if (__builtin_mul_overflow(split(quantity, &part), price, &product) ||
	    (part != 0 && !num_mul_div(price, part, NUM_MONEY_ONE, &rest)) ||
	    __builtin_add_overflow(product, rest, &sum))
		return false;
	*value = sum;
	return true;
}

bool
cost_fee(const struct cost *c, num_i128 value, num_i128 *fee)
{
	*fee = 0;
	return c->commission == 0 ||
	    num_mul_div(value, c->commission, NUM_PRICE_ONE, fee);
}
