/* SPDX-License-Identifier: MIT */
/* Prices of the cache by vectors of any size (cache_lanes.h). */
#ifndef QTE_CACHE_LANES_TICKS_H
#define QTE_CACHE_LANES_TICKS_H

#include "market/cache_lanes.h"
#include "market/cache_ticks.h"

KERNEL void
put_prices(int64_t *to, VECTOR ticks, VECTOR unit, VECTOR base)
{
	VECTOR v = halves(ticks), upper = SHIFT_RIGHT_64(v, 32);

	STORE(to, ADD_64(MULTIPLY_SIGNED(v, unit), base));
	STORE(to + WIDE, ADD_64(MULTIPLY_SIGNED(upper, unit), base));
}

TARGET static void
read_ticks(struct cache_ticks *t, struct cache_span s)
{
	const struct cache_column *c = t->columns;
	struct lanes l[BATCH_PRICES] = {
	    lanes_of(t->from[0], c[0].width, t->first + s.from),
	    lanes_of(t->from[1], c[1].width, t->first + s.from),
	    lanes_of(t->from[2], c[2].width, t->first + s.from),
	    lanes_of(t->from[3], c[3].width, t->first + s.from)};
	VECTOR gap = ALL_32((int32_t)c[BATCH_OPEN].step);
	VECTOR move = ALL_32((int32_t)c[BATCH_CLOSE].step);
	VECTOR base = ALL_64((int64_t)c->base), unit = ALL_64((int64_t)c->unit);
	VECTOR last = ALL_32(LANES - 1), before = ALL_32(t->close);

	for (size_t i = s.from; i < s.to; i += LANES) {
		VECTOR moves = ADD_32(lanes_next(&l[BATCH_CLOSE]), move);
		VECTOR gaps = ADD_32(lanes_next(&l[BATCH_OPEN]), gap);
		VECTOR close = ADD_32(before, sums(ADD_32(gaps, moves)));
		VECTOR open = SUBTRACT_32(close, moves);
		VECTOR high =
		    ADD_32(MAX_32(open, close), lanes_next(&l[BATCH_HIGH]));
		VECTOR low =
		    SUBTRACT_32(MIN_32(open, close), lanes_next(&l[BATCH_LOW]));

		before = PICK_LANES(close, last);
		put_prices(t->to[BATCH_OPEN] + i, open, unit, base);
		put_prices(t->to[BATCH_HIGH] + i, high, unit, base);
		put_prices(t->to[BATCH_LOW] + i, low, unit, base);
		put_prices(t->to[BATCH_CLOSE] + i, close, unit, base);
	}
	t->close = FIRST_32(before);
}

#endif
