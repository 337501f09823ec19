/* SPDX-License-Identifier: MIT */
/*
 * The series rules: what is wrong with the bars of a symbol as they follow one
 * another.  Bars come in file order, symbols in any order among them; a symbol
 * takes 64 bytes, the first SERIES_TRACKED of them at most 5 KiB more.
 *
 * A row takes part with what is right of it.  Without a time or a name, or
 * without its fields at all, it stands for a bar that is there: it is no gap.
 * A price that is missing, no number, not above 0, or outside the range of its
 * own row is not right, and neither is a high below the low, nor that low.
 * Without all five values a row is not held against the one before as its
 * equal; moves are measured from the last close that is right.
 */
#ifndef QTE_VERIFY_SERIES_H
#define QTE_VERIFY_SERIES_H

#include "base/base.h"
#include "finding.h"
#include "market/calendar.h"
#include "report.h"

/* Symbols beyond have no outlier, no volume-spike and no split-like. */
#define SERIES_TRACKED 10000

/* Symbols beyond take no part at all. */
#define SERIES_SYMBOLS 1000000

/* A symbol is told by so many of its bytes. */
#define SERIES_SYMBOL_MAX 256

enum series_value {
	SERIES_TIME,
	SERIES_OPEN,
	SERIES_HIGH,
	SERIES_LOW,
	SERIES_CLOSE,
	SERIES_VOLUME,
	SERIES_VALUES
};

#define SERIES_RIGHT(value) (1U << (value))
#define SERIES_ALL (SERIES_RIGHT(SERIES_VALUES) - 1)

struct series_bar {
	bool named;	    /* whose row it is is known */
	const char *symbol; /* of ->symbol_len bytes, perhaps 0 */
	size_t symbol_len;
	unsigned right; /* SERIES_RIGHT of each value that is */
	int64_t ts_ns;
	/* By enum series_value: the nearest whole number of 1e-9, above 0; one
	 * that an int64_t does not hold is not right. */
	int64_t price[SERIES_VOLUME];
	double volume;
	int64_t line;
	/*
	 * Called with ->arg for a finding about a value: fill in its column,
	 * field, col, offset, row and value, borrowed until series_add returns.
	 */
	void (*place)(void *, enum series_value, struct finding *);
	void *arg;
};

struct series_opts {
	bool ticks; /* prices, not bars: their order and their equals */
	int64_t interval_ns; /* 0: what most of the first steps are */
	int64_t max_move;    /* of a jump, in units of 1e-9 */
	int64_t max_age_ns;  /* of the last bar; 0: any */
	int64_t now_ns;
	int64_t limit_ns; /* a time after it is not right */
	/* borrowed, settled; with what is not given, not known */
	const struct calendar *calendar;
	/* borrowed: a date without a time of day was read on this clock; NULL:
	 * each has one */
	const struct zone *dates;
};

struct series;

/* series_new(opts, report): of one file; copies ${opts}, borrows the report. */
struct series *series_new(const struct series_opts *,
    struct report *) QTE_MUST_CHECK;

/*
 * series_add(s, bar):
 * The next row.  A finding about it, or about one of the rows before, may come
 * now or with a later row; the report has been told to wait for it.
 */
void series_add(struct series *, const struct series_bar *);

/* series_last(s, symbol, len): the time of its last row, or INT64_MIN. */
int64_t series_last(struct series *, const char *, size_t);

/* series_end(s): no row follows: all findings that wait come now. */
void series_end(struct series *);

/* How many symbols there were, and what was left out for want of memory. */
struct series_counts {
	int64_t symbols;   /* at most SERIES_SYMBOLS */
	int64_t untracked; /* of them, beyond SERIES_TRACKED */
};
struct series_counts series_counts(const struct series *);

void series_free(struct series *);

#endif
