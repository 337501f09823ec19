/* SPDX-License-Identifier: MIT */
/* Plans the columns of an expression. */
#include "vector/plan.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "strategy/indic.h"

static struct plan_node *
add_node(struct vector *v, size_t of)
{
	struct plan_node *node = &v->at[v->nodes++];

	*node = (struct plan_node){.of = of, .scale = {1, 1}};
	return node;
}

/* The column of the doubles that the values of node ${i} of ${x} are. */
static size_t
doubles_of(struct vector *v, size_t i)
{
	size_t exact = v->plan[i];

	if (v->at[exact].den == 0 || v->at[exact].truth)
		return exact;
	if (v->view[i] == PLAN_VIEW) {
		v->view[i] = v->nodes;
		struct plan_node *node = add_node(v, PLAN_VIEW);

		node->arg[0] = exact;
		node->nargs = 1;
		node->kernel = v->at[exact].kernel != NULL ? number_view : NULL;
	}
	return v->view[i];
}

/* It has its values from another. */
static void
plan_nothing(struct vector *v, struct plan_node *node)
{
	(void)v;
	(void)node;
}

/* A number of another column, some bars ago. */
void
plan_alias(struct vector *v, struct plan_node *node)
{
	node->now = plan_arg(v, node, 0)->now - node->n;
}

/*
 * The kernel of ${of}, and whether it wants the doubles of its arguments or
 * takes them as they are.
 */
static plan_kernel *
choose_kernel(const struct vector *v, const struct expr_node *of, bool *doubles)
{
	const struct plan_node *a = &v->at[v->plan[of->arg[0]]];

	*doubles = false;
	if (of->op == EXPR_INDICATOR)
		return window_kernel(of, a->den > 0, doubles);
	if (of->op == EXPR_PAST && !of->truth)
		return plan_alias;
	if (of->truth)
		return truth_kernel(of);
	*doubles = of->den == 0 && of->op != EXPR_NEGATE;
	return number_kernel(of);
}

/* Two exact numbers are compared by their products with the other's den. */
static void
set_scales(const struct vector *v, struct plan_node *node)
{
	uint64_t a = plan_arg(v, node, 0)->den, b = plan_arg(v, node, 1)->den;

	if (a == b || a == 0 || b == 0)
		return;
	node->scale[0] = (double)b;
	node->scale[1] = (double)a;
}

/* What the plan has besides the nodes of the expression, each once. */
static size_t
derive(struct vector *v, const struct expr_node *key, bool *is_new)
{
	size_t i = expr_add(&v->derived, key);

	*is_new = i == v->derived_plan.n;
	if (*is_new)
		*VEC_PUSH(&v->derived_plan) = v->nodes;
	return v->derived_plan.at[i];
}

/* A node of the plan over one or two others. */
static struct plan_node *
add_over(struct vector *v, plan_kernel *kernel, size_t a, size_t b)
{
	struct plan_node *node = add_node(v, PLAN_VIEW);
	bool late = v->at[a].kernel == NULL || v->at[b].kernel == NULL;

	node->kernel = late ? NULL : kernel;
	node->truth = true;
	node->arg[0] = a;
	node->arg[1] = b;
	node->nargs = a == b ? 1 : 2;
	return node;
}

/* a < b.  Crosses want b < a too, which is worked out with it. */
static size_t
plan_less(struct vector *v, size_t a, size_t b)
{
	size_t low = a < b ? a : b, high = a < b ? b : a;
	bool is_new;
	size_t at = derive(v,
	    &(struct expr_node){.op = EXPR_LESS,
		.truth = true,
		.arg = {low, high}},
	    &is_new);

	if (is_new) {
		struct plan_node *node = add_over(v, truth_order, low, high);

		node->nargs = 2;
		node->compares = true;
		set_scales(v, node);
		add_over(v, plan_nothing, low, high);
	}
	return low == a ? at : at + 1;
}

/* Neither is below the other. */
static size_t
plan_equal(struct vector *v, size_t a, size_t b)
{
	size_t less = plan_less(v, a, b), more = plan_less(v, b, a);
	bool is_new;
	size_t at = derive(v,
	    &(struct expr_node){.op = EXPR_EQUAL,
		.truth = true,
		.arg = {less, more}},
	    &is_new);

	if (is_new)
		add_over(v, truth_equal, less, more)->nargs = 2;
	return at;
}

/* What ${a} was ${n} bars ago. */
static size_t
plan_past(struct vector *v, size_t a, int64_t n)
{
	bool is_new;
	size_t at = derive(v,
	    &(struct expr_node){.op = EXPR_PAST, .n = n, .arg = {a}}, &is_new);

	if (is_new)
		add_over(v, truth_past, a, a)->n = n;
	return at;
}

static size_t
plan_not(struct vector *v, size_t a)
{
	bool is_new;
	size_t at = derive(v,
	    &(struct expr_node){.op = EXPR_NOT, .truth = true, .arg = {a}},
	    &is_new);

	if (is_new)
		add_over(v, plan_nothing, a, a)->opposite = true;
	return at;
}

/*
 * All comparisons come from a < b, so that crosses share them: a <= b is not
 * b < a, and a[1] <= b[1] is what a <= b was a bar ago.
 */
static void
plan_comparison(struct vector *v, size_t i)
{
	const struct expr_node *of = &v->x->at[i];
	const struct expr_node *l = &v->x->at[of->arg[0]];
	const struct expr_node *r = &v->x->at[of->arg[1]];
	bool both = l->op == EXPR_PAST && r->op == EXPR_PAST && l->n == r->n &&
	    l->n > 0 && l->n < 64;
	size_t left = both ? l->arg[0] : of->arg[0];
	size_t right = both ? r->arg[0] : of->arg[1];
	bool doubles = l->den == 0 || r->den == 0;
	size_t a = doubles ? doubles_of(v, left) : v->plan[left];
	size_t b = doubles ? doubles_of(v, right) : v->plan[right];
	bool swap = of->op == EXPR_GREATER || of->op == EXPR_LESS_EQUAL;
	bool equal = of->op == EXPR_EQUAL || of->op == EXPR_UNEQUAL;
	size_t at = equal ? plan_equal(v, a, b)
			  : plan_less(v, swap ? b : a, swap ? a : b);

	if (both)
		at = plan_past(v, at, l->n);
	if (of->op == EXPR_UNEQUAL || of->op == EXPR_LESS_EQUAL ||
	    of->op == EXPR_GREATER_EQUAL)
		at = plan_not(v, at);
	v->plan[i] = at;
}

static void
plan_one(struct vector *v, size_t i)
{
	const struct expr_node *of = &v->x->at[i];
	size_t nargs = expr_nargs(of), args[EXPR_ARGS] = {0};
	bool doubles, late = of->op == EXPR_FIELD && of->field >= EXPR_POS;
	plan_kernel *kernel = choose_kernel(v, of, &doubles);

	for (size_t k = 0; k < nargs; k++) {
		args[k] =
		    doubles ? doubles_of(v, of->arg[k]) : v->plan[of->arg[k]];
		late = late || v->at[args[k]].kernel == NULL;
	}
	v->plan[i] = v->nodes;
	struct plan_node *node = add_node(v, i);

	node->kernel = late ? NULL : kernel;
	node->truth = of->truth;
	node->den = of->den;
	node->n = of->n;
	node->nargs = nargs;
	memcpy(node->arg, args, sizeof(args[0]) * nargs);
}

static void
plan_all(struct vector *v)
{
	for (size_t i = 0; i < v->x->n; i++) {
		const struct expr_node *of = &v->x->at[i];

		if (of->op >= EXPR_LESS && of->op <= EXPR_UNEQUAL &&
		    !v->x->at[of->arg[0]].truth)
			plan_comparison(v, i);
		else
			plan_one(v, i);
	}
}

size_t
plan_looks_back(const struct vector *v, const struct plan_node *node)
{
	if (node->of == PLAN_VIEW)
		return 0;
	return v->x->at[node->of].ring.size;
}

uint64_t
plan_within(const struct vector *v, size_t w)
{
	size_t left = v->n - w * 64;

	return left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;
}

/* Nodes that look back make their arguments keep what they need. */
static void
set_histories(struct vector *v)
{
	for (size_t i = v->nodes; i-- > 0;) {
		struct plan_node *node = &v->at[i];

		for (size_t k = 0; k < node->nargs; k++) {
			struct plan_node *arg = plan_arg(v, node, k);
			size_t need = k == 0 ? plan_looks_back(v, node) : 0;

			if (node->kernel == plan_alias)
				need += node->history;
			if (node->kernel == truth_past)
				need = (size_t)node->n;
			if (node->kernel != NULL &&
			    node->kernel != vector_by_bar &&
			    need > arg->history)
				arg->history = need;
		}
	}
}

static void
allocate(struct vector *v, struct plan_node *node)
{
	/* One more, so that two words side by side can be read anywhere. */
	size_t words = (v->room + 63) / 64 + 1;

	if (node->kernel == NULL || node->kernel == plan_alias)
		return;
	if (node->opposite) {
		node->yes = plan_arg(v, node, 0)->no;
		node->no = plan_arg(v, node, 0)->yes;
		return;
	}
	if (node->truth) {
		node->yes = mem_alloc(2 * words, sizeof(*node->yes));
		node->no = node->yes + words;
		return;
	}
	/* Moving the old values to the front then costs less than one a bar. */
	node->size =
	    node->history + (node->history > v->room ? node->history : v->room);
	node->data = mem_alloc(node->size + 63, sizeof(*node->data));
	node->at = node->history;
	for (size_t i = 0; i < node->history; i++)
		node->data[i] = (double)NAN;
	node->missing = node->n;
	node->base = (double)NAN;
}

/* What depends on the account is evaluated from what does not. */
static void
want_arguments(struct vector *v)
{
	for (size_t i = 0; i < v->x->n; i++)
		for (size_t k = 0; k < expr_nargs(&v->x->at[i]); k++)
			if (v->at[v->plan[i]].kernel == NULL)
				v->wanted[v->x->at[i].arg[k]] = true;
}

void
plan_make(struct vector *v)
{
	plan_all(v);
	set_histories(v);
	want_arguments(v);
	for (size_t i = 0; i < v->nodes; i++)
		allocate(v, &v->at[i]);
}
