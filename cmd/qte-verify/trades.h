/* SPDX-License-Identifier: MIT */
/*
 * The rows of trades.csv and portfolio.csv, judged field by field as they are
 * read: what is wrong with a value is reported, and its bit in ->right lacks.
 * What rows mean together is for the book.
 */
#ifndef QTE_VERIFY_TRADES_H
#define QTE_VERIFY_TRADES_H

#include "base/base.h"
#include "base/num.h"
#include "header.h"
#include "sheet.h"
#include "value.h"

#define TRADES_RIGHT(column) (1U << (column))

/* Texts are borrowed until the next row. */
struct trade {
	unsigned right; /* TRADES_RIGHT of each TRADES_x that is */
	const char *id, *symbol;
	size_t id_len, symbol_len;
	int64_t ts_ns;
	bool date; /* without a time of day */
	bool sell;
	num_i128 quantity, price; /* above 0, in 1e-18 */
	num_i128 commission;	  /* 0 where there is none; may be below */
};

struct trades {
	struct value value;	     /* for findings about the row: value_add */
	const struct header *header; /* borrowed */
};

/* trades_init(t, sheet, header): borrows both. */
void trades_init(struct trades *, struct sheet *, const struct header *);

/* trades_next(t, trade, e): the next row.  As sheet_next. */
int trades_next(struct trades *, struct trade *, struct err *) QTE_MUST_CHECK;

/* Rows that are money: what there is of it, and the worth of all. */
#define PORTFOLIO_CASH "CASH"
#define PORTFOLIO_EQUITY "EQUITY"

#define PORTFOLIO_RIGHT(column) (1U << (column))

struct holding {
	unsigned right; /* PORTFOLIO_RIGHT of each PORTFOLIO_x that is */
	const char *symbol;
	size_t symbol_len;
	num_i128 quantity;  /* in 1e-18; may be below 0 */
	num_i128 avg_price; /* above 0; not right when there is none */
};

/* trades_next_holding(t, holding, e): the same for a row of a portfolio. */
int trades_next_holding(struct trades *, struct holding *,
    struct err *) QTE_MUST_CHECK;

#endif
