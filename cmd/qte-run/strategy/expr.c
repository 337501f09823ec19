/* SPDX-License-Identifier: MIT */
/* Evaluates an expression, bar by bar. */
#include "strategy/expr.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "strategy/field.h"
#include "strategy/indic.h"

static size_t
ring_size(const struct expr_node *node)
{
	if (node->op == EXPR_PAST)
		return (size_t)node->n + 1;
	if (node->op == EXPR_INDICATOR && node->indic->looks_back > 0)
		return (size_t)node->n + (size_t)node->indic->looks_back - 1;
	return 0;
}

static bool
same_value(struct value a, struct value b)
{
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case VALUE_TRUTH:
		return a.truth == b.truth;
	case VALUE_EXACT:
		return a.units == b.units;
	case VALUE_DOUBLE:
		return a.number == b.number;
	case VALUE_ABSENT:
		break;
	}
	return true;
}

static bool
same_node(const struct expr_node *a, const struct expr_node *b)
{
	return a->op == b->op && a->truth == b->truth && a->den == b->den &&
	    a->field == b->field && a->n == b->n && a->indic == b->indic &&
	    memcmp(a->arg, b->arg, sizeof(a->arg)) == 0 &&
	    (a->op != EXPR_CONST || same_value(a->value, b->value));
}

bool
expr_late(const struct expr *x)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->at[i].op == EXPR_FIELD && x->at[i].field >= EXPR_POS)
			return true;
	return false;
}

size_t
expr_nargs(const struct expr_node *node)
{
	switch (node->op) {
	case EXPR_CONST:
	case EXPR_FIELD:
		return 0;
	case EXPR_PAST:
	case EXPR_NEGATE:
	case EXPR_NOT:
		return 1;
	case EXPR_CHOOSE:
		return 3;
	case EXPR_INDICATOR:
		return strlen(node->indic->kinds);
	default:
		return 2;
	}
}

/* FNV-1a over the parts that most nodes differ in. */
static size_t
hash(const struct expr_node *node)
{
	uint64_t parts[] = {(uint64_t)node->op, (uint64_t)node->field,
	    (uint64_t)node->n, (uint64_t)(uintptr_t)node->indic, node->arg[0],
	    node->arg[1], node->arg[2],
	    node->op == EXPR_CONST && node->value.kind == VALUE_EXACT
		? (uint64_t)node->value.units
		: 0};
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < QTE_COUNT(parts); i++)
		h = (h ^ parts[i]) * UINT64_C(1099511628211);
	return (size_t)(h ^ h >> 32);
}

/* The slot of a node like ${node}, or the free one where it belongs. */
static size_t *
find_slot(const struct expr *x, const struct expr_node *node)
{
	size_t i = hash(node);

	for (;; i++) {
		size_t *slot = &x->slots[i & (x->nslots - 1)];

		if (*slot == 0 || same_node(&x->at[*slot - 1], node))
			return slot;
	}
}

static void
make_slots(struct expr *x)
{
	if (2 * (x->n + 1) <= x->nslots)
		return;
	free(x->slots);
	x->nslots = x->nslots == 0 ? 64 : 2 * x->nslots;
	x->slots = mem_alloc(x->nslots, sizeof(*x->slots));
	for (size_t i = 0; i < x->n; i++)
		*find_slot(x, &x->at[i]) = i + 1;
}

size_t
expr_add(struct expr *x, const struct expr_node *node)
{
	size_t *slot;

	make_slots(x);
	slot = find_slot(x, node);
	if (*slot != 0)
		return *slot - 1;
	struct expr_node *copy = VEC_PUSH(x);

	*copy = *node;
	copy->ring = (struct expr_ring){.size = ring_size(node)};
	*slot = x->n;
	return x->n - 1;
}

void
expr_merge(struct expr *x, const struct expr *from, size_t *to)
{
	for (size_t i = 0; i < from->n; i++) {
		struct expr_node node = from->at[i];

		for (size_t k = 0; k < expr_nargs(&node); k++)
			node.arg[k] = to[node.arg[k]];
		to[i] = expr_add(x, &node);
	}
}

void
expr_release(struct expr *x)
{
	for (size_t i = 0; i < x->n; i++)
		free(x->at[i].ring.at);
	free(x->slots);
	x->slots = NULL;
	x->nslots = 0;
	VEC_RELEASE(x);
}

void
expr_put(struct expr_node *node, struct value v)
{
	struct expr_ring *r = &node->ring;

	if (r->at == NULL)
		r->at = mem_alloc(2 * r->size, sizeof(*r->at));
	r->at[r->next] = r->at[r->next + r->size] = v;
	r->next = r->next + 1 == r->size ? 0 : r->next + 1;
}

const struct value *
expr_window(const struct expr_node *node)
{
	return node->ring.at + node->ring.next;
}

const struct expr_node *
expr_arg(const struct expr *x, const struct expr_node *node, size_t i)
{
	return &x->at[node->arg[i]];
}

static struct value
negate(struct value v)
{
	if (v.kind == VALUE_EXACT)
		v.units = -v.units;
	else if (v.kind == VALUE_DOUBLE)
		v.number = -v.number;
	return v;
}

static struct value
arithmetic(enum expr_op op, double a, double b)
{
	switch (op) {
	case EXPR_ADD:
		return value_number(a + b);
	case EXPR_SUBTRACT:
		return value_number(a - b);
	case EXPR_MULTIPLY:
		return value_number(a * b);
	case EXPR_MODULO:
		return value_number(fmod(a, b));
	default:
		return value_number(a / b); /* x/0 is not finite: absent */
	}
}

static bool
compare(enum expr_op op, int order)
{
	switch (op) {
	case EXPR_LESS:
		return order < 0;
	case EXPR_LESS_EQUAL:
		return order <= 0;
	case EXPR_GREATER:
		return order > 0;
	case EXPR_GREATER_EQUAL:
		return order >= 0;
	case EXPR_EQUAL:
		return order == 0;
	default:
		return order != 0;
	}
}

/* An operator of two operands, where absence of one makes the result absent. */
struct value
expr_binary(enum expr_op op, const struct expr_node *a,
    const struct expr_node *b)
{
	if (a->value.kind == VALUE_ABSENT)
		return a->value;
	if (b->value.kind == VALUE_ABSENT)
		return b->value;
	if (op >= EXPR_ADD && op <= EXPR_MODULO)
		return arithmetic(op, value_double(a->value, a->den),
		    value_double(b->value, b->den));
	if (a->truth)
		return value_truth(
		    compare(op, a->value.truth - b->value.truth));
	return value_truth(
	    compare(op, value_compare(a->value, a->den, b->value, b->den)));
}

static struct value
choose(const struct expr *x, const struct expr_node *node)
{
	const struct expr_node *c = expr_arg(x, node, 0);

	if (c->value.kind == VALUE_ABSENT)
		return c->value;
	const struct expr_node *chosen =
	    expr_arg(x, node, c->value.truth ? 1 : 2);

	return value_as(chosen->value, chosen->den, node->den);
}

static struct value
indicator(const struct expr *x, struct expr_node *node)
{
	if (node->ring.size > 0)
		expr_put(node, expr_arg(x, node, 0)->value);
	return node->indic->step(x, node);
}

static struct value
value_of(const struct expr *x, struct expr_node *node,
    const struct expr_moment *moment)
{
	const struct expr_node *a = expr_arg(x, node, 0);
	const struct expr_node *b = expr_arg(x, node, 1);

	switch (node->op) {
	case EXPR_CONST:
		return node->value;
	case EXPR_FIELD:
		return field_value(node->field, moment);
	case EXPR_PAST:
		expr_put(node, a->value);
		return expr_window(node)[0];
	case EXPR_NEGATE:
		return negate(a->value);
	case EXPR_NOT:
		return value_not(a->value);
	case EXPR_AND:
		return value_and(a->value, b->value);
	case EXPR_OR:
		return value_or(a->value, b->value);
	case EXPR_CHOOSE:
		return choose(x, node);
	case EXPR_INDICATOR:
		return indicator(x, node);
	default:
		return expr_binary(node->op, a, b);
	}
}

void
expr_evaluate(const struct expr *x, struct expr_node *node,
    const struct expr_moment *moment)
{
	node->value = value_of(x, node, moment);
}

void
expr_step(struct expr *x, const struct expr_moment *moment)
{
	for (size_t i = 0; i < x->n; i++)
		expr_evaluate(x, &x->at[i], moment);
}
