/* SPDX-License-Identifier: MIT */
/*
 * Market data in: CSV with a header, checked, as batches of columns or one bar
 * after the other.  Columns go by name, in any order and letter case
 * (qte-data(5)).  Memory is flat.
 */
#ifndef QTE_BARS_H
#define QTE_BARS_H

#include "base/base.h"
#include "base/err.h"
#include "base/hook.h"
#include "machine/fd.h"
#include "machine/zone.h"
#include "market/bars_fault.h"
#include "market/bars_price.h"
#include "market/batch.h"
#include "market/cache.h"
#include "market/columns.h"
#include "market/range.h"

/* Of a symbol, in bytes. */
#define BARS_SYMBOL_MAX 256

#define BARS_END CSVIN_END
#define BARS_SIGNAL CSVIN_SIGNAL

/* What reads the rows; they all read them alike. */
enum bars_parser {
	BARS_FAST,    /* those that are plain by market/fast.h */
	BARS_GENERAL, /* all by market/row.h */
	BARS_SCALAR   /* as BARS_FAST, but without vectors */
};

struct bars_opts {
	bool skip;	    /* pass over refused rows and count them */
	const char *symbol; /* read this one only, or NULL: there must be one */
	char delimiter;	    /* between fields; 0: a comma */
	enum bars_parser parser;
	/* of a file without a header, borrowed; or NULL: it has one */
	const struct columns *columns;
	/* of times without an offset, borrowed; or NULL: UTC */
	const struct zone *zone;
	struct range_opts range;
	const struct cache_opts *cache; /* borrowed, or NULL: none */
};

struct bars {
	const struct bars_opts *opts; /* borrowed */
	const char *symbol; /* borrowed: option, column (from the first row on)
			     * or the file's stem */
	int64_t rows;	    /* data rows read, whatever became of them */
	int64_t skipped[BARS_FAULTS];
	int64_t outside; /* bars that are not in the range */
	int64_t before;	 /* the range: where the last bar stands (range.h) */
	int64_t warmup;	 /* bars handed out that are before it */
	bool exact;	 /* every price handed out so far was */
	struct bars_source *source;
};

/*
 * bars_open(b, path, opts, e):
 * Open ${path} ("-": standard input) and read its header.  EX_NOINPUT;
 * BARS_SIGNAL; EX_DATAERR for a header without the columns that are needed;
 * EX_IOERR.  After a failure there is nothing to close.
 */
int bars_open(struct bars *, const char *, const struct bars_opts *,
    struct err *) QTE_MUST_CHECK;

/*
 * bars_fill(b, batch, e):
 * The next rows of the range, or before it, in the place of those that
 * ${batch} had: at least one, and as many as there is room for and can be had
 * without waiting for input.  Rows outside the range are checked as all others.
 * Return 0; BARS_END; BARS_SIGNAL; EX_DATAERR with the place in the message for
 * a row that cannot be used, and at the end when there was none that could;
 * EX_IOERR.  Rows that stand before what is no row are handed out first; then
 * ${batch} is without rows.  The counters are those of the last row.
 */
int bars_fill(struct bars *, struct batch *, struct err *) QTE_MUST_CHECK;

/*
 * bars_next(b, bar, e):
 * The same for one bar.  ${bar} is as it was unless there is one.
 */
int bars_next(struct bars *, struct bar *, struct err *) QTE_MUST_CHECK;

/*
 * bars_on_read(b, hook):
 * Have ${hook} called before each block of the file is read, so also while
 * bars_fill passes over many rows.
 */
void bars_on_read(struct bars *, struct hook);

/* bars_on_wait(b, wait): and ask ${wait} before each wait for input. */
void bars_on_wait(struct bars *, struct fd_wait);

/* bars_position(b, at, size): how far the file is read, as in_position. */
bool bars_position(const struct bars *, int64_t *, int64_t *);

/*
 * bars_wrap(b, e), bars_wrap_row(b, batch, i, e):
 * Put the place where the row of the last bar, or row ${i} of ${batch}, begins
 * in front of the message of ${e}.  Return its status.
 */
int bars_wrap(const struct bars *, struct err *);
int bars_wrap_row(const struct bars *, const struct batch *, size_t,
    struct err *);

/*
 * bars_cache(b): what became of the cache, borrowed; whether it stands and what
 * went wrong is of use.
 */
const struct cache *bars_cache(const struct bars *);

/* bars_close(b): give everything back. */
void bars_close(struct bars *);

#endif
