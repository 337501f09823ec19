/* SPDX-License-Identifier: MIT */
/* How large the whole numbers in the columns can become. */
#include <math.h>

#include "strategy/indic.h"
#include "strategy/steps.h"
#include "vector/plan.h"

/* Units of 1e-9 that the reference takes as exact, a little below 2^63. */
#define UNITS_MAX 9.2e18

static int
decimals(num_i128 units)
{
	int n = NUM_PRICE_SCALE;

	while (n > 0 && units % 10 == 0) {
		units /= 10;
		n--;
	}
	return n;
}

int
bound_scale(const struct expr *x)
{
	int scale = 0;

	for (size_t i = 0; i < x->n; i++) {
		const struct expr_node *node = &x->at[i];

		if (node->op != EXPR_CONST || node->value.kind != VALUE_EXACT)
			continue;
		int n = decimals(node->value.units);

		scale = n > scale ? n : scale;
	}
	return scale;
}

struct frame {
	const struct vector *v;
	double most, tick;
	double units; /* of 1e-9 in a tick */
};

static double
field_bound(const struct frame *f, enum expr_field field)
{
	switch (field) {
	case EXPR_HL2:
		return 2 * f->most;
	case EXPR_HLC3:
		return 3 * f->most;
	case EXPR_OHLC4:
		return 4 * f->most;
	case EXPR_BAR:
		return (fabs((double)f->v->batch->first) + (double)f->v->room) *
		    f->tick;
	case EXPR_YEAR:
		return 9999 * f->tick;
	case EXPR_MONTH:
	case EXPR_DAY:
	case EXPR_HOUR:
	case EXPR_MINUTE:
	case EXPR_WEEKDAY:
		return 60 * f->tick;
	default:
		return f->most;
	}
}

/* Of the function ${node}, whose largest argument is ${b}. */
static double
call_bound(const struct frame *f, const struct plan_node *node, double b)
{
	const struct indic *indic = f->v->x->at[node->of].indic;

	switch (indic->result) {
	case INDIC_GIVES_MEAN:
		/* A value comes and one goes before they are added. */
		return b * fmax((double)node->n, 2);
	case INDIC_GIVES_COUNT:
		return ((double)f->v->bars + (double)f->v->room +
			   (double)node->n) *
		    f->tick;
	default:
		return indic->step == steps_mom ? 2 * b : b;
	}
}

/* A window or a plain number, which a function does not take values of. */
static bool
is_fixed(const struct expr_node *of, size_t i)
{
	return of->op == EXPR_INDICATOR &&
	    (of->indic->kinds[i] == 'w' || of->indic->kinds[i] == 'k');
}

/* Does the bound of a node grow from batch to batch. */
static bool
grows(const struct expr_node *of)
{
	return (of->op == EXPR_FIELD && of->field == EXPR_BAR) ||
	    (of->op == EXPR_INDICATOR &&
		of->indic->result == INDIC_GIVES_COUNT);
}

/* The largest value of the exact arguments. */
static double
args_bound(const struct vector *v, const struct plan_node *node)
{
	const struct expr_node *of = &v->x->at[node->of];
	double most = 0;

	for (size_t i = 0; i < node->nargs; i++)
		if (plan_arg(v, node, i)->den > 0 && !is_fixed(of, i))
			most = fmax(most, plan_arg(v, node, i)->bound);
	return most;
}

static double
bound(const struct frame *f, const struct plan_node *node)
{
	const struct expr_node *of = &f->v->x->at[node->of];

	switch (of->op) {
	case EXPR_CONST:
		return of->value.kind == VALUE_EXACT
		    ? fabs((double)of->value.units) / f->units
		    : 0;
	case EXPR_FIELD:
		return field_bound(f, of->field);
	case EXPR_INDICATOR:
		return call_bound(f, node, args_bound(f->v, node));
	default:
		return args_bound(f->v, node);
	}
}

/* Beyond these the reference goes over to doubles. */
static bool
stays_exact(const struct frame *f, const struct plan_node *node)
{
	const struct expr_node *of = &f->v->x->at[node->of];
	double ticks = 2 * args_bound(f->v, node);
	double spread = ticks * f->units;

	if (of->op != EXPR_INDICATOR)
		return true;
	if (of->indic->step == steps_mom)
		return spread <= UNITS_MAX;
	return of->indic->step != steps_stddev ||
	    (ticks < PLAN_WHOLE && spread * (double)of->n <= UNITS_MAX);
}

/* A comparison of it needs more than doubles. */
static bool
is_wide(const struct vector *v, const struct plan_node *node)
{
	const struct plan_node *a = plan_arg(v, node, 0);
	const struct plan_node *b = plan_arg(v, node, 1);

	return a->den > 0 && b->den > 0 &&
	    (a->bound * node->scale[0] >= PLAN_WHOLE ||
		b->bound * node->scale[1] >= PLAN_WHOLE);
}

bool
bound_fits(struct vector *v, double most, int scale)
{
	struct frame f = {.v = v,
	    .most = most,
	    .tick = (double)num_power(scale),
	    .units = (double)num_power(NUM_PRICE_SCALE - scale)};

	v->bounded = true;
	for (size_t i = 0; i < v->nodes; i++) {
		struct plan_node *node = &v->at[i];

		if (node->compares)
			node->wide = is_wide(v, node);
		if (node->of == PLAN_VIEW || node->kernel == NULL)
			continue;
		v->bounded = v->bounded && !grows(&v->x->at[node->of]);
		if (!stays_exact(&f, node))
			return false;
		if (node->den == 0)
			continue;
		node->bound = bound(&f, node);
		/* Rounding takes nothing beyond it to below it. */
		if (!(node->bound < PLAN_WHOLE) ||
		    f.tick * (double)node->den >= PLAN_WHOLE)
			return false;
	}
	return true;
}
