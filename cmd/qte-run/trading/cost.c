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

	if (!cost_price(price, &base) ||
	    !num_mul_div(base, c->slippage, NUM_PRICE_ONE, &slip))
		return false;
	if (side == ORDER_SELL)
		slip = -slip;
	if (__builtin_add_overflow(base, slip, &sum))
		return false;
	*fill = sum;
	return true;
}

bool
cost_value(num_i128 quantity, num_i128 price, num_i128 *value)
{
	num_i128 whole = quantity / NUM_MONEY_ONE, product, rest, sum;
	int64_t part = (int64_t)(quantity % NUM_MONEY_ONE);

	if (__builtin_mul_overflow(whole, price, &product) ||
	    !num_mul_div(price, part, NUM_MONEY_ONE, &rest) ||
	    __builtin_add_overflow(product, rest, &sum))
		return false;
	*value = sum;
	return true;
}

bool
cost_fee(const struct cost *c, num_i128 value, num_i128 *fee)
{
	return num_mul_div(value, c->commission, NUM_PRICE_ONE, fee);
}
