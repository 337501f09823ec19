/* SPDX-License-Identifier: MIT */
/*
 * A column of a block of the column cache: whole numbers, with as few bytes a
 * row as they need.
 */
#ifndef QTE_CACHE_COLUMN_H
#define QTE_CACHE_COLUMN_H

#include "base/base.h"

enum cache_column_kind {
	CACHE_PLAIN,   /* the number itself, or the bits of the double */
	CACHE_ON_OPEN, /* the number less the open price of its row */
	CACHE_WHOLE    /* of the volume: the number that the double is */
};

/*
 * The value of row i is base + step * i + unit * n, where n are the ${width}
 * bytes (0, 1, 2, 4 or 8) that the row has; modulo 2^64.
 */
struct cache_column {
	uint64_t base, step, unit;
	size_t width;
	enum cache_column_kind kind;
};

/* Rows that are one after the other. */
struct cache_rows {
	const char *from;    /* the bytes of the first of them */
	size_t first, n;     /* its number in the block, how many */
	void *to;	     /* room for as many numbers or doubles */
	const int64_t *open; /* of the same rows, for CACHE_ON_OPEN */
};

/* cache_column_read(c, rows): whatever stands in ${c}, but for its width. */
void cache_column_read(const struct cache_column *, const struct cache_rows *);

/*
 * cache_column_scalar(c, rows, from):
 * The same from row ${from} of ${rows} on, one at a time: what
 * cache_column_read does where there are no vectors.
 */
void cache_column_scalar(const struct cache_column *, const struct cache_rows *,
    size_t);

#endif
