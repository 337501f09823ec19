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

#endif
