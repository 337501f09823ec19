/* SPDX-License-Identifier: MIT */
/* Random numbers for tests: the same ones in every run, borders often. */
#ifndef RANDOM_H
#define RANDOM_H

#include <math.h>

#include "base/num.h"

__extension__ typedef unsigned __int128 u128;

#define I128_MAX ((num_i128)((u128)-1 >> 1))
#define I128_MIN (-I128_MAX - 1)

static uint64_t random_state = 1;

static inline uint64_t
random_bits(void)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 7;
	random_state ^= random_state << 17;
	return random_state * UINT64_C(0x2545f4914f6cdd1d);
}

/* A number below ${n}. */
static inline uint64_t
random_below(uint64_t n)
{
	return random_bits() % n;
}

/* A number of any size, and often one beside a power of two. */
static inline uint64_t
random_sized(void)
{
	switch (random_below(8)) {
	case 0:
		return UINT64_C(1) << random_below(64);
	case 1:
		return (UINT64_C(1) << random_below(64)) - 1;
	case 2:
		return (UINT64_C(1) << 53) + random_below(5) - 2;
	default:
		return random_bits() >> random_below(64);
	}
}

static inline num_i128
random_wide(void)
{
	u128 v = (u128)random_bits() << 64 | random_bits();

	switch (random_below(4)) {
	case 0:
		return (num_i128)random_sized();
	case 1:
		return (num_i128)(((u128)1 << random_below(128)) +
		    random_below(3) - 1);
	default:
		return (num_i128)(v >> random_below(128));
	}
}

/* A finite double of any bits. */
static inline double
random_double(void)
{
	union {
		uint64_t bits;
		double value;
	} u = {random_bits()};

	return isfinite(u.value) ? u.value : 1.0;
}

#endif
