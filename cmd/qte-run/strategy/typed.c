/* SPDX-License-Identifier: MIT */
/* Builds nodes of an expression and checks that types fit. */
#include "strategy/typed.h"

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

int
typed_whole(const struct typed *t, const struct typed_operand *o, int64_t low,
    int64_t high, struct err *e)
{
	const struct expr_node *node = node_of(t, o);
	const num_i128 one = NUM_PRICE_ONE;

	if (node->op == EXPR_CONST && node->value.kind == VALUE_EXACT &&
	    node->value.units % one == 0 && node->value.units >= low * one &&
	    node->value.units <= high * one)
		return 0;
	return lex_err(t->lex, &o->text, e,
	    "a whole number from %lld to %lld should stand here",
	    (long long)low, (long long)high);
}

static int64_t
whole_of(const struct typed *t, const struct typed_operand *o)
{
	return (int64_t)(node_of(t, o)->value.units / NUM_PRICE_ONE);
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
		.arg = {o->node, o->node}});
	return 0;
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
	if (rc != 0)
		return rc;
	rc = node_of(t, left)->truth ? typed_truth(t, right, e)
				     : typed_number(t, right, e);
	if (rc != 0)
		return rc;
	left->node = expr_add(t->x,
	    &(struct expr_node){.op = op,
		.truth = op >= EXPR_LESS,
		.arg = {left->node, right->node}});
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
		.arg = {o->node, o->node},
		.n = whole_of(t, back)});
}

size_t
typed_indicator(const struct typed *t, const struct indic *indic,
    const struct typed_operand *series, const struct typed_operand *window)
{
	struct expr_node node = {.op = EXPR_INDICATOR,
	    .indic = indic,
	    .arg = {series->node, series->node},
	    .n = whole_of(t, window)};
	uint64_t den = node_of(t, series)->den;

	if (indic->result == INDIC_GIVES_SAME)
		node.den = den;
	else if (indic->result == INDIC_GIVES_MEAN &&
	    den <= VALUE_DEN_MAX / (uint64_t)node.n)
		node.den = den * (uint64_t)node.n;
	return expr_add(t->x, &node);
}
