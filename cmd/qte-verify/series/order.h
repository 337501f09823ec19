/* SPDX-License-Identifier: MIT */
/* not-monotonic, duplicate-timestamp, duplicate-row. */
#ifndef QTE_VERIFY_ORDER_H
#define QTE_VERIFY_ORDER_H

#include <string.h>

#include "series/inner.h"

__extension__ typedef unsigned __int128 order_u128;

/* Rows in order behind the latest time after which time was set back. */
#define ORDER_BACK 4

/*
 * order_row(s, bar, y, before):
 * How the row follows those of its symbol, whose front moves on with it, and
 * what is wrong with that; ${*before} is the front before it.
 */
enum order order_row(struct series *, const struct series_bar *,
    struct symbol *, int64_t *);

/* The halves of a product depend on every bit of both. */
static inline uint64_t
order_mix(uint64_t a, uint64_t b)
{
	order_u128 product = (order_u128)(a ^ UINT64_C(0x9e3779b97f4a7c15)) *
	    (b ^ UINT64_C(0xd1b54a32d192ed03));

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* order_rest(bar): a sum of all values but time and close; of two rows that
 * differ it is the same once in 2^64. */
static inline uint64_t
order_rest(const struct series_bar *b)
{
	uint64_t volume;

	memcpy(&volume, &b->volume, sizeof(volume));
	return order_mix((uint64_t)b->price[SERIES_OPEN],
		   (uint64_t)b->price[SERIES_HIGH]) +
	    3 * order_mix(volume, (uint64_t)b->price[SERIES_LOW]);
}

#endif
