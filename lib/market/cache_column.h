/* SPDX-License-Identifier: MIT */
/*
 * A column of a block of the column cache: whole numbers, with as few bits a
 * row as they need.
 */
#ifndef QTE_CACHE_COLUMN_H
#define QTE_CACHE_COLUMN_H

#include "base/base.h"
#include "market/cache_vectors.h"

enum cache_column_kind {
	CACHE_PLAIN, /* the number itself, or the bits of the double */
	CACHE_WHOLE, /* of the volume: the number that the double is */
	CACHE_TICKS  /* of the four prices (cache_ticks.h) */
};

/*
 * The numbers of CACHE_WHOLE are below 2^52, whose bits as a double are these:
 * with theirs it is the double they are above it.
 */
#define CACHE_WHOLE_BELOW 4503599627370496.0
#define CACHE_WHOLE_BITS INT64_C(0x4330000000000000)

/*
 * Unless it is CACHE_TICKS, the value of row i is base + step * i + unit * n,
 * where n is the number of ${width} bits that the row has; modulo 2^64.
 */
struct cache_column {
	uint64_t base, step, unit;
	size_t width; /* cache_bits_fit; of 64 bits the unit is 1 */
	enum cache_column_kind kind;
};

/* Rows that are one after the other. */
struct cache_rows {
	const char *from; /* the column; behind it, CACHE_BITS_SLACK bytes */
	size_t first, n;  /* the first of them, how many */
	void *to;	  /* room for as many numbers or doubles */
};

/*
 * cache_column_read(c, rows, vectors):
 * Any column but those of CACHE_TICKS; without ${vectors} one row at a time,
 * which comes to the same.
 */
void cache_column_read(const struct cache_column *, const struct cache_rows *,
    const struct cache_vectors *);

#endif
