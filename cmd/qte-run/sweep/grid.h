/* SPDX-License-Identifier: MIT */
/*
 * The combinations of parameters that a sweep tries: all of the values of each,
 * the last parameter changing fastest, but for those that a condition leaves
 * out.
 */
#ifndef QTE_RUN_GRID_H
#define QTE_RUN_GRID_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "strategy/param.h"

/* There are no more combinations. */
#define GRID_MAX 100000

struct grid_axis {
	char *name; /* owned, as are the values: decimals */
	VEC(char *);
};

struct grid {
	struct {
		VEC(struct grid_axis);
	} axes;
	size_t n; /* combinations */
};

/* grid_is(text): does NAME=VALUE give several values. */
bool grid_is(const char *);

/*
 * grid_add(g, text, e):
 * One more parameter, NAME=ITEM[,ITEM...], where an item is a number or
 * LOW:HIGH[:STEP], both ends included, the step 1 unless given.  A { 0 } grid
 * is empty.  EX_USAGE.
 */
int grid_add(struct grid *, const char *, struct err *) QTE_MUST_CHECK;

/* grid_value(g, k, axis): the value of an axis in combination ${k}. */
const char *grid_value(const struct grid *, size_t, size_t);

/* Which combinations are kept. */
struct grid_where {
	const char *condition; /* each parameter goes by its name */
	const struct params
	    *params; /* of the strategy; those of the grid vary */
};

/*
 * grid_keeps(g, k, where, keeps, e):
 * Whether combination ${k} is.  EX_USAGE for a condition that is wrong.
 */
int grid_keeps(const struct grid *, size_t, const struct grid_where *, bool *,
    struct err *) QTE_MUST_CHECK;

void grid_release(struct grid *);

#endif
