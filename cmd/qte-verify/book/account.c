/* SPDX-License-Identifier: MIT */
/* What the parts of the check of a book share. */
#include "book/account.h"

#define UNIT NUM_PRICE_ONE

void
account_init(struct account *a, const struct check *check)
{
	*a = (struct account){.check = check};
}

void
account_release(struct account *a)
{
	source_close(&a->source);
	roster_release(&a->symbols);
	VEC_RELEASE(&a->stocks);
	deals_release(&a->deals);
	buf_release(&a->cash.row);
	buf_release(&a->cash.value);
	buf_release(&a->equity.row);
	buf_release(&a->equity.value);
}

uint32_t
account_symbol(struct account *a, const char *text, size_t n)
{
	uint32_t id = roster_take(&a->symbols, text, n);

	while (a->stocks.n <= id)
		*VEC_PUSH(&a->stocks) =
		    (struct stock){.last_ns = INT64_MIN, .close_ns = INT64_MIN};
	return id;
}

bool
account_units(num_i128 value, int64_t *units)
{
	num_i128 whole = value / UNIT;

	if (whole * UNIT != value || whole < -INT64_MAX || whole > INT64_MAX)
		return false;
	*units = (int64_t)whole;
	return true;
}

bool
account_value(const struct stock *s, num_i128 quantity, num_i128 *value)
{
	if (quantity == 0) {
		*value = 0;
		return true;
	}
	return s->priced && !__builtin_mul_overflow(quantity, s->close, value);
}
