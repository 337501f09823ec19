/* SPDX-License-Identifier: MIT */
/* What accounts need to be marked at the closes of a batch. */
#include "tape.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "figures/stats.h"

void
tape_init(struct tape *t, size_t room)
{
	*t = (struct tape){
	    .memory = mem_alloc(room + 2 * STATS_LANES, sizeof(*t->memory))};
	t->close = t->memory + STATS_LANES;
	batch_init(&t->batch, room);
}

void
tape_release(struct tape *t)
{
	batch_release(&t->batch);
	free(t->memory);
}

/* The lowest low. */
static int64_t
least(const struct batch *b)
{
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < b->n; i++)
		if (b->price[BATCH_LOW][i] < least)
			least = b->price[BATCH_LOW][i];
	return least;
}

void
tape_ready(struct tape *t)
{
	const struct batch *b = &t->batch;
	const int64_t *close = b->price[BATCH_CLOSE];
	int64_t bottom = INT64_MAX, most = 0;
	int64_t units = num_power(NUM_PRICE_SCALE - b->scale);

	for (size_t i = 0; i < b->n; i++) {
		bottom = close[i] < bottom ? close[i] : bottom;
		most = close[i] > most ? close[i] : most;
	}
	t->exact = !b->any_loose && most < NUM_WHOLE;
	t->lowest = (double)bottom / (double)units;
	t->low = (struct bars_price){!b->any_loose, {.units = least(b)}};
	t->highest = (double)most / (double)units;
	if (t->exact)
		batch_ticks(close, b->n, units, t->close);
}
