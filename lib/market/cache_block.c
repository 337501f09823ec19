/* SPDX-License-Identifier: MIT */
/* Blocks of the column cache: out of bytes. */
#include "market/cache_block.h"

#include <string.h>

#include "format/digest.h"
#include "market/cache_bytes.h"
#include "market/cache_column.h"

/* Bytes of the head that its own checksum is over. */
#define CHECKED (CACHE_BLOCK_HEAD - sizeof(uint64_t))

static bool
column_fits(const struct cache_column *c, enum cache_column_is which)
{
	bool price = which >= CACHE_OPEN && which < CACHE_VOLUME;

	if (c->width != 0 && c->width != 1 && c->width != 2 && c->width != 4 &&
	    c->width != 8)
		return false;
	return c->kind == CACHE_PLAIN ||
	    (c->kind == CACHE_ON_OPEN && price && which != CACHE_OPEN) ||
	    (c->kind == CACHE_WHOLE && which == CACHE_VOLUME);
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
		size += b->column[i].width * b->rows;
	}
	return size == b->size;
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

void
cache_block_rows(const struct cache_block *b, const char *columns, size_t from,
    size_t n, struct batch *to)
{
	void *place[CACHE_COLUMNS] = {[CACHE_TIME] = to->ts_ns,
	    [CACHE_LINE] = to->line,
	    [CACHE_VOLUME] = to->volume};

	for (size_t k = 0; k < BATCH_PRICES; k++)
		place[CACHE_OPEN + k] = to->price[k];
	for (size_t i = 0; i < CACHE_COLUMNS; i++) {
		const struct cache_column *c = &b->column[i];
		struct cache_rows rows = {.from = columns + c->width * from,
		    .first = from,
		    .n = n,
		    .to = (char *)place[i] + to->n * sizeof(uint64_t),
		    .open = to->price[BATCH_OPEN] + to->n};

		cache_column_read(c, &rows);
		columns += c->width * b->rows;
	}
	if (b->loose)
		read_loose(columns + from, n, to);
	to->n += n;
	to->scale = b->scale;
}
