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

/* The shares that are held.  False: there are parts of one. */
static bool
find_shares(const struct book_held *held, int64_t *shares)
{
	num_i128 whole = held->quantity / NUM_MONEY_ONE;

	*shares = (int64_t)whole;
	return whole * NUM_MONEY_ONE == held->quantity && whole <= NUM_WHOLE;
}

/* Any money and quantity; ->one stays 0 where they are not such numbers. */
static void
draw_money(const struct book *b, struct run_line *line)
{
	struct cash cash;
	int64_t shares;

	if (!shorten(b->cash, line->scale, &cash) ||
	    !find_shares(&b->held, &shares))
		return;
	line->at.cash = (double)cash.units;
	line->at.quantity =
	    (double)shares * (double)num_power(cash.decimals - line->scale);
	line->at.one = (double)num_power(cash.decimals);
}

/* The amounts of quick fills have few decimals as they are. */
static void
draw_quick(const struct book *b, struct run_line *line)
{
	int64_t cash = (int64_t)b->cash;

	if (cash != b->cash)
		return;
	line->at.cash = (double)cash;
	line->at.quantity =
	    b->held.side == 0 ? 0 : (double)b->held.shares * b->quick.per_tick;
	line->at.one = b->quick.one;
}

void
run_draw(struct run *run, int scale)
{
	const struct book *b = &run->book;
	struct run_line *line = &run->line;

	line->drawn = true;
	line->scale = scale;
	line->at.one = 0;
	if (b->quick.usable && scale == b->scale)
		draw_quick(b, line);
	else
		draw_money(b, line);
	line->room = line->at.one > 0
	    ? (double)(NUM_WHOLE - 1) - fabs(line->at.cash)
	    : -1;
	if (b->held.side < 0)
		line->at.quantity = -line->at.quantity;
}
