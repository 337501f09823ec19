/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the check of a book share: what its three files have said
 * so far.  trades.csv is read first and held, then the bars pass by, then
 * portfolio.csv is held against both.
 */
#ifndef QTE_VERIFY_BOOK_ACCOUNT_H
#define QTE_VERIFY_BOOK_ACCOUNT_H

#include "base/base.h"
#include "base/num.h"
#include "base/vec.h"
#include "book/deals.h"
#include "book/ledger.h"
#include "book/match.h"
#include "book/source.h"
#include "check.h"
#include "header.h"
#include "market/roster.h"

/* Of a symbol. */
struct stock {
	struct ledger ledger; /* by the trades */
	bool unknown;	      /* a trade of it cannot be counted */
	bool listed;	      /* there are bars of it */
	bool held;	      /* the portfolio has a row of it */
	struct match match;
	int64_t last_ns; /* of its bars: the time of the last row */
	int64_t hidden;	 /* the line of the last row without a time, or 0 */
	bool priced;	 /* the close of its latest bar is right: */
	int64_t close;
	int64_t close_ns, close_line; /* of that bar */
};

/* A row of the portfolio that is money, for findings at the end. */
struct account_money {
	bool given; /* it is there, once, and a number: */
	num_i128 units;
	int decimals;	      /* at least two */
	struct finding place; /* line 0: no such row */
	struct buf row, value;
};

struct account {
	const struct check *check;
	struct report *report; /* borrowed: of the file that is judged now */
	struct header header;  /* of the trades */
	struct source source;
	struct roster symbols;
	struct {
		VEC(struct stock);
	} stocks; /* by the symbol's number */
	struct deals deals;
	bool alone;	 /* there are only trades: nothing is summed up */
	bool traded;	 /* the trades could be read */
	bool lost;	 /* but not all rows: nothing can be summed up */
	bool inexact;	 /* some value has no exact place in a sum */
	num_i128 flow;	 /* of money, by the trades */
	num_i128 crumbs; /* of commissions, below 1e-9 */
	struct match_steps steps;
	bool barred;	   /* there were bars, */
	bool without_name; /* without a column for the symbol, */
	int64_t nlisted;   /* of so many symbols */
	bool rising;	   /* times of a symbol rise from row to row, */
	bool falling;	   /* or fall */
	int64_t hidden;	   /* the line of the last that may be of any symbol */
	num_i128 off;	   /* the portfolio's worth, less the trades' */
	num_i128 worth;	   /* of the portfolio's positions */
	bool unpriced;	   /* but not of all of them */
	bool unread;	   /* nor were all rows of the portfolio read */
	struct account_money cash, equity;
};

void account_init(struct account *, const struct check *);
void account_release(struct account *);

/* account_symbol(a, text, n): its number, which may be a new one. */
uint32_t account_symbol(struct account *, const char *, size_t);

/*
 * account_units(value, units):
 * ${value}, in 1e-18, in 1e-9; false when it is no whole number of those.
 */
bool account_units(num_i128, int64_t *);

/*
 * account_value(stock, quantity, value):
 * What ${quantity}, in 1e-9, is worth at the last close; false when that is not
 * known, or too large.
 */
bool account_value(const struct stock *, num_i128, num_i128 *);

#endif
