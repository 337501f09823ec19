/* SPDX-License-Identifier: MIT */
/*
 * Market data in: CSV with a header, one checked bar after the other.  Columns
 * go by name, in any order and letter case (qte-data(5)).  Memory is flat.
 */
#ifndef QTE_BARS_H
#define QTE_BARS_H

#include "base/base.h"
#include "base/err.h"

/* Of a symbol, in bytes. */
#define BARS_SYMBOL_MAX 256

#define BARS_END (-1)
#define BARS_SIGNAL (-2)

/*
 * A price: a whole number of 1e-9 while its text had no more digits than that,
 * otherwise the nearest double.
 */
struct bars_price {
	bool exact;
	union {
		int64_t units;
		double value;
	};
};

struct bar {
	int64_t ts_ns;
	struct bars_price open, high, low, close; /* > 0 */
	double volume;				  /* >= 0 */
};

/* Why a row is refused; the names are rule ids of qte-verify. */
enum bars_fault {
	BARS_NUL_BYTE,
	BARS_INVALID_UTF8,
	BARS_STRAY_QUOTE,
	BARS_LONE_CR,
	BARS_TRUNCATED_LAST_LINE,
	BARS_COLUMN_COUNT,
	BARS_MISSING_VALUE,
	BARS_NOT_A_NUMBER,
	BARS_NOT_FINITE,
	BARS_ZERO_PRICE,
	BARS_NEGATIVE_PRICE,
	BARS_NEGATIVE_VOLUME,
	BARS_HIGH_BELOW_LOW,
	BARS_OPEN_OUTSIDE_RANGE,
	BARS_CLOSE_OUTSIDE_RANGE,
	BARS_BAD_TIMESTAMP,
	BARS_ZONE_MISMATCH,
	BARS_NOT_MONOTONIC,
	BARS_DUPLICATE_TIMESTAMP,
	BARS_FAULTS
};

struct bars_opts {
	bool skip;	    /* pass over refused rows and count them */
	const char *symbol; /* read this one only, or NULL: there must be one */
};

struct bars {
	const struct bars_opts *opts; /* borrowed */
	const char *symbol; /* borrowed: option, column (from the first row on)
			     * or the file's stem */
	int64_t rows;	    /* data rows read, whatever became of them */
	int64_t skipped[BARS_FAULTS];
	bool exact; /* every price so far was */
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
 * bars_next(b, bar, e):
 * The next bar.  Return 0; BARS_END; BARS_SIGNAL; EX_DATAERR with the place in
 * the message for a row that cannot be used, and at the end when there was none
 * that could; EX_IOERR.
 */
int bars_next(struct bars *, struct bar *, struct err *) QTE_MUST_CHECK;

/*
 * bars_wrap(b, e):
 * Put the place of the last bar in front of the message of ${e}.  Return its
 * status.
 */
int bars_wrap(const struct bars *, struct err *);

/* bars_close(b): give everything back. */
void bars_close(struct bars *);

/* bars_fault_name(f): the rule id, as "high-below-low". */
const char *bars_fault_name(enum bars_fault);

/* bars_price_value(p): as a double, rounded once. */
double bars_price_value(const struct bars_price *);

#endif
