/* SPDX-License-Identifier: MIT */
/* Builds nodes of an expression and checks that types fit. */
#ifndef QTE_RUN_TYPED_H
#define QTE_RUN_TYPED_H

#include "base/base.h"
#include "base/err.h"
#include "strategy/expr.h"
#include "strategy/indic.h"
#include "strategy/lex.h"

struct typed_operand {
	size_t node;
	struct lex_token text; /* all of it, for carets */
};

struct typed {
	const struct lex *lex; /* borrowed: what carets point into */
	struct expr *x;	       /* borrowed: gets the nodes */
};

/*
 * typed_number(t, o, e), typed_truth(t, o, e), typed_constant(t, o, e),
 * typed_whole(t, o, low, high, e):
 * The status of the source with a caret unless operand ${o} is a number; true
 * or false; a number known before the first bar; a whole one of those from
 * ${low} to
 * ${high}.
 */
int typed_number(const struct typed *, const struct typed_operand *,
    struct err *) QTE_MUST_CHECK;
int typed_truth(const struct typed *, const struct typed_operand *,
    struct err *) QTE_MUST_CHECK;
int typed_constant(const struct typed *, const struct typed_operand *,
    struct err *) QTE_MUST_CHECK;
int typed_whole(const struct typed *, const struct typed_operand *, int64_t,
    int64_t, struct err *) QTE_MUST_CHECK;

/*
 * typed_unary(t, op, o, e), typed_binary(t, op, left, right, e):
 * Make ${o} (${left}) what the operator makes of it.  The status of the source
 * when types do not fit.
 */
int typed_unary(const struct typed *, enum expr_op, struct typed_operand *,
    struct err *) QTE_MUST_CHECK;
int typed_binary(const struct typed *, enum expr_op, struct typed_operand *,
    const struct typed_operand *, struct err *) QTE_MUST_CHECK;

/*
 * typed_choose(t, condition, a, b, e):
 * Make ${condition} the choice between ${a} and ${b}.
 */
int typed_choose(const struct typed *, struct typed_operand *,
    const struct typed_operand *, const struct typed_operand *,
    struct err *) QTE_MUST_CHECK;

/*
 * typed_alike(t, a, b, e):
 * The status of the source with a caret at ${b} unless both are numbers or both
 * conditions.
 */
int typed_alike(const struct typed *, const struct typed_operand *,
    const struct typed_operand *, struct err *) QTE_MUST_CHECK;

/*
 * typed_past(t, o, back), typed_call(t, indic, args), typed_value(t, value,
 * den): The node, whose operands were checked: ${o} as it was; an indicator of
 * ${args}; a constant.
 */
size_t typed_past(const struct typed *, const struct typed_operand *,
    const struct typed_operand *);
size_t typed_call(const struct typed *, const struct indic *,
    const struct typed_operand *);
size_t typed_value(const struct typed *, struct value, uint64_t);

#endif
