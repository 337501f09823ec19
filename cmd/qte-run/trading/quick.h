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
	double one, per_tick;	/* amounts in 1.0 of money, in a tick */
	int64_t tick;		/* of 1e-9 in a tick of a price: */
	int twos;		/* 2^twos times an odd number, of which this */
	uint64_t inverse;	/* is the inverse modulo 2^64 */
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

/*
 * quick_ticks(q, units, ticks):
 * ${units} of 1e-9 > 0 in ticks, without a division.  False: they are not
 * whole.
 */
static inline bool
quick_ticks(const struct quick *q, int64_t units, int64_t *ticks)
{
	int64_t back;

	/* Only what is a whole number of ticks comes back. */
	*ticks = (int64_t)((uint64_t)units * q->inverse >> q->twos);
	return !__builtin_mul_overflow(*ticks, q->tick, &back) && back == units;
}

/*
 * quick_share(q, price, side, share):
 * What one costs.  False: not that way.
 */
static inline bool
quick_share(const struct quick *q, const struct bars_price *price,
    enum order_side side, struct quick_share *share)
{
	int64_t ticks, fill, each;

	if (!q->usable || !price->exact)
		return false;
	/* If price and fee together fit, so does each of them. */
	if (!quick_ticks(q, price->units, &ticks) ||
	    __builtin_mul_overflow(ticks, q->paid[side], &fill) ||
	    __builtin_mul_overflow(fill, q->rate_one + q->rate, &each) ||
	    each <= 0)
		return false;
	share->price = fill * q->rate_one;
	share->fee = fill * q->rate;
	return true;
}

/*
 * quick_shares(share, cash, shares):
 * As many as ${cash}, an amount, pays for, 0 included.  False: not that way.
 */
static inline bool
quick_shares(const struct quick_share *share, num_i128 cash, int64_t *shares)
{
	int64_t amount = (int64_t)cash;

	if (amount != cash)
		return false;
	*shares = amount > 0 ? amount / (share->price + share->fee) : 0;
	return true;
}

/*
 * quick_times(share, shares, all):
 * What all of them cost or bring.  False: not that way.
 */
static inline bool
quick_times(const struct quick_share *share, int64_t shares,
    struct quick_share *all)
{
	return !__builtin_mul_overflow(share->price, shares, &all->price) &&
	    !__builtin_mul_overflow(share->fee, shares, &all->fee);
}

#endif
