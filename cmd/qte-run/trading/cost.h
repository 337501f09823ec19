/* SPDX-License-Identifier: MIT */
/*
 * What a fill costs.  Money is a whole number of 1e-18; a product with more
 * decimals than that is rounded half to even, which prices and rates of up to
 * 18 decimals together never need.
 */
#ifndef QTE_RUN_COST_H
#define QTE_RUN_COST_H

#include "base/base.h"
#include "base/num.h"
#include "market/bars.h"
#include "trading/order.h"

struct cost {
	int64_t commission; /* share of the value, in 1e-9, 0 <= c < 1 */
	int64_t slippage;   /* share of the price, in 1e-9, 0 <= s < 1 */
};

/*
 * All of these return false, and leave the result alone, when it is beyond
 * what money can hold (1.7e20).
 *
 * cost_price(price, fill): ${price} as money.
 * cost_fill(c, price, side, fill): what a market order gets: dearer for a buy,
 * cheaper for a sell, by the slippage.
 * cost_value(quantity, price, value): both in 1e-18.
 * cost_fee(c, value, fee): the commission on ${value}.
 */
bool cost_price(const struct bars_price *, num_i128 *) QTE_MUST_CHECK;
bool cost_fill(const struct cost *, const struct bars_price *, enum order_side,
    num_i128 *) QTE_MUST_CHECK;
bool cost_value(num_i128, num_i128, num_i128 *) QTE_MUST_CHECK;
bool cost_fee(const struct cost *, num_i128, num_i128 *) QTE_MUST_CHECK;

#endif
