/* SPDX-License-Identifier: MIT */
/*
 * A value of an expression at one bar: absent, a truth, a double, or an exact
 * number.  An exact one is a whole number of 1e-9/den, where den belongs to
 * the expression, not to the value: sma(close,10) has den 10, so its value is
 * the sum of ten prices and nothing was ever divided.
 */
#ifndef QTE_RUN_VALUE_H
#define QTE_RUN_VALUE_H

#include "base/base.h"
#include "base/num.h"

/*
 * The largest den.  A price is below 2^63 units and a mean of means of it below
 * 2^63 x den, so two of them cross-multiplied stay below 2^123.
 */
#define VALUE_DEN_MAX (UINT64_C(1) << 30)

enum value_kind { VALUE_ABSENT, VALUE_TRUTH, VALUE_DOUBLE, VALUE_EXACT };

struct value {
	enum value_kind kind;
	union {
		bool truth;
		double number;
		num_i128 units;
	};
};

/* value_truth(t), value_number(d): make one; a ${d} that is not finite is
 * absent. */
struct value value_truth(bool);
struct value value_number(double);

/* value_absent: no value.  value_whole(n): the exact number ${n}, of den 1. */
extern const struct value value_absent;
struct value value_whole(int64_t);

/* value_true(v): is ${v} present and true. */
bool value_true(struct value);

/* value_double(v, den): a number as a double, rounded once.  Not for absent. */
double value_double(struct value, uint64_t);

/*
 * value_as(v, from, to):
 * A number of ${from} as one of ${to}: a double where the two differ.
 */
struct value value_as(struct value, uint64_t, uint64_t);

/*
 * value_compare(a, da, b, db):
 * Order two numbers that are present: < 0, 0 or > 0.  Two exact ones are
 * compared exactly.
 */
int value_compare(struct value, uint64_t, struct value, uint64_t);

/* value_not(a), value_and(a, b), value_or(a, b): Kleene's logic. */
struct value value_not(struct value);
struct value value_and(struct value, struct value);
struct value value_or(struct value, struct value);

#endif
