/* SPDX-License-Identifier: MIT */
/* A bar and its prices. */
#include "market/bars_price.h"

#include "base/num.h"

double
bars_price_value(const struct bars_price *p)
{
	return p->exact ? num_price(p->units) : p->value;
}

bool
bars_price_below(const struct bars_price *a, const struct bars_price *b)
{
	if (a->exact && b->exact)
		return a->units < b->units;
	return bars_price_value(a) < bars_price_value(b);
}
