/* SPDX-License-Identifier: MIT */
/* The typed parser: by recursive descent, straight to nodes. */
#include "strategy/parse.h"

#include <string.h>

#include "strategy/indic.h"
#include "strategy/lex.h"
#include "strategy/typed.h"

/* Deeper nesting is refused, so that no text can exhaust the stack. */
#define DEPTH_MAX 100

/* Bars that can be looked back. */
#define PAST_MAX INDIC_WINDOW_MAX

struct parser {
	struct lex lex;
	struct lex_token token; /* the next word */
	size_t end;		/* where the last word ended */
	struct typed typed;
	const struct params *params;
	/* Inside a formula: what its parameters' names stand for. */
	const struct indic_formula *formula;
	const struct typed_operand *bound;
	int depth;
};

enum {
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_NOT,
	LEVEL_COMPARE,
	LEVEL_SUM,
	LEVEL_PRODUCT
};

static const struct operator
{
	const char *text;
	int level;
	enum expr_op op;
}
operators[] = {
    {"or", LEVEL_OR, EXPR_OR},
    {"and", LEVEL_AND, EXPR_AND},
    {"<", LEVEL_COMPARE, EXPR_LESS},
    {"<=", LEVEL_COMPARE, EXPR_LESS_EQUAL},
    {">", LEVEL_COMPARE, EXPR_GREATER},
    {">=", LEVEL_COMPARE, EXPR_GREATER_EQUAL},
    {"==", LEVEL_COMPARE, EXPR_EQUAL},
    {"!=", LEVEL_COMPARE, EXPR_UNEQUAL},
    {"+", LEVEL_SUM, EXPR_ADD},
    {"-", LEVEL_SUM, EXPR_SUBTRACT},
    {"*", LEVEL_PRODUCT, EXPR_MULTIPLY},
    {"/", LEVEL_PRODUCT, EXPR_DIVIDE},
};

static const struct {
	const char *name;
	enum expr_field field;
	uint64_t den;
} fields[] = {
    {"open", EXPR_OPEN, 1},
    {"high", EXPR_HIGH, 1},
    {"low", EXPR_LOW, 1},
    {"close", EXPR_CLOSE, 1},
    {"volume", EXPR_VOLUME, 0},
    {"bar", EXPR_BAR, 1},
};

static int parse_level(struct parser *, int, struct typed_operand *,
    struct err *);

static int
advance(struct parser *p, struct err *e)
{
	p->end = p->lex.at;
	return lex_next(&p->lex, &p->token, e);
}

static int
expect(struct parser *p, const char *sign, struct err *e)
{
	if (lex_is(&p->token, sign))
		return advance(p, e);
	if (p->token.kind == LEX_END)
		return lex_err(&p->lex, &p->token, e,
		    "the text ends where '%s' should stand", sign);
	return lex_err(&p->lex, &p->token, e, "'%s' should stand here", sign);
}

/* Everything from ${start} to the last word, as one word. */
static struct lex_token
stretch(const struct parser *p, size_t start)
{
	return (struct lex_token){.kind = LEX_SIGN,
	    .text = p->lex.text + start,
	    .len = p->end - start,
	    .at = start};
}

static int
parse_number(struct parser *p, struct typed_operand *out, struct err *e)
{
	struct value value;
	uint64_t den;

	if (!param_number(p->token.text, p->token.len, &value, &den))
		return lex_err(&p->lex, &p->token, e, "'%.*s' is too large",
		    (int)p->token.len, p->token.text);
	out->node = typed_value(&p->typed, value, den);
	return advance(p, e);
}

static int
parse_param(struct parser *p, struct typed_operand *out, struct err *e)
{
	const struct param *param =
	    param_find(p->params, p->token.text, p->token.len);
	int rc;

	if (param == NULL)
		return lex_err(&p->lex, &p->token, e,
		    "$%.*s has no value: "
		    "give one by --param or a default, as $%.*s=10",
		    (int)p->token.len, p->token.text, (int)p->token.len,
		    p->token.text);
	out->node = typed_value(&p->typed, param->value, param->den);
	rc = advance(p, e);
	if (rc != 0 || !lex_is(&p->token, "="))
		return rc;
	/* The default: param_collect has seen to it. */
	do {
		rc = advance(p, e);
	} while (rc == 0 && lex_is(&p->token, "-"));
	return rc != 0 ? rc : advance(p, e);
}

/* Formula parameter or field ${token}: found or not. */
static bool
find_name(struct parser *p, const struct lex_token *token, size_t *node)
{
	for (size_t i = 0; p->formula != NULL && p->formula->kinds[i]; i++) {
		if (lex_is(token, p->formula->names[i])) {
			*node = p->bound[i].node;
			return true;
		}
	}
	for (size_t i = 0; i < QTE_COUNT(fields); i++) {
		if (lex_is(token, fields[i].name)) {
			*node = expr_add(p->typed.x,
			    &(struct expr_node){.op = EXPR_FIELD,
				.field = fields[i].field,
				.den = fields[i].den});
			return true;
		}
	}
	return false;
}

static int
unknown_name(struct parser *p, const struct lex_token *t, struct err *e)
{
	char name[64];
	size_t len = t->len < sizeof(name) - 1 ? t->len : sizeof(name) - 1;

	memcpy(name, t->text, len);
	name[len] = '\0';
	if (lex_is(&p->token, "(")) {
		lex_err(&p->lex, t, e, "unknown function '%s'", name);
		indic_suggest(e, name);
	} else if (indic_find(name, len) != NULL ||
	    indic_formula_find(name, len, NULL, 0) != NULL) {
		lex_err(&p->lex, t, e,
		    "%s is a function: its values go in "
		    "parentheses",
		    name);
	} else {
		lex_err(&p->lex, t, e, "unknown name '%s'", name);
		err_suggest(e, name, &fields[0].name, QTE_COUNT(fields),
		    sizeof(fields[0]));
	}
	return e->status;
}

/* The values of a call, of the kinds that ${kinds} says. */
static int
parse_values(struct parser *p, const struct lex_token *name, const char *kinds,
    struct typed_operand *values, struct err *e)
{
	size_t count = strlen(kinds);
	int rc = expect(p, "(", e);

	for (size_t i = 0; rc == 0 && i < count; i++) {
		if (i > 0 && lex_is(&p->token, ")"))
			return lex_err(&p->lex, name, e,
			    "%.*s takes %zu values, not %zu", (int)name->len,
			    name->text, count, i);
		if (i > 0 && (rc = expect(p, ",", e)) != 0)
			break;
		rc = parse_level(p, LEVEL_OR, &values[i], e);
		if (rc == 0)
			rc = typed_number(&p->typed, &values[i], e);
		if (rc == 0 && kinds[i] == 'w')
			rc = typed_whole(&p->typed, &values[i], 1,
			    INDIC_WINDOW_MAX, e);
		if (rc == 0 && kinds[i] == 'k')
			rc = typed_constant(&p->typed, &values[i], e);
	}
	if (rc == 0 && lex_is(&p->token, ","))
		return lex_err(&p->lex, name, e,
		    "%.*s takes %zu values, "
		    "not more",
		    (int)name->len, name->text, count);
	return rc != 0 ? rc : expect(p, ")", e);
}

/* Puts the formula's body in, with ${values} for its parameters. */
static int
add_formula(struct parser *p, const struct indic_formula *formula,
    const struct typed_operand *values, struct typed_operand *out,
    struct err *e)
{
	struct parser body = {.typed = {&body.lex, p->typed.x},
	    .params = p->params,
	    .formula = formula,
	    .bound = values,
	    .depth = p->depth};
	int rc;

	lex_init(&body.lex, formula->name, formula->body);
	rc = advance(&body, e);
	return rc != 0 ? rc : parse_level(&body, LEVEL_OR, out, e);
}

/* The ".member" of a formula that has members: finds which of them it is. */
static int
parse_member(struct parser *p, const struct lex_token *name,
    const struct indic_formula **formula, struct err *e)
{
	const struct indic_formula *first = *formula;
	int rc = 0;

	if (first->member == NULL)
		return 0;
	if (lex_is(&p->token, ".") && (rc = advance(p, e)) == 0 &&
	    p->token.kind == LEX_NAME &&
	    (*formula = indic_formula_find(first->name, strlen(first->name),
		 p->token.text, p->token.len)) != NULL)
		return advance(p, e);
	if (rc != 0)
		return rc;
	struct buf members = {0};

	indic_members(first->name, &members);
	lex_err(&p->lex, p->token.kind == LEX_NAME ? &p->token : name, e,
	    "%s has several series: choose one of%s", first->name,
	    buf_text(&members));
	buf_release(&members);
	return e->status;
}

static int
parse_call(struct parser *p, const struct lex_token *name,
    struct typed_operand *out, struct err *e)
{
	const struct indic *indic = indic_find(name->text, name->len);
	const struct indic_formula *formula =
	    indic_formula_find(name->text, name->len, NULL, 0);
	struct typed_operand values[4];
	int rc;

	if (!lex_is(&p->token, "(") || (indic == NULL && formula == NULL))
		return unknown_name(p, name, e);
	rc = parse_values(p, name, indic != NULL ? "sw" : formula->kinds,
	    values, e);
	if (rc != 0)
		return rc;
	if (indic != NULL) {
		out->node =
		    typed_indicator(&p->typed, indic, &values[0], &values[1]);
		return 0;
	}
	rc = parse_member(p, name, &formula, e);
	return rc != 0 ? rc : add_formula(p, formula, values, out, e);
}

static int
parse_name(struct parser *p, struct typed_operand *out, struct err *e)
{
	struct lex_token name = p->token;
	bool is_true = lex_is(&name, "true");
	int rc = advance(p, e);

	if (rc != 0)
		return rc;
	if (is_true || lex_is(&name, "false")) {
		out->node = typed_value(&p->typed, value_truth(is_true), 0);
		return 0;
	}
	if (!lex_is(&p->token, "(") && find_name(p, &name, &out->node))
		return 0;
	return parse_call(p, &name, out, e);
}

static int
parse_atom(struct parser *p, struct typed_operand *out, struct err *e)
{
	int rc;

	switch (p->token.kind) {
	case LEX_NUMBER:
		return parse_number(p, out, e);
	case LEX_PARAM:
		return parse_param(p, out, e);
	case LEX_NAME:
		return parse_name(p, out, e);
	case LEX_SIGN:
		break;
	case LEX_END:
		return lex_err(&p->lex, &p->token, e,
		    "the text ends where a value should stand");
	}
	if (!lex_is(&p->token, "("))
		return lex_err(&p->lex, &p->token, e,
		    "a value should stand here, not '%.*s'", (int)p->token.len,
		    p->token.text);
	rc = advance(p, e);
	if (rc == 0)
		rc = parse_level(p, LEVEL_OR, out, e);
	return rc != 0 ? rc : expect(p, ")", e);
}

static int
parse_past(struct parser *p, struct typed_operand *out, struct err *e)
{
	size_t start = p->token.at;
	int rc = parse_atom(p, out, e);

	while (rc == 0 && lex_is(&p->token, "[")) {
		struct typed_operand back;

		rc = advance(p, e);
		if (rc == 0)
			rc = parse_level(p, LEVEL_OR, &back, e);
		if (rc == 0)
			rc = typed_whole(&p->typed, &back, 0, PAST_MAX, e);
		if (rc == 0)
			rc = expect(p, "]", e);
		if (rc != 0)
			break;
		out->node = typed_past(&p->typed, out, &back);
	}
	out->text = stretch(p, start);
	return rc;
}

static int
parse_unary(struct parser *p, struct typed_operand *out, struct err *e)
{
	size_t start = p->token.at;
	bool minus = lex_is(&p->token, "-");
	int rc;

	if (!minus && !lex_is(&p->token, "not"))
		return parse_past(p, out, e);
	if (++p->depth > DEPTH_MAX)
		return lex_err(&p->lex, &p->token, e, "nested too deeply");
	rc = advance(p, e);
	if (rc == 0)
		rc = minus ? parse_unary(p, out, e)
			   : parse_level(p, LEVEL_NOT, out, e);
	if (rc == 0)
		rc = typed_unary(&p->typed, minus ? EXPR_NEGATE : EXPR_NOT, out,
		    e);
	p->depth--;
	out->text = stretch(p, start);
	return rc;
}

static const struct operator* find_operator(const struct parser *p)
{
	for (size_t i = 0; i < QTE_COUNT(operators); i++)
		if (lex_is(&p->token, operators[i].text))
			return &operators[i];
	return NULL;
}

/* Everything that binds at least as tightly as ${level}. */
static int
parse_level(struct parser *p, int level, struct typed_operand *out,
    struct err *e)
{
	size_t start = p->token.at;
	const struct operator* operator;
	int rc, last = -1;

	if (++p->depth > DEPTH_MAX)
		return lex_err(&p->lex, &p->token, e, "nested too deeply");
	rc = parse_unary(p, out, e);
	while (rc == 0 &&
	    (operator= find_operator(p)) != NULL && operator->level >= level) {
		struct typed_operand right;

		if (operator->level == LEVEL_COMPARE && last == LEVEL_COMPARE)
			return lex_err(&p->lex, &p->token, e,
			    "comparisons do "
			    "not chain: write a < b and b < c");
		last = operator->level;
		rc = advance(p, e);
		if (rc == 0)
			rc = parse_level(p, operator->level + 1, &right, e);
		if (rc == 0)
			rc = typed_binary(&p->typed, operator->op, out, &right,
			    e);
		out->text = stretch(p, start);
	}
	p->depth--;
	return rc;
}

int
parse_rule(struct expr *x, const char *name, const char *text,
    const struct params *params, struct err *e)
{
	struct parser p = {.typed = {&p.lex, x}, .params = params};
	struct typed_operand whole = {0};
	int rc;

	lex_init(&p.lex, name, text);
	rc = advance(&p, e);
	if (rc == 0)
		rc = parse_level(&p, LEVEL_OR, &whole, e);
	if (rc == 0 && p.token.kind != LEX_END)
		rc = lex_err(&p.lex, &p.token, e,
		    "the rule should end here, or go on with an operator");
	if (rc == 0)
		rc = typed_truth(&p.typed, &whole, e);
	x->root = whole.node;
	return rc;
}
