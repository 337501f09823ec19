/* SPDX-License-Identifier: MIT */
/* The equity between two fills. */
#include "run.h"

#define BILLION INT64_C(1000000000)

/* Money as a whole number of 10^-decimals, as few as from ${least} on do. */
static num_i128
shorten(num_i128 money, int least, int *decimals)
{
	int64_t few;

	*decimals = NUM_MONEY_SCALE;
	if (money % BILLION == 0) {
		*decimals -= 9;
		money /= BILLION;
	}
	few = (int64_t)money;
	if (few != money)
		return money;
	for (; *decimals > least && few % 10 == 0; --*decimals)
		few /= 10;
	return few;
}

void
run_draw(struct run *run, int scale)
{
	const struct book_trade *trade = &run->book.trade;
	num_i128 quantity = trade->quantity / NUM_MONEY_ONE;
	int decimals;
	num_i128 cash = shorten(run->book.cash, scale, &decimals);
	double room = (double)NUM_WHOLE - 2;

	run->line = (struct run_line){.drawn = true, .scale = scale};
	if (trade->quantity % NUM_MONEY_ONE != 0 || quantity > NUM_WHOLE)
		return;
	run->line.cash = (double)cash;
	run->line.quantity =
	    (double)quantity * (double)num_power(decimals - scale);
	run->line.one = (double)num_power(decimals);
	room -= run->line.cash < 0 ? -run->line.cash : run->line.cash;
	if (room > 0)
		run->line.highest = quantity == 0
		    ? (double)NUM_WHOLE
		    : room / run->line.quantity - 1;
	if (trade->side < 0)
		run->line.quantity = -run->line.quantity;
}
