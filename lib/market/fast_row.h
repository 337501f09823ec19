/* SPDX-License-Identifier: MIT */
/* What the parts of the reader of plain rows (fast.h) share. */
#ifndef QTE_FAST_ROW_H
#define QTE_FAST_ROW_H

#include "base/base.h"
#include "market/batch.h"
#include "market/columns.h"
#include "market/pick.h"
#include "market/roster.h"
#include "market/stamp.h"

/* Fields of a row that is taken here. */
#define FAST_FIELDS 64

#define FAST_DATE 10 /* YYYY-MM-DD */

struct fast_vector;

struct fast {
	struct columns columns;
	char delimiter;
	bool unread;		/* there are columns whose text nobody reads */
	struct pick *pick;	/* borrowed, and so is the next */
	struct stamp *stamp;	/* the last row that was used */
	struct roster *symbols; /* borrowed: take rows of all; or NULL */
	int64_t unit_ns;	/* of counts since 1970; 0: any */
	const char *symbol;	/* borrowed from pick: of the rows to take */
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

/* fast_vector_new(): owned, by free(); NULL when the processor has none. */
struct fast_vector *fast_vector_new(void);

/* fast_vector_rows(f, run): as fast_rows, but more rows are not plain to it. */
void fast_vector_rows(struct fast *, struct fast_run *);

/*
 * fast_vector_ends(f, p, ends):
 * Find where the fields of the row at ${p} end, counted from there, without
 * its newline; IN_PAD bytes follow that.  Only with f->vector.  Return false
 * when they are not as many as the columns, or not printable ASCII without
 * quotes.
 */
bool fast_vector_ends(const struct fast *, const char *,
    uint32_t *) QTE_MUST_CHECK;

/* A row as its digits are. */
struct fast_values {
	int64_t ts_ns;
	int64_t price[BATCH_PRICES]; /* in 1e-9 */
	double volume;
	unsigned minus;	 /* in front of which; bit BATCH_PRICES: the volume */
	uint32_t symbol; /* of f->symbols */
};

/*
 * Rows by their shape: only with f->vector and f->symbols, for times without a
 * named zone, and with IN_PAD bytes behind the newline of the row at ${p}.
 *
 * fast_vector_read(f, p, v):
 * The row, right or wrong, by a shape that is known.  Return its size with its
 * newline; or 0 when it has none, or its time or its symbol is new: ${*v} is of
 * no use then.  f->date may be that of the row in both cases.
 *
 * fast_vector_learn(f, p):
 * Know the shape of a row whose time is right, and add its symbol to
 * f->symbols.  False when it has no shape, as with more than ROSTER_SHORT bytes
 * of a symbol.
 */
size_t fast_vector_read(struct fast *, const char *,
    struct fast_values *) QTE_MUST_CHECK;
bool fast_vector_learn(struct fast *, const char *) QTE_MUST_CHECK;

/*
 * fast_time_any(f, text, n, ns):
 * Whether the text is a time of the form that those before have.
 */
bool fast_time_any(struct fast *, const char *, size_t, int64_t *);

/* What a row is for. */
enum fast_use { FAST_TAKE, FAST_PASS, FAST_LEAVE };

/* fast_symbol(f, text, n): the same by its symbol. */
enum fast_use fast_symbol(const struct fast *, const char *, size_t);

#endif
