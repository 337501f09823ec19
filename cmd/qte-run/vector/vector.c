/* SPDX-License-Identifier: MIT */
/* Plans the columns of an expression, and takes them from batch to batch. */
#include "vector/vector.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "strategy/indic.h"
#include "strategy/steps.h"
#include "vector/plan.h"

double
plan_power(int n)
{
	double power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

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
static void
past(struct vector *v, struct plan_node *node)
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
		return past;
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

/* a < b, or a == b. */
static size_t
plan_order(struct vector *v, enum expr_op op, size_t a, size_t b)
{
	bool is_new;
	size_t at = derive(v,
	    &(struct expr_node){.op = op, .truth = true, .arg = {a, b}},
	    &is_new);

	if (is_new) {
		struct plan_node *node = add_over(v,
		    op == EXPR_LESS ? truth_less : truth_equal, a, b);

		node->nargs = 2;
		node->compares = true;
		set_scales(v, node);
	}
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
 * All comparisons come from a < b and a == b, so that crosses share them:
 * a <= b is not b < a, and a[1] <= b[1] is what a <= b was a bar ago.
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
	size_t at = plan_order(v, equal ? EXPR_EQUAL : EXPR_LESS, swap ? b : a,
	    swap ? a : b);

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
	size_t nargs = expr_nargs(of), args[EXPR_ARGS];
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

/* How far back ${node} looks into its argument. */
static size_t
looks_back(const struct vector *v, const struct plan_node *node)
{
	if (node->of == PLAN_VIEW)
		return 0;
	return v->x->at[node->of].ring.size;
}

/* Nodes that look back make their arguments keep what they need. */
static void
set_histories(struct vector *v)
{
	for (size_t i = v->nodes; i-- > 0;) {
		struct plan_node *node = &v->at[i];

		for (size_t k = 0; k < node->nargs; k++) {
			struct plan_node *arg = plan_arg(v, node, k);
			size_t need = k == 0 ? looks_back(v, node) : 0;

			if (node->kernel == past)
				need += node->history;
			if (node->kernel != NULL && need > arg->history)
				arg->history = need;
		}
	}
}

static void
allocate(struct vector *v, struct plan_node *node)
{
	size_t words = (v->room + 63) / 64;

	if (node->kernel == NULL || node->kernel == past)
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
	node->data = mem_alloc(node->size, sizeof(*node->data));
	node->at = node->history;
	for (size_t i = 0; i < node->history; i++)
		node->data[i] = (double)NAN;
	node->missing = node->n;
	node->base = (double)NAN;
}

static void
set_tick(struct vector *v, int scale)
{
	v->scale = scale;
	v->tick = plan_power(scale);
	v->units = (int64_t)plan_power(NUM_PRICE_SCALE - scale);
}

/* What depends on the account is evaluated from what does not. */
static void
want_arguments(struct vector *v)
{
	for (size_t i = 0; i < v->x->n; i++)
		for (size_t k = 0; k < expr_nargs(&v->x->at[i]); k++)
			if (vector_late(v, i))
				vector_want(v, v->x->at[i].arg[k]);
}

struct vector *
vector_new(struct expr *x, size_t room, const struct zone *zone)
{
	struct vector *v = mem_alloc(1, sizeof(*v));

	*v = (struct vector){.x = x, .room = room, .zone = *zone};
	/* Besides itself each node may need three more. */
	v->at = mem_alloc(4 * x->n, sizeof(*v->at));
	v->plan = mem_alloc(x->n, sizeof(*v->plan));
	v->view = mem_alloc(x->n, sizeof(*v->view));
	v->wanted = mem_alloc(x->n, sizeof(*v->wanted));
	set_tick(v, bound_scale(x));
	for (size_t i = 0; i < x->n; i++)
		v->view[i] = PLAN_VIEW;
	plan_all(v);
	set_histories(v);
	want_arguments(v);
	for (size_t i = 0; i < v->nodes; i++)
		allocate(v, &v->at[i]);
	return v;
}

void
vector_free(struct vector *v)
{
	if (v == NULL)
		return;
	for (size_t i = 0; i < v->nodes; i++) {
		free(v->at[i].data);
		if (!v->at[i].opposite)
			free(v->at[i].yes);
		free(v->at[i].queue.at);
	}
	expr_release(&v->derived);
	VEC_RELEASE(&v->derived_plan);
	free(v->at);
	free(v->plan);
	free(v->view);
	free(v->wanted);
	free(v);
}

struct value
plan_value(const struct vector *v, const struct plan_node *node, ptrdiff_t i)
{
	if (node->truth) {
		uint64_t yes = i < 0 ? node->yes64 >> (64 + i) : 0;
		uint64_t no = i < 0 ? node->no64 >> (64 + i) : 0;

		if (i >= 0) {
			yes = plan_bit(node->yes, (size_t)i);
			no = plan_bit(node->no, (size_t)i);
		}
		return ((yes | no) & 1) != 0
		    ? value_truth((yes & 1) != 0)
		    : (struct value){.kind = VALUE_ABSENT};
	}
	double d = node->now[i];

	if (node->den == 0 || isnan(d))
		return value_number(d);
	return (struct value){.kind = VALUE_EXACT,
	    .units = (num_i128)(int64_t)d * v->units};
}

/* The last 64 of the bits before the batch and those of the batch. */
static uint64_t
last_bits(uint64_t before, const uint64_t *bits, size_t n)
{
	size_t word = n / 64, shift = n % 64;

	if (shift == 0)
		return word > 0 ? bits[word - 1] : before;
	if (word > 0)
		before = bits[word - 1];
	return before >> shift | bits[word] << (64 - shift);
}

/* Go on behind the last batch. */
static void
advance(struct vector *v)
{
	for (size_t i = 0; i < v->nodes; i++) {
		struct plan_node *node = &v->at[i];

		if (node->yes != NULL) {
			node->yes64 = last_bits(node->yes64, node->yes, v->n);
			node->no64 = last_bits(node->no64, node->no, v->n);
		}
		if (node->data == NULL)
			continue;
		node->at += v->n;
		if (node->at + v->room > node->size) {
			memmove(node->data,
			    node->data + node->at - node->history,
			    node->history * sizeof(*node->data));
			node->at = node->history;
		}
		node->now = node->data + node->at;
	}
	v->bars += (int64_t)v->n;
	v->n = 0;
}

/* Give the expression the past values that it would have kept itself. */
static void
hand_back(struct vector *v)
{
	for (size_t i = 0; i < v->nodes; i++) {
		struct plan_node *node = &v->at[i];
		size_t n = looks_back(v, node);

		if (node->kernel == NULL || node->kernel == plan_by_bar)
			continue;
		if (node->kernel == past)
			past(v, node);
		for (size_t k = 0; k < n; k++)
			expr_put(&v->x->at[node->of],
			    plan_value(v, plan_arg(v, node, 0),
				(ptrdiff_t)k - (ptrdiff_t)n));
	}
}

static void
rescale(struct vector *v, int scale)
{
	double factor = plan_power(scale - v->scale);

	set_tick(v, scale);
	v->most *= factor;
	for (size_t i = 0; i < v->nodes; i++) {
		struct plan_node *node = &v->at[i];

		if (node->kernel == NULL)
			continue;
		if (node->den > 0)
			for (size_t k = node->at - node->history; k < node->at;
			     k++)
				node->data[k] *= factor;
		window_rescale(node, factor);
	}
}

/* The highest price of the batch, in units. */
static int64_t
highest(const struct batch *batch)
{
	int64_t most = 0;

	for (size_t i = 0; i < batch->n; i++)
		if (batch->price[BATCH_HIGH][i] > most)
			most = batch->price[BATCH_HIGH][i];
	return most;
}

/* Widen the frame to hold the batch; false when it cannot. */
static bool
make_room(struct vector *v, const struct batch *batch)
{
	int scale = batch->scale > v->scale ? batch->scale : v->scale;
	double most =
	    (double)highest(batch) / plan_power(NUM_PRICE_SCALE - scale);
	double before = v->most * plan_power(scale - v->scale);

	if (batch->any_loose)
		return false;
	most = most > before ? most : before;
	if (!bound_fits(v, most, scale))
		return false;
	if (scale > v->scale)
		rescale(v, scale);
	v->most = most;
	return true;
}

bool
vector_fill(struct vector *v, const struct batch *batch)
{
	advance(v);
	if (!make_room(v, batch)) {
		hand_back(v);
		return false;
	}
	v->batch = batch;
	v->n = batch->n;
	for (size_t i = 0; i < v->nodes; i++)
		if (v->at[i].kernel != NULL)
			v->at[i].kernel(v, &v->at[i]);
	return true;
}

const uint64_t *
vector_true(const struct vector *v, size_t node)
{
	return v->at[v->plan[node]].yes;
}

bool
vector_late(const struct vector *v, size_t node)
{
	return v->at[v->plan[node]].kernel == NULL;
}

void
vector_want(struct vector *v, size_t node)
{
	v->wanted[node] = true;
}

static void
load(struct vector *v, size_t node, size_t i)
{
	if (v->x->at[node].op != EXPR_CONST)
		v->x->at[node].value =
		    plan_value(v, &v->at[v->plan[node]], (ptrdiff_t)i);
}

static void
put_value(struct plan_node *node, size_t i, struct value value, int64_t units)
{
	uint64_t bit = UINT64_C(1) << i % 64;

	if (node->truth) {
		if (value.kind != VALUE_ABSENT)
			(value.truth ? node->yes : node->no)[i / 64] |= bit;
		return;
	}
	node->now[i] = (double)NAN;
	if (value.kind == VALUE_EXACT)
		node->now[i] = (double)(int64_t)(value.units / units);
	else if (value.kind == VALUE_DOUBLE)
		node->now[i] = value.number;
}

/* A node whose kernel this is goes bar by bar, as the reference does. */
void
plan_by_bar(struct vector *v, struct plan_node *node)
{
	struct expr_node *of = &v->x->at[node->of];

	if (node->truth)
		memset(node->yes, 0,
		    2 * ((v->room + 63) / 64) * sizeof(*node->yes));
	for (size_t i = 0; i < v->n; i++) {
		for (size_t k = 0; k < node->nargs; k++)
			load(v, of->arg[k], i);
		expr_evaluate(v->x, of, NULL);
		put_value(node, i, of->value, v->units);
	}
}

void
vector_step(struct vector *v, size_t i, const struct expr_moment *moment)
{
	for (size_t node = 0; node < v->x->n; node++) {
		if (vector_late(v, node))
			expr_evaluate(v->x, &v->x->at[node], moment);
		else if (v->wanted[node])
			load(v, node, i);
	}
}
