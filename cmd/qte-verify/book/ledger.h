/* SPDX-License-Identifier: MIT */
/*
 * What is held of a symbol and what it cost, trade by trade.  Quantities and
 * prices are whole numbers of 1e-9, so that each product is a whole number of
 * 1e-18 and money is exact.
 *
 * A trade that adds to what is held adds its value to the cost; one that takes
 * from it takes that share of the cost, so that the average stays; one that
 * goes through zero opens the other side at its own price.  Fees are no part of
 * the cost.
 */
#ifndef QTE_VERIFY_BOOK_LEDGER_H
#define QTE_VERIFY_BOOK_LEDGER_H

#include "base/base.h"
#include "base/num.h"

struct ledger {
	int64_t quantity; /* below 0: short */
	num_i128 cost;	  /* in 1e-18, of the sign of the quantity */
	int64_t partial;  /* shares of a cost that were rounded */
};

/* ledger_trade(l, quantity, price): below 0 is sold.  False: too large. */
bool ledger_trade(struct ledger *, int64_t, int64_t) QTE_MUST_CHECK;

/*
 * ledger_is_average(l, average, decimals):
 * Whether ${average}, in 1e-9, is the average cost, rounded to ${decimals} (0
 * to 9).  What is held is not 0.
 */
bool ledger_is_average(const struct ledger *, int64_t, int);

/* ledger_average(l): rounded to 1e-9. */
num_i128 ledger_average(const struct ledger *);

#endif
