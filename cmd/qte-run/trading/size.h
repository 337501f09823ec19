/* SPDX-License-Identifier: MIT */
/* How much to trade.  Quantities are whole numbers of 1e-18 of a share. */
#ifndef QTE_RUN_SIZE_H
#define QTE_RUN_SIZE_H

#include "base/base.h"
#include "base/err.h"
#include "trading/cost.h"

enum size_kind {
	SIZE_SHARE, /* of the equity: 1 is all */
	SIZE_FIXED  /* so many shares, or nothing */
};

struct size {
	enum size_kind kind;
	int64_t share;	   /* in 1e-9, 0 < share <= 1 */
	num_i128 quantity; /* in 1e-18, > 0 */
	bool fractional;   /* parts of a share too */
};

enum size_result { SIZE_OK, SIZE_NOTHING, SIZE_NO_CASH, SIZE_TOO_LARGE };

/*
 * size_read(size, text, e):
 * Read "all", "N" or "P%" into the kind and its figure.  EX_USAGE.
 */
int size_read(struct size *, const char *, struct err *) QTE_MUST_CHECK;

/*
 * size_put(to, size):
 * Write it to ${to}, of NUM_TEXT_SIZE bytes, as size_read reads it.
 */
void size_put(char *, const struct size *);

/*
 * size_choose(size, cost, cash, fill, quantity):
 * What a flat account of ${cash} trades at price ${fill}: of a share, the
 * largest quantity whose value and commission that share of the cash pays for,
 * exactly.  SIZE_NOTHING when that is none; SIZE_NO_CASH when the fixed
 * quantity costs more than there is; SIZE_TOO_LARGE when money cannot hold the
 * value.
 */
enum size_result size_choose(const struct size *, const struct cost *, num_i128,
    num_i128, num_i128 *);

#endif
