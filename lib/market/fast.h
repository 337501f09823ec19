/* SPDX-License-Identifier: MIT */
/*
 * Rows of market data that are as most rows are, straight into columns: plain
 * numbers, no quotes, times in order.  A row that is not so stays where it is,
 * for market/row.h to read or to refuse; what both take is the same in both.
 */
#ifndef QTE_FAST_H
#define QTE_FAST_H

#include "market/fast_row.h"

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
 *
 * With f->symbols rows of all symbols are added, in any order of their times.
 * Then what is added has no control character either, and counts since 1970
 * are of f->unit_ns.
 */
void fast_rows(struct fast *, struct fast_run *);

#endif
