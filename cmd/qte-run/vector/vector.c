/* SPDX-License-Identifier: MIT */
/* Takes the columns of an expression from batch to batch. */
#include "vector/vector.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "strategy/indic.h"
#include "strategy/steps.h"
#include "vector/plan.h"

static void
set_tick(struct vector *v, int scale)
{
	v->scale = scale;
	v->tick = (double)num_power(scale);
	v->units = num_power(NUM_PRICE_SCALE - scale);
}

struct vector *
vector_new(struct expr *x, size_t room, const struct zone *zone)
{
	struct vector *v = mem_alloc(1, sizeof(*v));

	*v = (struct vector){.x = x, .room = room, .zone = *zone};
	/* Both orders of a comparison, are they equal, some bars ago, not. */
	v->at = mem_alloc(5 * x->n, sizeof(*v->at));
	v->plan = mem_alloc(x->n, sizeof(*v->plan));
	v->view = mem_alloc(x->n, sizeof(*v->view));
	v->wanted = mem_alloc(x->n, sizeof(*v->wanted));
	v->scratch = mem_alloc(room, sizeof(*v->scratch));
	set_tick(v, bound_scale(x));
	for (size_t i = 0; i < x->n; i++)
		v->view[i] = PLAN_VIEW;
	plan_make(v);
	return v;
}

void
vector_free(struct vector *v)
{
	if (v == NULL)
		return;
	for (size_t i = 0; i < v->nodes; i++) {
		free(v->at[i].data);
		free(v->at[i].totals);
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
	free(v->scratch);
	free(v);
}

static struct value
value_at(const struct vector *v, const struct plan_node *node, ptrdiff_t i)
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

		if (node->yes != NULL && node->history > 0) {
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
		size_t n = plan_looks_back(v, node);

		if (node->kernel == NULL || node->kernel == vector_by_bar)
			continue;
		if (node->kernel == plan_alias)
			plan_alias(v, node);
		for (size_t k = 0; k < n; k++)
			expr_put(&v->x->at[node->of],
			    value_at(v, plan_arg(v, node, 0),
				(ptrdiff_t)k - (ptrdiff_t)n));
	}
}

static void
rescale(struct vector *v, int scale)
{
	double factor = (double)num_power(scale - v->scale);

	set_tick(v, scale);
	v->most *= factor;
	for (size_t i = 0; i < v->nodes; i++) {
		struct plan_node *node = &v->at[i];

		if (node->kernel == NULL || node->data == NULL)
			continue;
		if (node->den > 0)
			for (size_t k = node->at - node->history; k < node->at;
			     k++)
				node->data[k] *= factor;
		node->filled = false;
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
	    (double)highest(batch) / (double)num_power(NUM_PRICE_SCALE - scale);
	double before = v->most * (double)num_power(scale - v->scale);

	if (batch->any_loose)
		return false;
	most = most > before ? most : before;
	if (v->bounded && most <= v->most && scale == v->scale)
		return true;
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
	v->batch = batch;
	if (!make_room(v, batch)) {
		hand_back(v);
		return false;
	}
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

const uint64_t *
vector_false(const struct vector *v, size_t node)
{
	return v->at[v->plan[node]].no;
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
		    value_at(v, &v->at[v->plan[node]], (ptrdiff_t)i);
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
vector_by_bar(struct vector *v, struct plan_node *node)
{
	struct expr_node *of = &v->x->at[node->of];

	if (node->truth)
		memset(node->yes, 0,
		    (size_t)(node->no - node->yes) * 2 * sizeof(*node->yes));
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
