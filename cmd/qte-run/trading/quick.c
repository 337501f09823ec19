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
	int64_t slip, slip_one;

	q->decimals = scale + shorten(c->slippage, &slip, &slip_one) +
	    shorten(c->commission, &q->rate, &q->rate_one);
	q->usable = q->decimals <= NUM_MONEY_SCALE;
	if (!q->usable)
		return;
	q->unit = num_power(NUM_MONEY_SCALE - q->decimals);
	q->tick = num_power(NUM_PRICE_SCALE - scale);
	q->paid[ORDER_BUY] = slip_one + slip;
	q->paid[ORDER_SELL] = slip_one - slip;
}

bool
quick_share(const struct quick *q, const struct bars_price *price,
    enum order_side side, struct quick_share *share)
{
	int64_t ticks, fill, each;

	if (!q->usable || !price->exact)
		return false;
	ticks = price->units / q->tick;
	/* If both together fit, so does each of them. */
	if (ticks * q->tick != price->units ||
	    __builtin_mul_overflow(ticks, q->paid[side], &fill) ||
	    __builtin_mul_overflow(fill, q->rate_one + q->rate, &each) ||
	    each <= 0)
		return false;
	share->price = fill * q->rate_one;
	share->fee = fill * q->rate;
	return true;
}

bool
quick_shares(const struct quick_share *share, num_i128 cash, int64_t *shares)
{
	int64_t amount = (int64_t)cash;

	if (amount != cash)
		return false;
	*shares = amount > 0 ? amount / (share->price + share->fee) : 0;
	return true;
}

bool
quick_times(const struct quick_share *share, int64_t shares,
    struct quick_share *all)
{
	return !__builtin_mul_overflow(share->price, shares, &all->price) &&
	    !__builtin_mul_overflow(share->fee, shares, &all->fee);
}
