/* SPDX-License-Identifier: MIT */
/* How much to trade. */
#include "trading/size.h"

#include <string.h>

int
size_read(struct size *size, const char *text, struct err *e)
{
	size_t len = strlen(text);

	if (strcmp(text, "all") == 0) {
		size->kind = SIZE_SHARE;
		size->share = NUM_PRICE_ONE;
		return 0;
	}
	if (len > 0 && text[len - 1] == '%') {
		size->kind = SIZE_SHARE;
		if (num_read_rate(text, len, &size->share) != NUM_OK ||
		    size->share <= 0 || size->share > NUM_PRICE_ONE)
			return err_set(e, EX_USAGE,
			    "'%s' is not a percentage "
			    "above 0%% and up to 100%%",
			    text);
		return 0;
	}
	size->kind = SIZE_FIXED;
	if (num_read_money(text, len, &size->quantity) != NUM_OK ||
	    size->quantity <= 0)
		return err_set(e, EX_USAGE,
		    "'%s' is not a size: all, a number of shares as 100, "
		    "or a share of the equity as 50%%",
		    text);
	return 0;
}

void
size_put(char *to, const struct size *size)
{
	if (size->kind == SIZE_FIXED) {
		num_put_scaled(to, size->quantity, NUM_MONEY_SCALE);
	} else if (size->share == NUM_PRICE_ONE) {
		memcpy(to, "all", sizeof("all"));
	} else {
		size_t n = num_put_scaled(to, size->share, NUM_PRICE_SCALE - 2);

		memcpy(to + n, "%", sizeof("%"));
	}
}

/* As many whole shares as a quantity can hold. */
#define SHARES_MAX (170 * (num_i128)NUM_MONEY_ONE)

/* What is bought, and with what. */
struct purchase {
	const struct cost *cost;
	num_i128 money; /* there is */
	num_i128 fill;	/* price of a share */
};

/* Does the money pay for ${quantity} and the commission. */
static bool
pays(const struct purchase *p, num_i128 quantity)
{
	num_i128 value, fee, total;

	return cost_value(quantity, p->fill, &value) &&
	    cost_fee(p->cost, value, &fee) &&
	    !__builtin_add_overflow(value, fee, &total) && total <= p->money;
}

/*
 * The greatest n from 0 to below ${limit} so that ${base} and n times ${step}
 * are paid for, by bisection: the cost never falls as the quantity grows.
 */
static num_i128
most(const struct purchase *p, num_i128 base, num_i128 step, num_i128 limit)
{
	num_i128 low = 0, high = limit;

	while (high - low > 1) {
		num_i128 middle = low + (high - low) / 2;

		if (pays(p, base + middle * step))
			low = middle;
		else
			high = middle;
	}
	return low;
}

/*
 * Whole shares: money/(fill.(1 + commission)) in doubles is close, and the
 * bisection only has to look around it.
 */
static num_i128
whole_shares(const struct purchase *p)
{
	double each = (double)p->fill *
	    (1 + (double)p->cost->commission / (double)NUM_PRICE_ONE);
	double about = (double)p->money / each;
	num_i128 low = (num_i128)about - 1, limit = p->money / p->fill + 1;

	/* Where doubles are sure to within a share. */
	if (about >= 2 && about < 1e12 && low + 3 < limit &&
	    pays(p, low * NUM_MONEY_ONE) && !pays(p, (low + 3) * NUM_MONEY_ONE))
		return low + most(p, low * NUM_MONEY_ONE, NUM_MONEY_ONE, 3);
	return most(p, 0, NUM_MONEY_ONE, limit);
}

static num_i128
largest(const struct purchase *p, bool fractional)
{
	num_i128 quantity = NUM_MONEY_ONE * whole_shares(p);

	if (fractional)
		quantity += most(p, quantity, 1, NUM_MONEY_ONE);
	return quantity;
}

enum size_result
size_choose(const struct size *size, const struct cost *c, num_i128 cash,
    num_i128 fill, num_i128 *quantity)
{
	struct purchase p = {.cost = c, .money = cash, .fill = fill};
	num_i128 value;

	/* A price that slipped to nothing buys no defined quantity. */
	if (fill <= 0)
		return SIZE_NOTHING;
	if (size->kind == SIZE_FIXED) {
		*quantity = size->quantity;
		if (!cost_value(*quantity, fill, &value))
			return SIZE_TOO_LARGE;
		return pays(&p, *quantity) ? SIZE_OK : SIZE_NO_CASH;
	}
	if (cash <= 0)
		return SIZE_NOTHING;
	if ((size->share != NUM_PRICE_ONE &&
		!num_mul_div(cash, size->share, NUM_PRICE_ONE, &p.money)) ||
	    p.money / fill >= SHARES_MAX)
		return SIZE_TOO_LARGE;
	*quantity = largest(&p, size->fractional);
	return *quantity > 0 ? SIZE_OK : SIZE_NOTHING;
}
