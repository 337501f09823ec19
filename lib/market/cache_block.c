/* SPDX-License-Identifier: MIT */
/* Blocks of the column cache: out of bytes. */
#include "market/cache_block.h"

#include <string.h>

#include "format/digest.h"
#include "market/cache_bits.h"
#include "market/cache_bytes.h"
#include "market/cache_ticks.h"
#include "market/cache_vectors.h"

/* Bytes of the head that its own checksum is over. */
#define CHECKED (CACHE_BLOCK_HEAD - sizeof(uint64_t))

static bool
column_fits(const struct cache_column *c, enum cache_column_is which)
{
	bool price = which >= CACHE_OPEN && which < CACHE_VOLUME;

	if (!cache_bits_fit(c->width) || (c->width == 64 && c->unit != 1))
		return false;
	switch (c->kind) {
	case CACHE_PLAIN:
		return true;
	case CACHE_WHOLE:
		return which == CACHE_VOLUME;
	case CACHE_TICKS:
		return price && c->width <= 32 && c->unit < CACHE_TICKS_UNIT;
	default:
		return false;
	}
}

/* Whether the prices are all in the same ticks, or none of them. */
static bool
prices_fit(const struct cache_column *c, bool loose)
{
	for (size_t k = 1; k < BATCH_PRICES; k++) {
		if (c[k].kind != c[0].kind)
			return false;
		if (c[0].kind == CACHE_TICKS &&
		    (c[k].base != c[0].base || c[k].unit != c[0].unit))
			return false;
	}
	return c[0].kind != CACHE_TICKS ||
	    (c[BATCH_HIGH].step == 0 && c[BATCH_LOW].step == 0 && !loose);
}

static void
get_column(struct cache_column *c, const char **at)
{
	c->base = cache_get_64(at);
	c->step = cache_get_64(at);
	c->unit = cache_get_64(at);
	c->width = cache_get_32(at);
	c->kind = cache_get_32(at);
}

/* Whether the members go together; no reading or writing hangs on others. */
static bool
fits(const struct cache_block *b)
{
	size_t size = b->loose ? b->rows : 0;

	if (b->rows == 0 || b->rows > CACHE_BLOCK_ROWS || b->scale < 0 ||
	    b->scale > 9)
		return false;
	for (enum cache_column_is i = 0; i < CACHE_COLUMNS; i++) {
		if (!column_fits(&b->column[i], i))
			return false;
		size += cache_bits_size(b->column[i].width, b->rows);
	}
	return size == b->size && prices_fit(b->column + CACHE_OPEN, b->loose);
}

bool
cache_block_head(struct cache_block *b, const char *bytes, uint64_t number,
    uint64_t seed)
{
	const char *at = bytes;

	if (cache_get_64(&at) != digest_sum(at, CHECKED, seed))
		return false;
	b->check = cache_get_64(&at);
	b->number = cache_get_64(&at);
	b->rows = cache_get_32(&at);
	b->size = cache_get_32(&at);
	b->scale = (int)cache_get_32(&at);
	b->loose = cache_get_32(&at) == 1;
	b->first_ns = (int64_t)cache_get_64(&at);
	b->last_ns = (int64_t)cache_get_64(&at);
	for (size_t i = 0; i < CACHE_COLUMNS; i++)
		get_column(&b->column[i], &at);
	b->next = 0;
	b->close = 0;
	return b->number == number && fits(b);
}

bool
cache_block_good(const struct cache_block *b, const char *columns,
    uint64_t seed)
{
	return digest_sum(columns, b->size, seed) == b->check;
}

static void
read_loose(const char *from, size_t n, struct batch *to)
{
	uint8_t any = 0;

	memcpy(to->loose + to->n, from, n);
	for (size_t i = 0; i < n; i++)
		any |= to->loose[to->n + i];
	to->any_loose = to->any_loose || any != 0;
}

/* The four prices, of which there are ${n} more. */
static void
read_ticks(struct cache_block *b, const char *const from[], size_t n,
    struct batch *to)
{
	struct cache_ticks t = {.columns = b->column + CACHE_OPEN,
	    .first = b->next,
	    .n = n,
	    .close = b->close};

	for (size_t k = 0; k < BATCH_PRICES; k++) {
		t.from[k] = from[CACHE_OPEN + k];
		t.to[k] = to->price[k] + to->n;
	}
	cache_ticks_read(&t, cache_vectors_best());
	b->close = t.close;
}

/* Whether the line of the first row of ${to} says what those of the next are.
 */
static bool
in_lines(const struct cache_block *b, struct batch *to)
{
	const struct cache_column *c = &b->column[CACHE_LINE];
	int64_t next = (int64_t)(c->base + c->step * b->next);
	bool even = c->width == 0 && c->step == 1;

	if (to->n == 0) {
		to->line[0] = next;
		to->in_lines = even;
	}
	if (to->in_lines && even && batch_line(to, to->n) == next)
		return true;
	batch_lines(to);
	return false;
}

void
cache_block_rows(struct cache_block *b, const char *columns, size_t n,
    struct batch *to)
{
	const struct cache_vectors *vectors = cache_vectors_best();
	const char *from[CACHE_COLUMNS];
	void *place[CACHE_COLUMNS] = {[CACHE_TIME] = to->ts_ns + to->n,
	    [CACHE_LINE] = to->line + to->n,
	    [CACHE_VOLUME] = to->volume + to->n};

	for (size_t k = 0; k < BATCH_PRICES; k++)
		place[CACHE_OPEN + k] = to->price[k] + to->n;
	for (size_t i = 0; i < CACHE_COLUMNS; i++) {
		const struct cache_column *c = &b->column[i];

		from[i] = columns;
		columns += cache_bits_size(c->width, b->rows);
		if (c->kind != CACHE_TICKS &&
		    (i != CACHE_LINE || !in_lines(b, to)))
			cache_column_read(c,
			    &(struct cache_rows){.from = from[i],
				.first = b->next,
				.n = n,
				.to = place[i]},
			    vectors);
	}
	if (b->column[CACHE_OPEN].kind == CACHE_TICKS)
		read_ticks(b, from, n, to);
	if (b->loose)
		read_loose(columns + b->next, n, to);
	b->next += n;
	to->n += n;
	to->scale = b->scale;
}
