/* SPDX-License-Identifier: MIT */
/*
 * A file of the column cache, read.  No row is handed out before the checksum
 * of its block is held against it.
 */
#ifndef QTE_CACHE_READ_H
#define QTE_CACHE_READ_H

#include "base/base.h"
#include "market/batch.h"
#include "market/cache_block.h"
#include "market/cache_tail.h"

/* It is not what was written, or cannot be read.  Not a status. */
#define CACHE_DAMAGED (-3)

/* It is of another version of this format.  Not a status. */
#define CACHE_OTHER (-4)

struct cache_read {
	int fd;			  /* owned */
	struct cache_tail tail;	  /* owned */
	struct cache_block block; /* the last that was read; rows 0: none */
	char *data;		  /* owned: a part of the file */
	size_t cap, pos, len;	  /* of ->data: what of it is still to come */
	int64_t at;		  /* where in the file ->pos is */
	uint64_t number;	  /* of the block that is read next */
	int64_t next;		  /* row that is handed out next */
	int64_t start;		  /* row with which ->block begins */
	bool damaged;		  /* nothing more can be had of it */
};

/*
 * cache_read_open(r, fd):
 * Read the tail of the file ${fd} (taken, unless it fails).  Return 0,
 * CACHE_DAMAGED or CACHE_OTHER.
 */
int cache_read_open(struct cache_read *, int) QTE_MUST_CHECK;
void cache_read_close(struct cache_read *);

/*
 * cache_read_find(r, ns, row):
 * The first row that is not before ${ns}, or how many there are.  Return 0 or
 * CACHE_DAMAGED.
 */
int cache_read_find(struct cache_read *, int64_t, int64_t *) QTE_MUST_CHECK;

/* cache_read_seek(r, row): hand out ${row} next.  0 or CACHE_DAMAGED. */
int cache_read_seek(struct cache_read *, int64_t) QTE_MUST_CHECK;

/*
 * cache_read_rows(r, to, n):
 * Add at most ${n} rows to ${to}, for which there is room, and at least one
 * unless it was the last.  0 or CACHE_DAMAGED.
 */
int cache_read_rows(struct cache_read *, struct batch *, size_t) QTE_MUST_CHECK;

/* cache_read_seen(r): about so many rows of the source are handed out or passed
 * over; after the last one it is all of them. */
int64_t cache_read_seen(const struct cache_read *);

#endif
