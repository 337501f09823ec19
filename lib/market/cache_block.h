/* SPDX-License-Identifier: MIT */
/*
 * A block of the column cache (qte-data(5)): some thousand rows, each column
 * with as many bits a row as its values need, under checksums.  All functions
 * here take any bytes whatever.
 */
#ifndef QTE_CACHE_BLOCK_H
#define QTE_CACHE_BLOCK_H

#include "base/base.h"
#include "base/buf.h"
#include "market/batch.h"
#include "market/cache_column.h"

/* Rows of each block but the last. */
#define CACHE_BLOCK_ROWS 4096

/* Bytes of a block before its columns. */
#define CACHE_BLOCK_HEAD 280

enum cache_column_is {
	CACHE_TIME,
	CACHE_LINE,
	CACHE_OPEN, /* the prices in the order of enum BATCH_OPEN.. */
	CACHE_VOLUME = CACHE_OPEN + BATCH_PRICES,
	CACHE_COLUMNS
};

struct cache_block {
	uint64_t number; /* from 0 */
	size_t rows;	 /* 1 to CACHE_BLOCK_ROWS */
	size_t size;	 /* bytes of the columns */
	uint64_t check;	 /* of them */
	int scale;	 /* of the batch, with the last row (batch.h) */
	bool loose;	 /* there is a column of bits (batch.h) */
	int64_t first_ns, last_ns;
	struct cache_column column[CACHE_COLUMNS];
	size_t next;   /* row that cache_block_rows adds next */
	int32_t close; /* in ticks, of the row before it (cache_ticks.h) */
};

/*
 * cache_press_new(seed), cache_press_free(p):
 * What blocks are made with; all of a file bear checksums of one ${seed}.
 */
struct cache_press;

struct cache_press *cache_press_new(uint64_t) QTE_MUST_CHECK;
void cache_press_free(struct cache_press *);

/*
 * cache_block_put(p, block, rows):
 * The bytes of all of ${rows}, of which there are 1 to CACHE_BLOCK_ROWS, as the
 * block whose ->number is set; the other members are filled in.
 * The result is borrowed until the next call.
 */
const struct buf *cache_block_put(struct cache_press *, struct cache_block *,
    const struct batch *);

/*
 * cache_block_head(block, bytes, number, seed):
 * Read the CACHE_BLOCK_HEAD bytes in front of the columns of block ${number}.
 * Return false when they are not what cache_block_put wrote.
 */
bool cache_block_head(struct cache_block *, const char *, uint64_t,
    uint64_t) QTE_MUST_CHECK;

/*
 * cache_block_good(block, columns, seed):
 * Whether the ${block->size} bytes behind the head are what was written.
 */
bool cache_block_good(const struct cache_block *, const char *,
    uint64_t) QTE_MUST_CHECK;

/*
 * cache_block_rows(block, columns, n, to):
 * Add the next ${n} rows, which there are, to ${to}, which has room for them.
 * The columns must be good, and have CACHE_BITS_SLACK bytes behind them.
 */
void cache_block_rows(struct cache_block *, const char *, size_t,
    struct batch *);

#endif
