/* SPDX-License-Identifier: MIT */
/* The rows of a file as the series rules take them, and its span of time. */
#ifndef QTE_VERIFY_FEED_H
#define QTE_VERIFY_FEED_H

#include "base/base.h"
#include "market/bars_price.h"
#include "plain.h"
#include "series.h"
#include "value.h"

struct feed {
	const struct value *value; /* borrowed */
	struct account *book; /* borrowed: takes the rows instead; or NULL */
	struct series *series;
	struct series_bar bar; /* of the row */
	/* fields of the record, or COLUMNS_NONE */
	size_t column[SERIES_VALUES];
	struct plain *plain; /* borrowed: of the row that is fed, */
	size_t row;	     /* which it is, when it is one of those */
	bool dated;
	int64_t first_ns, last_ns;
};

/*
 * feed_open(f, value, ticks): of bars, or of ticks, whose price is a close.
 * The caller sets ->column.
 */
void feed_open(struct feed *, const struct value *, bool);

/*
 * feed_begin(f, named):
 * A row, of which nothing is right so far; ${named}: its symbol is known, that
 * of the value.  Return the time of the row before it of its symbol, or
 * INT64_MIN.
 */
int64_t feed_begin(struct feed *, bool);

/* feed_time(f), feed_price(f, value, price), feed_volume(f, volume): is right.
 */
void feed_time(struct feed *);
void feed_price(struct feed *, enum series_value, const struct bars_price *);
void feed_volume(struct feed *, double);

/* feed_end(f): the row is complete.  feed_lost(f): it cannot be read. */
void feed_end(struct feed *);
void feed_lost(struct feed *);

/* feed_plain(f, plain): the rows that were read there, whole. */
void feed_plain(struct feed *, struct plain *);

/* feed_close(f, totals): no row follows: what the series were. */
void feed_close(struct feed *, struct report_totals *);

#endif
