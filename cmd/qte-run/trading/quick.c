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

/* A tick as 2^twos times an odd number, and the inverse of that. */
static void
set_tick(struct quick *q, int64_t tick)
{
	q->tick = tick;
	q->twos = __builtin_ctzll((uint64_t)tick);
	q->inverse = num_inverse((uint64_t)tick >> q->twos);
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
	q->one = (double)num_power(q->decimals);
	q->per_tick = (double)num_power(q->decimals - scale);
	set_tick(q, num_power(NUM_PRICE_SCALE - scale));
	q->paid[ORDER_BUY] = slip_one + slip;
	q->paid[ORDER_SELL] = slip_one - slip;
}
