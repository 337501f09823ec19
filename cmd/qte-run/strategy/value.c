/* SPDX-License-Identifier: MIT */
/* Values of expressions: exact where they can be, absent where they must. */
#include "strategy/value.h"

#include <math.h>

const struct value value_absent = {.kind = VALUE_ABSENT};

struct value
value_whole(int64_t n)
{
	return (struct value){.kind = VALUE_EXACT,
	    .units = (num_i128)n * NUM_PRICE_ONE};
}

struct value
value_truth(bool truth)
{
	return (struct value){.kind = VALUE_TRUTH, .truth = truth};
}

struct value
value_number(double number)
{
	if (!isfinite(number))
		return value_absent;
	return (struct value){.kind = VALUE_DOUBLE, .number = number};
}

bool
value_true(struct value v)
{
	return v.kind == VALUE_TRUTH && v.truth;
}

double
value_double(struct value v, uint64_t den)
{
	if (v.kind == VALUE_EXACT)
		return num_ratio(v.units, den * (uint64_t)NUM_PRICE_ONE);
	return v.number;
}

struct value
value_as(struct value v, uint64_t from, uint64_t to)
{
	if (v.kind != VALUE_EXACT || from == to)
		return v;
	return value_number(value_double(v, from));
}

int
value_compare(struct value a, uint64_t da, struct value b, uint64_t db)
{
	if (a.kind == VALUE_EXACT && b.kind == VALUE_EXACT) {
		num_i128 left = a.units * (num_i128)db;
		num_i128 right = b.units * (num_i128)da;

		return (left > right) - (left < right);
	}
	double left = value_double(a, da), right = value_double(b, db);

	return (left > right) - (left < right);
}

struct value
value_not(struct value a)
{
	return a.kind == VALUE_ABSENT ? a : value_truth(!a.truth);
}

struct value
value_and(struct value a, struct value b)
{
	if (a.kind != VALUE_ABSENT && !a.truth)
		return a;
	if (b.kind != VALUE_ABSENT && !b.truth)
		return b;
	return a.kind == VALUE_ABSENT ? a : b;
}

struct value
value_or(struct value a, struct value b)
{
	return value_not(value_and(value_not(a), value_not(b)));
}
