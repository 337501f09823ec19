/* SPDX-License-Identifier: MIT */
/* Builds nodes of an expression and checks that types fit. */
#include "strategy/typed.h"

#include <math.h>
#include <string.h>

static const struct expr_node *
node_of(const struct typed *t, const struct typed_operand *o)
{
	return &t->x->at[o->node];
}

int
typed_number(const struct typed *t, const struct typed_operand *o,
    struct err *e)
{
	if (!node_of(t, o)->truth)
		return 0;
	return lex_err(t->lex, &o->text, e,
	    "a number should stand here, not true or false");
}

int
typed_truth(const struct typed *t, const struct typed_operand *o, struct err *e)
{
	if (node_of(t, o)->truth)
		return 0;
	return lex_err(t->lex, &o->text, e,
	    "a condition (true or false) should stand here, not a number");
}

int
typed_constant(const struct typed *t, const struct typed_operand *o,
    struct err *e)
{
	if (node_of(t, o)->op == EXPR_CONST)
		return typed_number(t, o, e);
	return lex_err(t->lex, &o->text, e,
	    "a plain number or a parameter should stand here");
}

/* The whole number that a constant is, or ${none} when it is not one. */
static int64_t
whole_of(const struct typed *t, const struct typed_operand *o, int64_t none)
{
	const struct expr_node *node = node_of(t, o);
	num_i128 one = NUM_PRICE_ONE;

	if (node->op != EXPR_CONST || node->truth)
		return none;
	if (node->value.kind == VALUE_EXACT)
		return node->value.units % one == 0
		    ? (int64_t)(node->value.units / one)
		    : none;
	if (node->value.kind == VALUE_ABSENT ||
	    !(fabs(node->value.number) < 1e15) ||
	    node->value.number != floor(node->value.number))
		return none;
	return (int64_t)node->value.number;
}

int
typed_whole(const struct typed *t, const struct typed_operand *o, int64_t low,
    int64_t high, struct err *e)
{
	int64_t n = whole_of(t, o, INT64_MIN);

	if (n >= low && n <= high)
		return 0;
	return lex_err(t->lex, &o->text, e,
	    "a whole number from %lld to %lld should stand here",
	    (long long)low, (long long)high);
}

size_t
typed_value(const struct typed *t, struct value value, uint64_t den)
{
	return expr_add(t->x,
	    &(struct expr_node){.op = EXPR_CONST,
		.truth = value.kind == VALUE_TRUTH,
		.den = den,
		.value = value});
}

int
typed_unary(const struct typed *t, enum expr_op op, struct typed_operand *o,
    struct err *e)
{
	const struct expr_node *node = node_of(t, o);
	int rc = op == EXPR_NOT ? typed_truth(t, o, e) : typed_number(t, o, e);

	if (rc != 0)
		return rc;
	if (op == EXPR_NEGATE && node->op == EXPR_CONST) {
		/* -5 is a constant like another. */
		struct value value = node->value;

		if (value.kind == VALUE_EXACT)
			value.units = -value.units;
		else
			value.number = -value.number;
		o->node = typed_value(t, value, node->den);
		return 0;
	}
	o->node = expr_add(t->x,
	    &(struct expr_node){.op = op,
		.truth = op == EXPR_NOT,
		.den = node->den,
		.arg = {o->node}});
	return 0;
}

int
typed_alike(const struct typed *t, const struct typed_operand *a,
    const struct typed_operand *b, struct err *e)
{
	return node_of(t, a)->truth ? typed_truth(t, b, e)
				    : typed_number(t, b, e);
}

/* The exact type that two numbers have in common, or doubles. */
static uint64_t
common_den(const struct expr_node *a, const struct expr_node *b)
{
	return a->den == b->den ? a->den : 0;
}

/* Two constants make one, so that 2*$n can be a window. */
static bool
fold(const struct typed *t, const struct expr_node *node, size_t *folded)
{
	const struct expr_node *a = expr_arg(t->x, node, 0);
	const struct expr_node *b = expr_arg(t->x, node, 1);

	if (a->op != EXPR_CONST || b->op != EXPR_CONST || node->truth)
		return false;
	*folded = typed_value(t, expr_binary(node->op, a, b), 0);
	return true;
}

int
typed_binary(const struct typed *t, enum expr_op op, struct typed_operand *left,
    const struct typed_operand *right, struct err *e)
{
	bool logic = op == EXPR_AND || op == EXPR_OR;
	bool alike = op == EXPR_EQUAL || op == EXPR_UNEQUAL;
	int rc = 0;

	if (logic)
		rc = typed_truth(t, left, e);
	else if (!alike)
		rc = typed_number(t, left, e);
	if (rc == 0)
		rc = typed_alike(t, left, right, e);
	if (rc != 0)
		return rc;
	struct expr_node node = {.op = op,
	    .truth = op >= EXPR_LESS,
	    .arg = {left->node, right->node}};

	if (!fold(t, &node, &left->node))
		left->node = expr_add(t->x, &node);
	return 0;
}

int
typed_choose(const struct typed *t, struct typed_operand *condition,
    const struct typed_operand *a, const struct typed_operand *b, struct err *e)
{
	int rc = typed_truth(t, condition, e);

	if (rc == 0)
		rc = typed_alike(t, a, b, e);
	if (rc != 0)
		return rc;
	condition->node = expr_add(t->x,
	    &(struct expr_node){.op = EXPR_CHOOSE,
		.truth = node_of(t, a)->truth,
		.den = common_den(node_of(t, a), node_of(t, b)),
		.arg = {condition->node, a->node, b->node}});
	return 0;
}

size_t
typed_past(const struct typed *t, const struct typed_operand *o,
    const struct typed_operand *back)
{
	const struct expr_node *node = node_of(t, o);

	return expr_add(t->x,
	    &(struct expr_node){.op = EXPR_PAST,
		.truth = node->truth,
		.den = node->den,
		.arg = {o->node},
		.n = whole_of(t, back, 0)});
}

/* The type of what ${indic} gives for the arguments of ${node}. */
static void
give_type(const struct typed *t, const struct indic *indic,
    struct expr_node *node)
{
	const struct expr_node *first = expr_arg(t->x, node, 0);
	const struct expr_node *last =
	    expr_arg(t->x, node, strlen(indic->kinds) - 1);

	switch (indic->result) {
	case INDIC_GIVES_DOUBLE:
		break;
	case INDIC_GIVES_COUNT:
		node->den = 1;
		break;
	case INDIC_GIVES_FIRST:
		node->den = first->den;
		break;
	case INDIC_GIVES_LAST:
		node->truth = last->truth;
		node->den = last->den;
		break;
	case INDIC_GIVES_MEAN:
		if (node->n > 0 &&
		    first->den <= VALUE_DEN_MAX / (uint64_t)node->n)
			node->den = first->den * (uint64_t)node->n;
		break;
	case INDIC_GIVES_BOTH:
		node->truth = first->truth;
		node->den = common_den(first, last);
		break;
	}
}

size_t
typed_call(const struct typed *t, const struct indic *indic,
    const struct typed_operand *args)
{
	struct expr_node node = {.op = EXPR_INDICATOR, .indic = indic};

	for (size_t i = 0; indic->kinds[i] != '\0'; i++) {
		node.arg[i] = args[i].node;
		if (indic->kinds[i] == 'w')
			node.n = whole_of(t, &args[i], 1);
	}
	give_type(t, indic, &node);
	return expr_add(t->x, &node);
}
