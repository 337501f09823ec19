/* SPDX-License-Identifier: MIT */
/*
 * One symbol out of a file that may hold several: the one asked for, or the
 * only one there is.
 */
#ifndef QTE_PICK_H
#define QTE_PICK_H

#include "base/base.h"
#include "base/err.h"
#include "format/csvin.h"

/* The row is of another symbol.  Not a status. */
#define PICK_OTHER (IN_LONG - 1)

/* Other symbols that are kept for a suggestion. */
#define PICK_SEEN_MAX 16

struct pick {
	const char *wanted; /* borrowed, or NULL: there must be only one */
	char *first;	    /* owned: without wanted, the one there is */
	char *seen[PICK_SEEN_MAX]; /* owned */
	size_t nseen;
};

/* pick_init(p, wanted), pick_release(p): ${wanted} may be NULL. */
void pick_init(struct pick *, const char *);
void pick_release(struct pick *);

/*
 * pick_row(p, csv, i, e):
 * Field ${i} of the record that ${csv} has just read is its symbol.  Return 0
 * when the row is to be taken, PICK_OTHER when it is to be passed over, and
 * EX_DATAERR when it is of a second symbol and none was asked for.
 */
int pick_row(struct pick *, const struct csvin *, size_t,
    struct err *) QTE_MUST_CHECK;

/*
 * pick_known(p, text, n):
 * Whether a row of the symbol of ${n} bytes, which is not the one that is
 * wanted, can be passed over without pick_row.
 */
bool pick_known(const struct pick *, const char *, size_t);

/*
 * pick_none(p, name, e):
 * Set ${e} to EX_DATAERR: the file ${name} has no row of the symbol, with the
 * nearest one that was seen.
 */
int pick_none(const struct pick *, const char *, struct err *);

#endif
