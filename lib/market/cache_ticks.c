/* SPDX-License-Identifier: MIT */
/* Prices of the cache: out of bits. */
#include "market/cache_ticks.h"

#include "market/cache_bits.h"

static void
put_price(struct cache_ticks *t, size_t k, size_t i, int32_t tick)
{
	const struct cache_column *c = &t->columns[k];

	t->to[k][i] = (int64_t)(c->base + c->unit * (uint64_t)(int64_t)tick);
}

/* What row ${i} has in column ${k}. */
static uint32_t
number(const struct cache_ticks *t, size_t k, size_t i)
{
	return (uint32_t)cache_bits_get(t->from[k], t->columns[k].width,
	    t->first + i);
}

/* Rows ${from} up to ${to}, one at a time. */
static void
read_some(struct cache_ticks *t, size_t from, size_t to)
{
	uint32_t gap = (uint32_t)t->columns[BATCH_OPEN].step;
	uint32_t move = (uint32_t)t->columns[BATCH_CLOSE].step;

	for (size_t i = from; i < to; i++) {
		int32_t open = (int32_t)((uint32_t)t->close + gap +
		    number(t, BATCH_OPEN, i));
		int32_t close = (int32_t)((uint32_t)open + move +
		    number(t, BATCH_CLOSE, i));
		uint32_t most = (uint32_t)(open > close ? open : close);
		uint32_t least = (uint32_t)(open < close ? open : close);

		put_price(t, BATCH_OPEN, i, open);
		put_price(t, BATCH_CLOSE, i, close);
		put_price(t, BATCH_HIGH, i,
		    (int32_t)(most + number(t, BATCH_HIGH, i)));
		put_price(t, BATCH_LOW, i,
		    (int32_t)(least - number(t, BATCH_LOW, i)));
		t->close = close;
	}
}

void
cache_ticks_read(struct cache_ticks *t, const struct cache_vectors *vectors)
{
	struct cache_span s = cache_vectors_span(vectors, t->first, t->n);

	read_some(t, 0, s.from);
	if (s.to > s.from)
		vectors->ticks(t, s);
	read_some(t, s.to, t->n);
}
