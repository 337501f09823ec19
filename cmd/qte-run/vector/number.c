/* SPDX-License-Identifier: MIT */
/* Columns of numbers: what the bars hold, and what is made of one bar. */
#include <math.h>

#include "strategy/field.h"
#include "strategy/indic.h"
#include "strategy/steps.h"
#include "vector/plan.h"

/* What is not finite is absent, as in value_number. */
static double
present(double d)
{
	return fabs(d) <= 1.7976931348623157e308 ? d : (double)NAN;
}

/* The doubles that exact values are: one division, which rounds once. */
void
number_view(struct vector *v, struct plan_node *node)
{
	const struct plan_node *a = plan_arg(v, node, 0);
	double one = v->tick * (double)a->den;

	for (size_t i = 0; i < v->n; i++)
		node->now[i] = a->now[i] / one;
}

static void
constant(struct vector *v, struct plan_node *node)
{
	struct value value = v->x->at[node->of].value;
	double d = (double)NAN;

	if (node->filled)
		return;
	if (value.kind == VALUE_EXACT)
		d = (double)(int64_t)(value.units / v->units);
	else if (value.kind == VALUE_DOUBLE)
		d = value.number;
	node->whole = !isnan(d);
	for (size_t i = 0; i < v->room; i++)
		node->now[i] = d;
	/* With no past to keep, the column stays where it is. */
	node->filled = node->history == 0;
}

static void
price(struct vector *v, struct plan_node *node)
{
	/* Indexed by enum expr_field: which prices are added up. */
	static const unsigned sums[] = {
	    [EXPR_OPEN] = 1U << BATCH_OPEN,
	    [EXPR_HIGH] = 1U << BATCH_HIGH,
	    [EXPR_LOW] = 1U << BATCH_LOW,
	    [EXPR_CLOSE] = 1U << BATCH_CLOSE,
	    [EXPR_HL2] = 1U << BATCH_HIGH | 1U << BATCH_LOW,
	    [EXPR_HLC3] =
		1U << BATCH_HIGH | 1U << BATCH_LOW | 1U << BATCH_CLOSE,
	    [EXPR_OHLC4] = 1U << BATCH_OPEN | 1U << BATCH_HIGH |
		1U << BATCH_LOW | 1U << BATCH_CLOSE,
	};
	unsigned which = sums[v->x->at[node->of].field];
	bool first = true;

	node->whole = true;
	for (unsigned p = 0; p < BATCH_PRICES; p++) {
		if ((which >> p & 1) == 0)
			continue;
		batch_ticks(v->batch->price[p], v->n, v->units,
		    first ? node->now : v->scratch);
		for (size_t i = 0; !first && i < v->n; i++)
			node->now[i] += v->scratch[i];
		first = false;
	}
}

static void
volume(struct vector *v, struct plan_node *node)
{
	for (size_t i = 0; i < v->n; i++)
		node->now[i] = present(v->batch->volume[i]);
}

static void
bar(struct vector *v, struct plan_node *node)
{
	for (size_t i = 0; i < v->n; i++)
		node->now[i] = (double)(v->batch->first + (int64_t)i) * v->tick;
}

static void
clock_time(struct vector *v, struct plan_node *node)
{
	for (size_t i = 0; i < v->n; i++) {
		int64_t ts_ns = v->batch->ts_ns[i];
		struct bar at = {.ts_ns = ts_ns};
		struct value value = field_value(v->x->at[node->of].field,
		    &(struct expr_moment){.bar = &at,
			.ahead_ns = zone_offset(&v->zone, ts_ns)});

		node->now[i] = (double)(int64_t)(value.units / v->units);
	}
}

/* From nothing, so that there is no negative zero among exact numbers. */
static void
negate(struct vector *v, struct plan_node *node)
{
	const double *a = plan_arg(v, node, 0)->now;

	if (node->den > 0)
		for (size_t i = 0; i < v->n; i++)
			node->now[i] = 0 - a[i];
	else
		for (size_t i = 0; i < v->n; i++)
			node->now[i] = -a[i];
}

/* KERNEL1(name, a): a function of one number; KERNEL2(name, a, b): of two. */
#define KERNEL1(name, expression)                                  \
	static void name(struct vector *v, struct plan_node *node) \
	{                                                          \
		const double *x = plan_arg(v, node, 0)->now;       \
		double *to = node->now;                            \
                                                                   \
		for (size_t i = 0; i < v->n; i++) {                \
			double a = x[i];                           \
                                                                   \
			to[i] = present(expression);               \
		}                                                  \
	}
#define KERNEL2(name, expression)                                  \
	static void name(struct vector *v, struct plan_node *node) \
	{                                                          \
		const double *x = plan_arg(v, node, 0)->now;       \
		const double *y = plan_arg(v, node, 1)->now;       \
		double *to = node->now;                            \
                                                                   \
		for (size_t i = 0; i < v->n; i++) {                \
			double a = x[i], b = y[i];                 \
                                                                   \
			to[i] = present(expression);               \
		}                                                  \
	}

KERNEL2(add, a + b)
KERNEL2(subtract, a - b)
KERNEL2(multiply, a *b)
KERNEL2(divide, a / b)
KERNEL2(modulo, fmod(a, b))
/* An absent argument makes the result absent. */
KERNEL2(greater_of, isnan(a) ? a : a > b ? a : b)
KERNEL2(lesser_of, isnan(a) ? a : a < b ? a : b)
KERNEL2(first_there, isnan(a) ? b : a)
KERNEL1(absolute, fabs(a))
KERNEL1(logarithm, log(a))
KERNEL1(root, sqrt(a))
KERNEL1(sign_of, isnan(a) ? a : (double)((a > 0) - (a < 0)))

static void
choose(struct vector *v, struct plan_node *node)
{
	const struct plan_node *c = plan_arg(v, node, 0);
	const double *a = plan_arg(v, node, 1)->now;
	const double *b = plan_arg(v, node, 2)->now;

	for (size_t i = 0; i < v->n; i++)
		node->now[i] = plan_bit(c->yes, i) ? a[i]
		    : plan_bit(c->no, i)	   ? b[i]
						   : (double)NAN;
}

static plan_kernel *
field_kernel(enum expr_field field)
{
	if (field <= EXPR_OHLC4)
		return price;
	if (field == EXPR_VOLUME)
		return volume;
	return field == EXPR_BAR ? bar : clock_time;
}

plan_kernel *
number_kernel(const struct expr_node *of)
{
	switch (of->op) {
	case EXPR_CONST:
		return constant;
	case EXPR_FIELD:
		return field_kernel(of->field);
	case EXPR_NEGATE:
		return negate;
	case EXPR_ADD:
		return add;
	case EXPR_SUBTRACT:
		return subtract;
	case EXPR_MULTIPLY:
		return multiply;
	case EXPR_DIVIDE:
		return divide;
	case EXPR_MODULO:
		return modulo;
	default:
		return choose;
	}
}

/* By what the reference does at a bar. */
static const struct {
	steps_step *step;
	plan_kernel *kernel;
} functions[] = {
    {steps_abs, absolute},
    {steps_log, logarithm},
    {steps_sqrt, root},
    {steps_sign, sign_of},
    {steps_max, greater_of},
    {steps_min, lesser_of},
    {steps_nz, first_there},
};

plan_kernel *
number_function(const struct expr_node *of)
{
	for (size_t i = 0; i < QTE_COUNT(functions); i++)
		if (functions[i].step == of->indic->step)
			return functions[i].kernel;
	return NULL;
}
