/* SPDX-License-Identifier: MIT */
/* Columns of the cache: out of bits. */
#include "market/cache_column.h"

#include <string.h>

#include "market/cache_bits.h"

/* The double that a number below 2^52 is; of others what vectors make. */
static double
whole_of(uint64_t v)
{
	double d;

	v |= CACHE_WHOLE_BITS;
	memcpy(&d, &v, sizeof(d));
	return d - CACHE_WHOLE_BELOW;
}

/* Rows ${from} up to ${to}, one at a time. */
static void
read_some(const struct cache_column *c, const struct cache_rows *rows,
    size_t from, size_t to)
{
	char *at = (char *)rows->to + from * sizeof(uint64_t);

	for (size_t i = from; i < to; i++, at += sizeof(uint64_t)) {
		size_t row = rows->first + i;
		uint64_t v = c->base + c->step * row +
		    c->unit * cache_bits_get(rows->from, c->width, row);
		double whole = whole_of(v);

		memcpy(at, c->kind == CACHE_WHOLE ? (void *)&whole : (void *)&v,
		    sizeof(v));
	}
}

void
cache_column_read(const struct cache_column *c, const struct cache_rows *rows,
    const struct cache_vectors *vectors)
{
	struct cache_span s = cache_vectors_span(vectors, rows->first, rows->n);

	read_some(c, rows, 0, s.from);
	if (s.to > s.from)
		vectors->column(c, rows, s);
	read_some(c, rows, s.to, rows->n);
}
