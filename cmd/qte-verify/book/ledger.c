/* SPDX-License-Identifier: MIT */
/* What is held of a symbol and what it cost. */
#include "book/ledger.h"

static num_i128
size_of(num_i128 n)
{
	return n < 0 ? -n : n;
}

bool
ledger_trade(struct ledger *l, int64_t quantity, int64_t price)
{
	int64_t after;

	if (__builtin_add_overflow(l->quantity, quantity, &after) ||
	    after == INT64_MIN)
		return false;
	if ((l->quantity < 0) != (quantity < 0) && l->quantity != 0) {
		bool through = (after < 0) != (l->quantity < 0);

		if (after == 0 || through) {
			/* What is left was opened by this trade. */
			l->cost = (num_i128)after * price;
		} else {
			/* The divisor must be above 0. */
			int64_t sign = l->quantity < 0 ? -1 : 1;

			if (!num_mul_div(l->cost, sign * after,
				sign * l->quantity, &l->cost))
				return false;
			l->partial++;
		}
	} else if (__builtin_add_overflow(l->cost, (num_i128)quantity * price,
		       &l->cost)) {
		return false;
	}
	l->quantity = after;
	return true;
}

bool
ledger_is_average(const struct ledger *l, int64_t average, int decimals)
{
	num_i128 off = size_of(l->cost - (num_i128)average * l->quantity);
	num_i128 half =
	    size_of(l->quantity) * (num_power(NUM_PRICE_SCALE - decimals)) / 2;

	/* Each rounding of the cost is of half a unit at most. */
	return off <= half + l->partial + 1;
}

num_i128
ledger_average(const struct ledger *l)
{
	num_i128 quantity = size_of(l->quantity), cost = size_of(l->cost);

	return (cost + quantity / 2) / quantity;
}
