/* SPDX-License-Identifier: MIT */
/* Bars as columns. */
#include "market/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LINE 64 /* bytes of a line of the cache */
#define WIDE (3 + BATCH_PRICES)

void
batch_init(struct batch *b, size_t cap)
{
	/*
	 * Columns a power of two apart would fight for the same lines of the
	 * cache, as each row is written into all of them.
	 */
	size_t lines = (cap * sizeof(int64_t) + LINE - 1) / LINE + 1;
	char *at;

	*b = (struct batch){.cap = cap};
	b->memory = mem_alloc((WIDE + 1) * lines * LINE + cap + LINE, 1);
	at = b->memory;
	at += (LINE - (uintptr_t)at % LINE) % LINE;
	b->ts_ns = (void *)at;
	b->volume = (void *)(at + 1 * lines * LINE);
	b->line = (void *)(at + 2 * lines * LINE);
	for (size_t k = 0; k < BATCH_PRICES; k++)
		b->price[k] = (void *)(at + (3 + k) * lines * LINE);
	b->symbol = (void *)(at + WIDE * lines * LINE);
	b->loose = (void *)(at + (WIDE + 1) * lines * LINE);
}

void
batch_release(struct batch *b)
{
	free(b->memory);
	*b = (struct batch){0};
}

void
batch_reset(struct batch *b)
{
	if (b->any_loose)
		memset(b->loose, 0, b->n);
	b->any_loose = b->in_lines = false;
	b->n = b->before = 0;
}

void
batch_lines(struct batch *b)
{
	for (size_t i = 1; b->in_lines && i < b->n; i++)
		b->line[i] = batch_line(b, i);
	b->in_lines = false;
}

static void
put_price(struct batch *b, int k, const struct bars_price *p)
{
	/* A double has as many bits as a number of units. */
	memcpy(&b->price[k][b->n], &p->units, sizeof(p->units));
	if (!p->exact) {
		b->loose[b->n] |= (uint8_t)(1 << k);
		b->any_loose = true;
	}
}

void
batch_add(struct batch *b, const struct bar *bar, int64_t line)
{
	b->ts_ns[b->n] = bar->ts_ns;
	put_price(b, BATCH_OPEN, &bar->open);
	put_price(b, BATCH_HIGH, &bar->high);
	put_price(b, BATCH_LOW, &bar->low);
	put_price(b, BATCH_CLOSE, &bar->close);
	b->volume[b->n] = bar->volume;
	batch_lines(b);
	b->line[b->n] = line;
	b->n++;
}

void
batch_bar(const struct batch *b, size_t i, struct bar *bar)
{
	bar->ts_ns = b->ts_ns[i];
	bar->open = batch_price(b, i, BATCH_OPEN);
	bar->high = batch_price(b, i, BATCH_HIGH);
	bar->low = batch_price(b, i, BATCH_LOW);
	bar->close = batch_price(b, i, BATCH_CLOSE);
	bar->volume = b->volume[i];
}
