/* SPDX-License-Identifier: MIT */
/*
 * What the columns of each kind of file are, and what is wrong with a header.
 */
#ifndef QTE_VERIFY_HEADER_H
#define QTE_VERIFY_HEADER_H

#include "base/base.h"
#include "market/columns.h"
#include "options.h"
#include "sheet.h"

enum trades_column {
	TRADES_ID,
	TRADES_TIMESTAMP,
	TRADES_SYMBOL,
	TRADES_SIDE,
	TRADES_QUANTITY,
	TRADES_PRICE,
	TRADES_COMMISSION
};

enum portfolio_column {
	PORTFOLIO_SYMBOL,
	PORTFOLIO_QUANTITY,
	PORTFOLIO_AVG_PRICE
};

enum ticks_column { TICKS_TIMESTAMP, TICKS_PRICE, TICKS_VOLUME, TICKS_SYMBOL };

#define HEADER_COLUMNS 16

struct header {
	enum profile profile; /* never AUTO, BOOK, MANIFEST or AUDIT */
	bool usable;	      /* each needed column is there, and only once */
	/* By COLUMNS_x of bars, or the profile's own names: the field's index,
	 * or COLUMNS_NONE. */
	size_t at[HEADER_COLUMNS];
};

/*
 * header_read(h, sheet):
 * Find the columns in the header that ${sheet} has just read, and report what
 * is wrong with it.  Where the profile is AUTO the names decide, or that of the
 * file.
 */
void header_read(struct header *, struct sheet *);

/*
 * header_columns(h, c):
 * The same as what lib/market reads bars by; of other profiles the timestamp
 * alone.
 */
void header_columns(const struct header *, const struct sheet *,
    struct columns *);

#endif
