/* SPDX-License-Identifier: MIT */
/*
 * What columns of the cache become, so that their numbers have few bits.  All
 * take the values of ${n} rows, at least one, and leave the numbers in their
 * place (cache_column.h, cache_ticks.h).
 */
#ifndef QTE_CACHE_FIT_H
#define QTE_CACHE_FIT_H

#include "base/base.h"
#include "market/batch.h"
#include "market/cache_column.h"

/* cache_fit_plain(c, v, n): any values, with the kind CACHE_PLAIN. */
void cache_fit_plain(struct cache_column *, uint64_t *, size_t);

/* cache_fit_steps(c, v, n): those that grow, mostly by the same step. */
void cache_fit_steps(struct cache_column *, uint64_t *, size_t);

/*
 * cache_fit_ticks(columns, v, n):
 * The BATCH_PRICES columns of prices.  Return false when they have too many
 * ticks, or high and low are not around the others; then ${v} is of no use.
 */
bool cache_fit_ticks(struct cache_column *, uint64_t *const[BATCH_PRICES],
    size_t) QTE_MUST_CHECK;

#endif
