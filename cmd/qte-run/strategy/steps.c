/* SPDX-License-Identifier: MIT */
/* Indicators that go from bar to bar, and functions of one bar. */
#include "strategy/steps.h"

#include <math.h>

/* The ${i}-th argument as a double: whether it is there. */
static bool
number(const struct expr *x, const struct expr_node *node, size_t i, double *d)
{
	const struct expr_node *a = expr_arg(x, node, i);

	if (a->value.kind == VALUE_ABSENT)
		return false;
	*d = value_double(a->value, a->den);
	return true;
}

double
steps_average(struct expr_carry *c, int64_t n, double weight, double d)
{
	if (++c->count > n) {
		c->a += weight * (d - c->a);
		return c->a;
	}
	c->a += d;
	if (c->count < n)
		return (double)NAN;
	c->a /= (double)n;
	return c->a;
}

static struct value
average(const struct expr *x, struct expr_node *node, double weight)
{
	double d;

	if (!number(x, node, 0, &d))
		return value_absent;
	return value_number(steps_average(&node->carry, node->n, weight, d));
}

struct value
steps_ema(const struct expr *x, struct expr_node *node)
{
	return average(x, node, 2.0 / ((double)node->n + 1.0));
}

struct value
steps_rma(const struct expr *x, struct expr_node *node)
{
	return average(x, node, 1.0 / (double)node->n);
}

struct value
steps_cum(const struct expr *x, struct expr_node *node)
{
	double d;

	if (!number(x, node, 0, &d))
		return value_absent;
	node->carry.a += d;
	return value_number(node->carry.a);
}

struct value
steps_barssince(const struct expr *x, struct expr_node *node)
{
	struct expr_carry *c = &node->carry;

	if (value_true(expr_arg(x, node, 0)->value))
		c->count = 1;
	else if (c->count > 0)
		c->count++;
	return c->count > 0 ? value_whole(c->count - 1) : value_absent;
}

struct value
steps_valuewhen(const struct expr *x, struct expr_node *node)
{
	if (value_true(expr_arg(x, node, 0)->value))
		node->carry.last = expr_arg(x, node, 1)->value;
	return node->carry.last;
}

/*
 * The greatest (sign 1) or least (sign -1) value since the condition was true.
 * Of equal ones the first; absent ones are passed over.
 */
static struct value
extreme_since(const struct expr *x, struct expr_node *node, int sign)
{
	const struct expr_node *now = expr_arg(x, node, 1);
	struct expr_carry *c = &node->carry;

	if (value_true(expr_arg(x, node, 0)->value)) {
		c->count = 1;
		c->last = now->value;
	} else if (c->count > 0 && now->value.kind != VALUE_ABSENT &&
	    (c->last.kind == VALUE_ABSENT ||
		sign * value_compare(now->value, now->den, c->last, now->den) >
		    0)) {
		c->last = now->value;
	}
	return c->last;
}

struct value
steps_highestsince(const struct expr *x, struct expr_node *node)
{
	return extreme_since(x, node, 1);
}

struct value
steps_lowestsince(const struct expr *x, struct expr_node *node)
{
	return extreme_since(x, node, -1);
}

/*
 * ratchet(x, upper, lower): a line below a rising x and above a falling one.
 * The upper band only falls until x was above it, the lower one only rises
 * until x was below it; the line is one of them and changes sides when x
 * crosses it.  Starts above.
 */
struct value
steps_ratchet(const struct expr *x, struct expr_node *node)
{
	struct expr_carry *c = &node->carry;
	double now, upper, lower;

	if (!number(x, node, 0, &now) || !number(x, node, 1, &upper) ||
	    !number(x, node, 2, &lower))
		return value_absent;
	if (c->count++ > 0) {
		double before = c->last.number;

		if (upper > c->a && before <= c->a)
			upper = c->a;
		if (lower < c->b && before >= c->b)
			lower = c->b;
		c->side = c->side ? now >= lower : now > upper;
	}
	c->a = upper;
	c->b = lower;
	c->last = value_number(now);
	return value_number(c->side ? lower : upper);
}

struct value
steps_abs(const struct expr *x, struct expr_node *node)
{
	double d;

	return number(x, node, 0, &d) ? value_number(fabs(d)) : value_absent;
}

struct value
steps_log(const struct expr *x, struct expr_node *node)
{
	double d;

	return number(x, node, 0, &d) ? value_number(log(d)) : value_absent;
}

struct value
steps_sqrt(const struct expr *x, struct expr_node *node)
{
	double d;

	return number(x, node, 0, &d) ? value_number(sqrt(d)) : value_absent;
}

struct value
steps_sign(const struct expr *x, struct expr_node *node)
{
	double d;

	return number(x, node, 0, &d) ? value_number((d > 0) - (d < 0))
				      : value_absent;
}

struct value
steps_max(const struct expr *x, struct expr_node *node)
{
	double a, b;

	if (!number(x, node, 0, &a) || !number(x, node, 1, &b))
		return value_absent;
	return value_number(a > b ? a : b);
}

struct value
steps_min(const struct expr *x, struct expr_node *node)
{
	double a, b;

	if (!number(x, node, 0, &a) || !number(x, node, 1, &b))
		return value_absent;
	return value_number(a < b ? a : b);
}

struct value
steps_nz(const struct expr *x, struct expr_node *node)
{
	const struct expr_node *a = expr_arg(x, node, 0);

	if (a->value.kind == VALUE_ABSENT)
		a = expr_arg(x, node, 1);
	return value_as(a->value, a->den, node->den);
}
