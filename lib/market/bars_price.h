/* SPDX-License-Identifier: MIT */
/* A bar and its prices. */
#ifndef QTE_BARS_PRICE_H
#define QTE_BARS_PRICE_H

#include "base/base.h"

/*
 * A price: a whole number of 1e-9 while its text had no more digits than that,
 * otherwise the nearest double.
 */
struct bars_price {
	bool exact;
	union {
		int64_t units;
		double value;
	};
};

struct bar {
	int64_t ts_ns;
	struct bars_price open, high, low, close; /* > 0 */
	double volume;				  /* >= 0 */
};

/* bars_price_value(p): as a double, rounded once. */
double bars_price_value(const struct bars_price *);

/* bars_price_below(a, b): whether ${a} is below ${b}. */
bool bars_price_below(const struct bars_price *, const struct bars_price *);

#endif
