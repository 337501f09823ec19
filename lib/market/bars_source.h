/* SPDX-License-Identifier: MIT */
/*
 * Inside bars: what it reads from.  bars.c reads the source, bars_cache.c what
 * the cache has of it.
 */
#ifndef QTE_BARS_SOURCE_H
#define QTE_BARS_SOURCE_H

#include "format/csvin.h"
#include "machine/in.h"
#include "market/cache.h"
#include "market/columns.h"
#include "market/fast.h"
#include "market/pick.h"
#include "market/range.h"
#include "market/row.h"
#include "market/stamp.h"

struct bars;

struct bars_source {
	struct in in;
	struct csvin *csv;
	struct columns columns;
	struct row row;
	struct stamp stamp;
	int64_t first_ns; /* of the first row that was used */
	struct range range;
	char *stem; /* owned: of the file's name */
	struct pick pick;
	int64_t matched; /* rows of the symbol */
	int64_t given;	 /* bars of the range */
	struct fast fast;
	int scale; /* decimals of the exact prices so far */
	int late;  /* came behind rows that were handed out first: */
	struct err late_err;
	struct batch one; /* of bars_next; empty before the first call */
	struct cache cache;
	int64_t begins, ends; /* the rows of it that are the range */
	int64_t given_ns;     /* of the last row that it gave */
	char *cached;	      /* owned: the symbol that it named */
};

/* bars_begin(b, e): read the header of the source. */
int bars_begin(struct bars *, struct err *) QTE_MUST_CHECK;

/* bars_read(b, batch, e): bars_fill from the source. */
int bars_read(struct bars *, struct batch *, struct err *) QTE_MUST_CHECK;

/* bars_finish(b, e): the end of the rows, which may be an error. */
int bars_finish(const struct bars *, struct err *) QTE_MUST_CHECK;

/*
 * bars_cache_open(b):
 * Look for the rows in the cache: the source, of which nothing was read, is
 * left alone as long as cache.reading.
 */
void bars_cache_open(struct bars *);

/* bars_cache_fill(b, batch, e): bars_fill, from the cache while that is good.
 */
int bars_cache_fill(struct bars *, struct batch *, struct err *) QTE_MUST_CHECK;

/* bars_cache_end(b): the source is read to its end. */
void bars_cache_end(struct bars *);

#endif
