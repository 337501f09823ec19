/* SPDX-License-Identifier: MIT */
/* The portfolio of a book held against its trades and the last prices. */
#ifndef QTE_VERIFY_BOOK_BALANCE_H
#define QTE_VERIFY_BOOK_BALANCE_H

#include "book/account.h"
#include "trades.h"

/* balance_holding(a, rows, holding): a row of portfolio.csv. */
void balance_holding(struct account *, struct trades *, const struct holding *);

/* balance_end(a): all rows were read: what lacks, and the sums. */
void balance_end(struct account *);

/*
 * balance_unknown(a): why what the portfolio is worth is not known, or NULL.
 * balance_wants_equity(a): whether it would be held against something.
 */
const char *balance_unknown(const struct account *);
bool balance_wants_equity(const struct account *);

#endif
