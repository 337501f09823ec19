/* SPDX-License-Identifier: MIT */
/* What an expression sees of a bar: its prices, its time and the account. */
#ifndef QTE_RUN_MOMENT_H
#define QTE_RUN_MOMENT_H

#include "base/base.h"
#include "market/bars_price.h"

enum expr_field {
	EXPR_OPEN,
	EXPR_HIGH,
	EXPR_LOW,
	EXPR_CLOSE,
	EXPR_HL2, /* the mean of high and low, */
	EXPR_HLC3,
	EXPR_OHLC4,
	EXPR_VOLUME,
	EXPR_BAR, /* the bar's number, from 0 */
	EXPR_YEAR,
	EXPR_MONTH,
	EXPR_DAY,
	EXPR_HOUR,
	EXPR_MINUTE,
	EXPR_WEEKDAY, /* 1 Monday to 7 Sunday */
	EXPR_POS,     /* 1 long, 0 flat, -1 short */
	EXPR_ENTRY_PRICE,
	EXPR_BARS_HELD,
	EXPR_EQUITY,
	EXPR_PNL_PCT,
	EXPR_FIELDS
};

/* The account at the close of a bar. */
struct expr_account {
	int position;
	double entry_price; /* the rest counts only in a position */
	int64_t bars_held;
	double pnl_pct; /* of the value at entry */
	double equity;	/* always */
};

/* What an expression sees of a bar. */
struct expr_moment {
	const struct bar *bar;
	int64_t number;	  /* from 0, without a gap */
	int64_t ahead_ns; /* of UTC: the clock of hour, minute, weekday */
	struct expr_account account;
};

#endif
