/* SPDX-License-Identifier: MIT */
/* Columns of the cache by vectors: many rows at a time. */
#ifndef QTE_CACHE_VECTORS_H
#define QTE_CACHE_VECTORS_H

#include "base/base.h"

struct cache_column;
struct cache_rows;
struct cache_ticks;

/*
 * Rows ${from} up to ${to} of what is read.  The first of them has a number in
 * its block that is a multiple of 8, and how many there are is one of ->lanes.
 */
struct cache_span {
	size_t from, to;
};

struct cache_vectors {
	size_t lanes;
	void (*column)(const struct cache_column *, const struct cache_rows *,
	    struct cache_span);
	void (*ticks)(struct cache_ticks *, struct cache_span);
};

/* cache_avx2(), cache_avx512(): NULL where the processor lacks them. */
const struct cache_vectors *cache_avx2(void);
const struct cache_vectors *cache_avx512(void);

/* The widest that there are, or NULL. */
static inline const struct cache_vectors *
cache_vectors_best(void)
{
	const struct cache_vectors *widest = cache_avx512();

	return widest != NULL ? widest : cache_avx2();
}

/* The rows of ${n} from row ${first} of their block on that vectors read. */
static inline struct cache_span
cache_vectors_span(const struct cache_vectors *v, size_t first, size_t n)
{
	size_t lead = (8 - first % 8) % 8;

	if (v == NULL || lead >= n)
		return (struct cache_span){0, 0};
	return (struct cache_span){lead, n - (n - lead) % v->lanes};
}

#endif
