/* SPDX-License-Identifier: MIT */
/*
 * The fields of a row of market data, read and checked one at a time.  What
 * refuses a row notes its kind.
 */
#ifndef QTE_ROW_H
#define QTE_ROW_H

#include "base/base.h"
#include "base/err.h"
#include "format/csvin.h"
#include "market/bars_fault.h"
#include "market/bars_price.h"
#include "market/columns.h"

/* The error is not one that a row can be refused for: nothing can follow. */
#define ROW_FATAL BARS_FAULTS

struct row {
	const struct csvin *csv; /* borrowed, and so is the next */
	const struct columns *columns;
	enum bars_fault fault; /* of the last error, or ROW_FATAL */
};

/* row_field(r, what): what stands in the column, borrowed. */
const struct csvin_field *row_field(const struct row *, enum columns_what);

/* row_show(r, what, to): the same for a message (csvin_show). */
const char *row_show(const struct row *, enum columns_what,
    char[CSVIN_SHOWN_SIZE]);

/* row_refuse(r, fault, status): note the kind.  Return ${status}. */
int row_refuse(struct row *, enum bars_fault, int);

/* row_empty(r, what, e): refuse it: the column must hold something. */
int row_empty(struct row *, enum columns_what, struct err *);

/* A column, and what messages call it. */
struct row_column {
	size_t at; /* the field's index */
	const char *name;
};

struct row_column row_column(const struct row *, enum columns_what);

/*
 * row_price_right(text, n, price, fault), row_volume_right(text, n, volume,
 * fault):
 * Whether the ${n} bytes are a price above 0, or a number of 0 or more.
 * ${*fault} is what they are refused for when they are not.
 */
bool row_price_right(const char *, size_t, struct bars_price *,
    enum bars_fault *);
bool row_volume_right(const char *, size_t, double *, enum bars_fault *);

/*
 * row_price(r, column, price, e), row_volume(r, column, volume, e):
 * A price above 0, and a number of 0 or more.  Return 0 or EX_DATAERR; without
 * ${e} nobody wants to read the message.
 */
int row_price(struct row *, struct row_column, struct bars_price *,
    struct err *) QTE_MUST_CHECK;
int row_volume(struct row *, struct row_column, double *,
    struct err *) QTE_MUST_CHECK;

/*
 * row_below(r, bar, a, b):
 * Whether price ${a} of ${bar}, which was read from the row, is below ${b}, as
 * they are written.
 */
bool row_below(const struct row *, const struct bar *, enum columns_what,
    enum columns_what);

/*
 * row_range(r, bar, what, e):
 * Whether the high is above the low, or the open or the close within both.
 */
int row_range(struct row *, const struct bar *, enum columns_what,
    struct err *) QTE_MUST_CHECK;

/*
 * row_prices(r, bar, e):
 * The prices and the volume of ${bar}, within one another's range.  Return 0
 * or EX_DATAERR.
 */
int row_prices(struct row *, struct bar *, struct err *) QTE_MUST_CHECK;

#endif
