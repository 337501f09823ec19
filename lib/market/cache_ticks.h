/* SPDX-License-Identifier: MIT */
/*
 * The four prices of a block of the column cache, in ticks, each from the one
 * that it is near to:
 *
 *	open	the close of the row before (0 for the first) + step + n
 *	close	the open + step + n
 *	high	the greater of both + n
 *	low	the less of both - n
 *
 * where n is the number that the row has in that column, and step its column's.
 * Ticks are of 32 bits with a sign, modulo 2^32; the price is base + unit *
 * tick, modulo 2^64.
 */
#ifndef QTE_CACHE_TICKS_H
#define QTE_CACHE_TICKS_H

#include "base/base.h"
#include "market/batch.h"
#include "market/cache_column.h"

/* The unit is below this. */
#define CACHE_TICKS_UNIT (UINT64_C(1) << 31)

/* Rows that are one after the other; the columns as struct cache_rows. */
struct cache_ticks {
	const struct cache_column
	    *columns; /* BATCH_PRICES, of one base, unit */
	const char *from[BATCH_PRICES];
	size_t first, n;
	int64_t *to[BATCH_PRICES]; /* room for as many prices */
	int32_t close;		   /* of the row before; then of the last */
};

/*
 * cache_ticks_read(t, vectors):
 * The numbers have 32 bits at most; without ${vectors} as cache_column_read.
 */
void cache_ticks_read(struct cache_ticks *, const struct cache_vectors *);

#endif
