/* SPDX-License-Identifier: MIT */
/* The trades of a book: taken row by row, then summed up. */
#ifndef QTE_VERIFY_BOOK_INTAKE_H
#define QTE_VERIFY_BOOK_INTAKE_H

#include "book/account.h"
#include "trades.h"

/* intake_trade(a, rows, trade): a row of trades.csv. */
void intake_trade(struct account *, struct trades *, const struct trade *);

/* intake_twice(a): all rows were read: report ids that stand twice. */
void intake_twice(struct account *);

/*
 * intake_end(a):
 * The same, and what was sold without being held; note what is held in the end
 * and what it cost.
 */
void intake_end(struct account *);

/*
 * intake_finding(a, deal, f):
 * Report ${f}, about the row of ${deal}, in the column ${f->column}, which is
 * of number ${f->field} in enum trades_column.
 */
void intake_finding(struct account *, const struct deal *, struct finding *);

#endif
