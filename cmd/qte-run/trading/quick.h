/* SPDX-License-Identifier: MIT */
/*
 * Fills of whole shares in 64 bits: prices, rates and money as whole numbers of
 * as many decimals as they have.  What does not fit is left to cost.h and
 * size.h, which come to the same.
 */
#ifndef QTE_RUN_QUICK_H
#define QTE_RUN_QUICK_H

#include "base/base.h"
#include "trading/cost.h"

struct quick {
	bool usable;
	int64_t unit;		/* units of 1e-9 in a tick of a price */
	int64_t slip, slip_one; /* the slippage is slip/slip_one */
	int64_t rate, rate_one; /* and the commission rate/rate_one */
	int64_t fill_unit;	/* units of money in one of a fill's price */
	int64_t money_unit;	/* and in one of money */
};

/* What a fill comes to, in units of money (1e-18). */
struct quick_leg {
	num_i128 price, value, fee;
};

/*
 * quick_init(q, cost, scale):
 * For prices of no more than ${scale} decimals.
 */
void quick_init(struct quick *, const struct cost *, int);

/*
 * quick_shares(q, price, side, cash, shares):
 * The most shares that ${cash} pays for, 0 included.  False: not that way.
 */
bool quick_shares(const struct quick *, const struct bars_price *,
    enum order_side, num_i128, int64_t *) QTE_MUST_CHECK;

/*
 * quick_fill(q, price, side, shares, leg):
 * What ${shares} cost or bring.  False: not that way.
 */
bool quick_fill(const struct quick *, const struct bars_price *,
    enum order_side, int64_t, struct quick_leg *) QTE_MUST_CHECK;

#endif
