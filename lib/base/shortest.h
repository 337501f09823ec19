/* SPDX-License-Identifier: MIT */
/*
 * The shortest decimal that reads back to a double, after R. Giulietti, "The
 * Schubfach way to render doubles" (2020): the numbers that read back to a
 * double form an interval; at the finest power of ten that is no wider than
 * it, two multiples beside the double are the only candidates, and one of the
 * next power of ten, when the interval has one, is shorter than both.
 */
#ifndef QTE_SHORTEST_H
#define QTE_SHORTEST_H

#include "base/base.h"

/* digits * 10^exponent; at most 17 digits, of which the last may be zeros. */
struct shortest {
	uint64_t digits;
	int exponent;
};

/*
 * shortest_of(value):
 * Of the decimals that read back to ${value}, which is finite and > 0, those
 * with the fewest digits, and of these the nearest (of two the even one).
 */
struct shortest shortest_of(double);

#endif
