/* SPDX-License-Identifier: MIT */
/*
 * The time of each row, in one column or as a date and a time of day in two: of
 * one form throughout a file, and later than that of the row before.
 *
 * A time without an offset is of a zone.  One that the clock shows twice, as it
 * is put back, is the first of the two, unless the row before is at that time
 * or later.
 */
#ifndef QTE_STAMP_H
#define QTE_STAMP_H

#include "base/base.h"
#include "base/err.h"
#include "base/when.h"
#include "machine/zone.h"
#include "market/row.h"

struct stamp {
	struct zone zone;
	bool unordered; /* times may come in any order */
	bool any;	/* the rest is of the last row that was used */
	enum when_form form;
	int64_t ts_ns;
	int64_t line;
};

/* stamp_init(s, zone): no row yet; copies ${zone}, NULL: UTC. */
void stamp_init(struct stamp *, const struct zone *);

/*
 * stamp_read(s, row, ts, form, e):
 * The time of ${row}, and its form.  EX_DATAERR when it is none, or does not
 * follow that of ${s}; without ${e} nobody wants to read the message.
 */
int stamp_read(struct stamp *, struct row *, int64_t *, enum when_form *,
    struct err *) QTE_MUST_CHECK;

/*
 * stamp_column(row):
 * The column to blame for a time that stamp_read found to be none: of two that
 * of the time of day, when the date by itself is one.
 */
enum columns_what stamp_column(struct row *);

/* stamp_used(s, row, ts, form): the row was used: the next must follow it. */
void stamp_used(struct stamp *, const struct row *, int64_t, enum when_form);

#endif
