/* SPDX-License-Identifier: MIT */
/*
 * Rows of bars that are plain, many at a time as columns: by market/fast.h,
 * which takes only rows whose values are right, and by wrong.h.  What is left
 * to say about those is said here.
 */
#ifndef QTE_VERIFY_PLAIN_H
#define QTE_VERIFY_PLAIN_H

#include "base/base.h"
#include "market/batch.h"
#include "market/fast.h"
#include "market/roster.h"
#include "series.h"
#include "value.h"

/* Beside SERIES_RIGHT of each value: the row has its fields. */
#define PLAIN_FIELDS SERIES_RIGHT(SERIES_VALUES)
#define PLAIN_ALL (SERIES_ALL | PLAIN_FIELDS)

struct plain {
	struct value *value; /* borrowed */
	struct fast fast;
	struct pick pick; /* of no use here, but to ->fast */
	struct roster symbols;
	struct batch batch;	   /* the rows that plain_read found */
	uint8_t right[BATCH_ROWS]; /* of each, SERIES_RIGHT and PLAIN_FIELDS */
	bool wrong;		   /* that is not PLAIN_ALL for all of them */
	size_t blanks;		   /* of them, lines that are none */
	const char *mixed; /* borrowed: the end of a line, to be reported */
	bool late;	   /* some time is, perhaps */
	const char *start; /* borrowed: the first of them, */
	int64_t offset;	   /* its place in the file, */
	int64_t line;	   /* and its line */
	size_t row;	   /* that was looked for last, and */
	const char *at;	   /* where it begins */
};

/* plain_init(p, value), plain_release(p): borrows ${value}. */
void plain_init(struct plain *, struct value *);
void plain_release(struct plain *);

/*
 * plain_read(p, e):
 * Read the plain rows that stand before the next one that is none, as far as
 * the input is in memory, into p->batch.  Return 0, also without any;
 * CHECK_STOPPED; or a status.
 */
int plain_read(struct plain *, struct err *) QTE_MUST_CHECK;

/*
 * plain_judge(p, i):
 * Report what the rules of the file and of values say about row ${i}, before
 * any other rule does.  Without p->mixed and p->late that is nothing where the
 * high is above the low.
 */
void plain_judge(struct plain *, size_t);

/* plain_symbol(p, i, n): the symbol of row ${i}, borrowed; NULL: no column. */
const char *plain_symbol(const struct plain *, size_t, size_t *);

/* plain_judged(p, i): all is said about row ${i}: sheet_judged. */
void plain_judged(struct plain *, size_t);

/* plain_place(p, i, what, f): as sheet_field, for a column of row ${i}. */
void plain_place(struct plain *, size_t, enum columns_what, struct finding *);

#endif
