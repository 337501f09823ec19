/* SPDX-License-Identifier: MIT */
/* The equity between two fills. */
#include <math.h>

#include "run.h"

#define BILLION INT64_C(1000000000)

/* Cash as a whole number of 10^-decimals. */
struct cash {
	int64_t units;
	int decimals;
};

/* Of money, as few decimals as from ${least} on do.  False: it is too much. */
static bool
shorten(num_i128 money, int least, struct cash *cash)
{
	cash->decimals = NUM_MONEY_SCALE;
	if (money % BILLION == 0) {
		cash->decimals -= 9;
		money /= BILLION;
	}
	cash->units = (int64_t)money;
	if (cash->units != money)
		return false;
	for (; cash->decimals > least && cash->units % 10 == 0;
	     cash->decimals--)
		cash->units /= 10;
	return true;
}

/* Amounts of quick fills have few decimals as they are. */
static bool
find_cash(const struct book *b, int scale, struct cash *cash)
{
	if (!b->quick.usable)
		return shorten(b->cash, scale, cash);
	*cash = (struct cash){(int64_t)b->cash, b->quick.decimals};
	return cash->units == b->cash;
}

/* The shares that are held.  False: there are parts of one. */
static bool
find_shares(const struct book_held *held, int64_t *shares)
{
	num_i128 whole = held->quantity / NUM_MONEY_ONE;

	*shares = held->side == 0 ? 0 : held->shares;
	if (held->side == 0 || held->shares > 0)
		return true;
	*shares = (int64_t)whole;
	return *shares == whole && whole * NUM_MONEY_ONE == held->quantity;
}

void
run_draw(struct run *run, int scale)
{
	const struct book *b = &run->book;
	struct run_line *line = &run->line;
	struct cash cash;
	int64_t shares;

	*line = (struct run_line){.drawn = true, .scale = scale};
	if (!find_cash(b, scale, &cash) || !find_shares(&b->held, &shares) ||
	    shares > NUM_WHOLE)
		return;
	double room = (double)(NUM_WHOLE - 2) - fabs((double)cash.units);

	line->at = (struct stats_line){
	    .cash = (double)cash.units,
	    .quantity =
		(double)shares * (double)num_power(cash.decimals - scale),
	    .one = (double)num_power(cash.decimals),
	};
	if (room > 0)
		line->highest = shares == 0 ? (double)NUM_WHOLE
					    : room / line->at.quantity - 1;
	if (b->held.side < 0)
		line->at.quantity = -line->at.quantity;
}
