/* SPDX-License-Identifier: MIT */
/*
 * Rows of market data that are as most rows are, straight into columns: plain
 * numbers, no quotes, times in order.  A row that is not so stays where it is,
 * for market/row.h to read or to refuse; what both take is the same in both.
 */
#ifndef QTE_FAST_H
#define QTE_FAST_H

#include "base/base.h"
#include "market/batch.h"
#include "market/columns.h"
#include "market/pick.h"
#include "market/stamp.h"

/* Fields of a row that is taken here. */
#define FAST_FIELDS 64

#define FAST_DATE 10 /* YYYY-MM-DD */

struct fast_vector;

struct fast {
	struct columns columns;
	char delimiter;
	bool unread;	     /* there are columns whose text nobody reads */
	struct pick *pick;   /* borrowed, and so is the next */
	struct stamp *stamp; /* the last row that was used */
	const char *symbol;  /* borrowed from pick: of the rows to take */
	size_t symbol_len;
	size_t clock_len;     /* of a time to the second, with its Z, or 0 */
	char date[FAST_DATE]; /* the last that was read, and its midnight */
	int64_t date_ns;
	struct fast_vector *vector; /* owned, or NULL */
};

/* A run of rows. */
struct fast_run {
	const char *at;	     /* the next row; moves on */
	const char *end;     /* just behind a newline; IN_PAD bytes follow */
	int64_t line;	     /* of the file: of the next row; moves on */
	struct batch *batch; /* where rows are added */
	size_t room;	     /* until it has so many */
	int scale;	     /* the batch's; grows */
};

/*
 * fast_init(f, columns, delimiter), fast_release(f):
 * Before the first row.  The members that are borrowed are for the caller to
 * set.
 */
void fast_init(struct fast *, const struct columns *, char);
void fast_release(struct fast *);

/* fast_vectors(f): read by vectors, if the processor has them. */
void fast_vectors(struct fast *);

/*
 * fast_rows(f, run):
 * Add rows, and pass over those of other symbols when one is wanted, up to one
 * that is not plain, the end or no more room.  What was added is noted in
 * f->stamp, but that says there is no row yet: then none is added.
 */
void fast_rows(struct fast *, struct fast_run *);

#endif
