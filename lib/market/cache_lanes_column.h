/* SPDX-License-Identifier: MIT */
/* Columns of the cache by vectors of any size (cache_lanes.h). */
#ifndef QTE_CACHE_LANES_COLUMN_H
#define QTE_CACHE_LANES_COLUMN_H

#include "market/cache_column.h"
#include "market/cache_lanes.h"

/* What is added to the numbers of LANES rows, and their unit. */
struct terms {
	VECTOR ramp, half, all; /* ->half: from the first half to the other */
	VECTOR unit, upper;	/* ->upper: 32 bits of the unit */
};

KERNEL struct terms
terms_of(const struct cache_column *c, size_t row)
{
	uint64_t ramp[WIDE];

	for (size_t i = 0; i < WIDE; i++)
		ramp[i] = c->base + c->step * (row + i);
	return (struct terms){.ramp = LOAD(ramp),
	    .half = ALL_64((int64_t)(c->step * WIDE)),
	    .all = ALL_64((int64_t)(c->step * LANES)),
	    .unit = ALL_64((int64_t)c->unit),
	    .upper = ALL_64((int64_t)(c->unit >> 32))};
}

/* The next values, of which ${low} and ${high} are the shares of the unit. */
KERNEL void
put_values(struct terms *t, int64_t *to, VECTOR low, VECTOR high, bool whole)
{
	low = ADD_64(low, t->ramp);
	high = ADD_64(ADD_64(high, t->half), t->ramp);
	t->ramp = ADD_64(t->ramp, t->all);
	STORE(to, whole ? TO_DOUBLES(low) : low);
	STORE(to + WIDE, whole ? TO_DOUBLES(high) : high);
}

/* The lower halves of the lanes, in units, of 32 bits unless ${wide}. */
KERNEL VECTOR
multiply(const struct terms *t, VECTOR v, bool wide)
{
	VECTOR low = MULTIPLY(v, t->unit);

	return wide ? ADD_64(low, SHIFT_LEFT_64(MULTIPLY(v, t->upper), 32))
		    : low;
}

KERNEL void
read_narrow(const struct cache_column *c, const struct cache_rows *rows,
    struct cache_span s, bool wide, bool whole)
{
	size_t row = rows->first + s.from;
	struct lanes lanes = lanes_of(rows->from, c->width, row);
	struct terms t = terms_of(c, row);
	int64_t *to = rows->to;

	for (size_t i = s.from; i < s.to; i += LANES) {
		VECTOR v = halves(lanes_next(&lanes));

		put_values(&t, to + i, multiply(&t, v, wide),
		    multiply(&t, SHIFT_RIGHT_64(v, 32), wide), whole);
	}
}

KERNEL void
read_all_bits(const struct cache_column *c, const struct cache_rows *rows,
    struct cache_span s, bool whole)
{
	size_t row = rows->first + s.from;
	struct terms t = terms_of(c, row);
	const char *v = rows->from + row * sizeof(uint64_t);
	int64_t *to = rows->to;

	for (size_t i = s.from; i < s.to; i += LANES, v += 2 * sizeof(VECTOR))
		put_values(&t, to + i, LOAD(v), LOAD(v + sizeof(VECTOR)),
		    whole);
}

KERNEL void
read_steps(const struct cache_column *c, const struct cache_rows *rows,
    struct cache_span s)
{
	struct terms t = terms_of(c, rows->first + s.from);
	int64_t *to = rows->to;

	for (size_t i = s.from; i < s.to; i += LANES)
		put_values(&t, to + i, ALL_64(0), ALL_64(0), false);
}

/* What is known of a column is not asked for each row. */
TARGET static void
read_column(const struct cache_column *c, const struct cache_rows *rows,
    struct cache_span s)
{
	bool whole = c->kind == CACHE_WHOLE;

	if (c->width == 64)
		read_all_bits(c, rows, s, whole);
	else if (c->unit >> 32 != 0)
		read_narrow(c, rows, s, true, whole);
	else if (whole)
		read_narrow(c, rows, s, false, true);
	else if (c->width > 0)
		read_narrow(c, rows, s, false, false);
	else
		read_steps(c, rows, s);
}

#endif
