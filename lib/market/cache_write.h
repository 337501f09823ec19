/* SPDX-License-Identifier: MIT */
/*
 * A file of the column cache, written while its source is read.  It gets its
 * name when all is there and the source was not changed meanwhile, or never.
 */
#ifndef QTE_CACHE_WRITE_H
#define QTE_CACHE_WRITE_H

#include "base/base.h"
#include "base/err.h"
#include "format/digest.h"
#include "machine/in.h"
#include "machine/out.h"
#include "market/batch.h"
#include "market/cache_block.h"
#include "market/cache_tail.h"

struct cache_write {
	bool active;
	struct out out;
	struct batch rows; /* of the block to come */
	struct cache_press *press;
	struct cache_tail tail;	   /* but for its texts */
	struct digest_run *digest; /* of the source's bytes so far */
	int64_t bytes;		   /* how many */
};

/* What the reader of the source came to. */
struct cache_result {
	const char *key, *symbol; /* borrowed; symbol NULL: no such column */
	int64_t read, matched;
	const int64_t *skipped; /* borrowed: by kind */
};

/*
 * cache_write_open(w, path, in, e):
 * Begin ${path} (borrowed), of what is read of ${in} from now on, its start.
 * EX_CANTCREAT.
 */
int cache_write_open(struct cache_write *, const char *, struct in *,
    struct err *) QTE_MUST_CHECK;

/*
 * cache_write_rows(w, rows, from, scale):
 * The rows of ${rows} from ${from} on are the next ones, and with them the
 * scale of the batch (batch.h) is ${scale}.
 */
void cache_write_rows(struct cache_write *, const struct batch *, size_t, int);

/* cache_write_bar(w, bar, line, scale): the same for one row. */
void cache_write_bar(struct cache_write *, const struct bar *, int64_t, int);

/*
 * cache_write_close(w, in, result, made, e):
 * The end of ${in}: give the file its name, unless ${in} is not the same file
 * any more; ${*made} says which.  Return 0 or EX_IOERR.  ${w} is not active
 * after that.
 */
int cache_write_close(struct cache_write *, struct in *,
    const struct cache_result *, bool *, struct err *) QTE_MUST_CHECK;

/* cache_write_abort(w): leave nothing; also when it is not active. */
void cache_write_abort(struct cache_write *);

#endif
