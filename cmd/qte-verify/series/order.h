/* SPDX-License-Identifier: MIT */
/* not-monotonic, duplicate-timestamp, duplicate-row. */
#ifndef QTE_VERIFY_ORDER_H
#define QTE_VERIFY_ORDER_H

#include "series/inner.h"

/* Rows in order behind the latest time after which time was set back. */
#define ORDER_BACK 4

/*
 * order_row(s, bar, y, before):
 * How the row follows those of its symbol, whose front moves on with it, and
 * what is wrong with that; ${*before} is the front before it.
 */
enum order order_row(struct series *, const struct series_bar *,
    struct symbol *, int64_t *);

/* order_rest(bar): a sum of all values but time and close; of two rows that
 * differ it is the same once in 2^64. */
uint64_t order_rest(const struct series_bar *);

#endif
