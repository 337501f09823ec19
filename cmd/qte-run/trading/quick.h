/* SPDX-License-Identifier: MIT */
/*
 * Fills of whole shares in 64 bits.  Amounts of money are whole numbers of a
 * unit so small that no price, slippage and commission needs a smaller one:
 * nothing is rounded.  What does not fit is left to cost.h and size.h, which
 * come to the same.
 */
#ifndef QTE_RUN_QUICK_H
#define QTE_RUN_QUICK_H

#include "base/base.h"
#include "trading/cost.h"

struct quick {
	bool usable;
	int decimals;		/* of an amount */
	int64_t unit;		/* of 1e-18 in one of an amount */
	int64_t tick;		/* of 1e-9 in a tick of a price */
	int64_t paid[2];	/* by order_side: for a tick, and */
	int64_t rate_one, rate; /* of this, the price and the commission */
};

/* What a share costs or brings, as amounts. */
struct quick_share {
	int64_t price, fee;
};

/*
 * quick_init(q, cost, scale):
 * For prices of no more than ${scale} decimals.
 */
void quick_init(struct quick *, const struct cost *, int);

/* quick_share(q, price, side, share): false: not that way. */
bool quick_share(const struct quick *, const struct bars_price *,
    enum order_side, struct quick_share *) QTE_MUST_CHECK;

/*
 * quick_shares(share, cash, shares):
 * As many as ${cash}, an amount, pays for, 0 included.  False: not that way.
 */
bool quick_shares(const struct quick_share *, num_i128,
    int64_t *) QTE_MUST_CHECK;

/*
 * quick_times(share, shares, all):
 * What all of them cost or bring.  False: not that way.
 */
bool quick_times(const struct quick_share *, int64_t,
    struct quick_share *) QTE_MUST_CHECK;

#endif
