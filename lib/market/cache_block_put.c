/* SPDX-License-Identifier: MIT */
/* Blocks of the column cache: into bytes. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "format/digest.h"
#include "market/cache_bits.h"
#include "market/cache_block.h"
#include "market/cache_bytes.h"
#include "market/cache_fit.h"

struct cache_press {
	uint64_t seed;
	uint64_t numbers[BATCH_PRICES][CACHE_BLOCK_ROWS];
	struct buf columns, bytes;
};

static bool
all_whole(const double *values, size_t n)
{
	bool whole = true;

	for (size_t i = 0; i < n; i++) {
		uint64_t bits;

		memcpy(&bits, &values[i], sizeof(bits));
		whole = whole && bits >> 63 == 0 &&
		    values[i] < CACHE_WHOLE_BELOW &&
		    (double)(uint64_t)values[i] == values[i];
	}
	return whole;
}

static inline void
put_word(char *at, uint64_t bits)
{
	bits = htole64(bits);
	memcpy(at, &bits, sizeof(bits));
}

static void
put_numbers(const uint64_t *numbers, size_t n, size_t width, struct buf *to)
{
	char *at =
	    buf_reserve(to, cache_bits_size(width, n) + sizeof(*numbers));
	uint64_t bits = 0, v;
	size_t fill = 0;

	to->len += cache_bits_size(width, n);
	for (size_t i = 0; i < n; i++) {
		v = numbers[i];
		bits |= v << fill;
		fill += width;
		if (fill < 64)
			continue;
		fill -= 64;
		put_word(at, bits);
		at += sizeof(bits);
		bits = fill == 0 ? 0 : v >> (width - fill);
	}
	put_word(at, bits);
}

static void
put_column(struct cache_press *p, const struct cache_block *b,
    enum cache_column_is which, const uint64_t *numbers)
{
	put_numbers(numbers, b->rows, b->column[which].width, &p->columns);
}

/* What grows from row to row. */
static void
put_steps(struct cache_press *p, struct cache_block *b,
    enum cache_column_is which, const int64_t *values)
{
	memcpy(p->numbers[0], values, b->rows * sizeof(values[0]));
	cache_fit_steps(&b->column[which], p->numbers[0], b->rows);
	put_column(p, b, which, p->numbers[0]);
}

static void
copy_prices(struct cache_press *p, const struct batch *rows)
{
	for (size_t k = 0; k < BATCH_PRICES; k++)
		memcpy(p->numbers[k], rows->price[k],
		    rows->n * sizeof(rows->price[k][0]));
}

static void
put_prices(struct cache_press *p, struct cache_block *b,
    const struct batch *rows)
{
	struct cache_column *c = b->column + CACHE_OPEN;
	uint64_t *const numbers[BATCH_PRICES] = {p->numbers[0], p->numbers[1],
	    p->numbers[2], p->numbers[3]};

	copy_prices(p, rows);
	if (b->loose || !cache_fit_ticks(c, numbers, b->rows)) {
		copy_prices(p, rows);
		for (size_t k = 0; k < BATCH_PRICES; k++)
			cache_fit_plain(&c[k], numbers[k], b->rows);
	}
	for (size_t k = 0; k < BATCH_PRICES; k++)
		put_column(p, b, (enum cache_column_is)(CACHE_OPEN + k),
		    numbers[k]);
}

static void
put_volume(struct cache_press *p, struct cache_block *b,
    const struct batch *rows)
{
	struct cache_column *c = &b->column[CACHE_VOLUME];
	bool whole = all_whole(rows->volume, b->rows);

	if (whole)
		for (size_t i = 0; i < b->rows; i++)
			p->numbers[0][i] = (uint64_t)rows->volume[i];
	else
		memcpy(p->numbers[0], rows->volume,
		    b->rows * sizeof(rows->volume[0]));
	cache_fit_plain(c, p->numbers[0], b->rows);
	if (whole)
		c->kind = CACHE_WHOLE;
	put_column(p, b, CACHE_VOLUME, p->numbers[0]);
}

static void
put_columns(struct cache_press *p, struct cache_block *b,
    const struct batch *rows)
{
	put_steps(p, b, CACHE_TIME, rows->ts_ns);
	put_steps(p, b, CACHE_LINE, rows->line);
	put_prices(p, b, rows);
	put_volume(p, b, rows);
	if (b->loose)
		buf_add(&p->columns, rows->loose, rows->n);
}

static void
put_head(const struct cache_block *b, struct buf *to)
{
	cache_put_64(to, b->check);
	cache_put_64(to, b->number);
	cache_put_32(to, (uint32_t)b->rows);
	cache_put_32(to, (uint32_t)b->size);
	cache_put_32(to, (uint32_t)b->scale);
	cache_put_32(to, b->loose);
	cache_put_64(to, (uint64_t)b->first_ns);
	cache_put_64(to, (uint64_t)b->last_ns);
	for (size_t i = 0; i < CACHE_COLUMNS; i++) {
		const struct cache_column *c = &b->column[i];

		cache_put_64(to, c->base);
		cache_put_64(to, c->step);
		cache_put_64(to, c->unit);
		cache_put_32(to, (uint32_t)c->width);
		cache_put_32(to, c->kind);
	}
}

struct cache_press *
cache_press_new(uint64_t seed)
{
	struct cache_press *p = mem_alloc(1, sizeof(*p));

	p->seed = seed;
	return p;
}

void
cache_press_free(struct cache_press *p)
{
	if (p == NULL)
		return;
	buf_release(&p->columns);
	buf_release(&p->bytes);
	free(p);
}

const struct buf *
cache_block_put(struct cache_press *p, struct cache_block *b,
    const struct batch *rows)
{
	struct buf *to = &p->bytes;
	uint64_t check = 0;

	b->rows = rows->n;
	b->scale = rows->scale;
	b->loose = rows->any_loose;
	b->first_ns = rows->ts_ns[0];
	b->last_ns = rows->ts_ns[rows->n - 1];
	buf_reset(&p->columns);
	put_columns(p, b, rows);
	b->size = p->columns.len;
	b->check = digest_sum(buf_text(&p->columns), b->size, p->seed);
	buf_reset(to);
	cache_put_64(to, 0);
	put_head(b, to);
	check = htole64(digest_sum(to->data + sizeof(check),
	    to->len - sizeof(check), p->seed));
	memcpy(to->data, &check, sizeof(check));
	buf_add(to, buf_text(&p->columns), b->size);
	return to;
}
