/* SPDX-License-Identifier: MIT */
/*
 * Numbers of the cache in the lanes of vectors of any size: cache_avx2.c and
 * cache_avx512.c say what the instructions are, and include this and what reads
 * columns and ticks once each.  VECTOR holds LANES numbers of 32 bits, or half
 * as many of 64.
 */
#ifndef QTE_CACHE_LANES_H
#define QTE_CACHE_LANES_H

#include "base/base.h"
#include "market/cache_bits.h"

#define WIDE (LANES / 2)
#define KERNEL TARGET __attribute__((always_inline)) static inline

/* Numbers of up to 32 bits (cache_bits_fit) on their way into lanes. */
struct lanes {
	VECTOR bytes, shift, mask; /* where in what is loaded each begins */
	const char *at;		   /* the next ones */
	size_t width;
};

/* Those of the column ${from} from row ${row} on: a multiple of 8. */
KERNEL struct lanes
lanes_of(const char *from, size_t width, size_t row)
{
	uint32_t bytes[LANES], shift[LANES];

	for (size_t i = 0; i < LANES; i++) {
		size_t bit = LANE_BIT(i, width);

		bytes[i] = (uint32_t)(bit / 8) * 0x01010101 + 0x03020100;
		shift[i] = (uint32_t)(bit % 8);
	}
	return (struct lanes){.bytes = LOAD(bytes),
	    .shift = LOAD(shift),
	    .mask = ALL_32((int)((UINT64_C(1) << width) - 1)),
	    .at = from + width * (row / 8),
	    .width = width};
}

KERNEL VECTOR
lanes_next(struct lanes *l)
{
	VECTOR v = PICK_BYTES(l->at, l->width, l->bytes);

	l->at += l->width * LANES / 8;
	return AND(SHIFT_RIGHT_32(v, l->shift), l->mask);
}

/*
 * The first half of the rows in the lower halves of the wide lanes, the others
 * in the upper ones: as it multiplies lower halves, that is how rows become
 * numbers of 64 bits.
 */
KERNEL VECTOR
halves(VECTOR v)
{
	uint32_t from[LANES];

	for (uint32_t i = 0; i < LANES; i++)
		from[i] = i / 2 + i % 2 * WIDE;
	return PICK_LANES(v, LOAD(from));
}

#endif
