/* SPDX-License-Identifier: MIT */
/*
 * Powers of ten to 128 bits, for numbers on their way between binary and
 * decimal.  They are made from a small table, so that nothing is set up.
 */
#ifndef QTE_POWER_H
#define QTE_POWER_H

#include "base/base.h"

/* What writing and reading doubles needs. */
#define POWER_MIN (-292)
#define POWER_MAX 324

/* The whole number high * 2^64 + low, of which the first bit is set. */
struct power {
	uint64_t high, low;
};

/*
 * power_of_ten(e):
 * The number G of 128 bits with G - 1 <= 10^e / 2^s < G, where s is
 * floor(log2(10^e)) - 127.  ${e} is POWER_MIN to POWER_MAX.
 */
struct power power_of_ten(int);

#endif
