/* SPDX-License-Identifier: MIT */
/* Evaluates an expression, bar by bar. */
#include "strategy/expr.h"

#include "base/mem.h"
#include "strategy/indic.h"

static size_t
ring_size(const struct expr_node *node)
{
	if (node->op == EXPR_PAST)
		return (size_t)node->n + 1;
	if (node->op == EXPR_INDICATOR && node->indic->looks_back)
		return (size_t)node->n;
	return 0;
}

size_t
expr_add(struct expr *x, const struct expr_node *node)
{
	struct expr_node *copy = VEC_PUSH(x);

	*copy = *node;
	copy->ring.size = ring_size(node);
	if (copy->ring.size > 0)
		copy->ring.at =
		    mem_alloc(2 * copy->ring.size, sizeof(*copy->ring.at));
	return x->n - 1;
}

void
expr_release(struct expr *x)
{
	for (size_t i = 0; i < x->n; i++)
		free(x->at[i].ring.at);
	VEC_RELEASE(x);
}

static void
ring_put(struct expr_ring *r, struct value v)
{
	r->at[r->next] = r->at[r->next + r->size] = v;
	r->next = r->next + 1 == r->size ? 0 : r->next + 1;
}

const struct value *
expr_ring_window(const struct expr_ring *r)
{
	return r->at + r->next;
}

static struct value
price(const struct bars_price *p)
{
	if (!p->exact)
		return value_number(p->value);
	return (struct value){.kind = VALUE_EXACT, .units = p->units};
}

static struct value
field(enum expr_field f, const struct bar *bar, int64_t number)
{
	switch (f) {
	case EXPR_OPEN:
		return price(&bar->open);
	case EXPR_HIGH:
		return price(&bar->high);
	case EXPR_LOW:
		return price(&bar->low);
	case EXPR_CLOSE:
		return price(&bar->close);
	case EXPR_VOLUME:
		return value_number(bar->volume);
	case EXPR_BAR:
		break;
	}
	return (struct value){.kind = VALUE_EXACT,
	    .units = (num_i128)number * NUM_PRICE_ONE};
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
static struct value
binary(enum expr_op op, const struct expr_node *a, const struct expr_node *b)
{
	if (a->value.kind == VALUE_ABSENT)
		return a->value;
	if (b->value.kind == VALUE_ABSENT)
		return b->value;
	if (op >= EXPR_ADD && op <= EXPR_DIVIDE)
		return arithmetic(op, value_double(a->value, a->den),
		    value_double(b->value, b->den));
	if (a->truth)
		return value_truth(
		    compare(op, a->value.truth - b->value.truth));
	return value_truth(
	    compare(op, value_compare(a->value, a->den, b->value, b->den)));
}

static struct value
indicator(struct expr_node *node, const struct expr_node *a)
{
	if (node->indic->looks_back)
		ring_put(&node->ring, a->value);
	return node->indic->step(node, a);
}

static struct value
evaluate(struct expr *x, struct expr_node *node, const struct bar *bar,
    int64_t number)
{
	const struct expr_node *a = &x->at[node->arg[0]];
	const struct expr_node *b = &x->at[node->arg[1]];

	switch (node->op) {
	case EXPR_CONST:
		return node->value;
	case EXPR_FIELD:
		return field(node->field, bar, number);
	case EXPR_PAST:
		ring_put(&node->ring, a->value);
		return expr_ring_window(&node->ring)[0];
	case EXPR_NEGATE:
		return negate(a->value);
	case EXPR_NOT:
		return value_not(a->value);
	case EXPR_AND:
		return value_and(a->value, b->value);
	case EXPR_OR:
		return value_or(a->value, b->value);
	case EXPR_INDICATOR:
		return indicator(node, a);
	default:
		return binary(node->op, a, b);
	}
}

struct value
expr_step(struct expr *x, const struct bar *bar, int64_t number)
{
	for (size_t i = 0; i < x->n; i++)
		x->at[i].value = evaluate(x, &x->at[i], bar, number);
	return x->at[x->root].value;
}
