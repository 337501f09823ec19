/* SPDX-License-Identifier: MIT */
/* The typed parser: by recursive descent, straight to nodes. */
#include "strategy/parse.h"

#include <string.h>

#include "strategy/parser.h"

/* Deeper nesting is refused, so that no text can exhaust the stack. */
#define DEPTH_MAX 100

/* Bars that can be looked back. */
#define PAST_MAX INDIC_WINDOW_MAX

enum {
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_NOT,
	LEVEL_COMPARE,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_SIGN
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
    {"%", LEVEL_PRODUCT, EXPR_MODULO},
};

static int parse_level(struct parser *, int, struct typed_operand *,
    struct err *);

int
parse_advance(struct parser *p, struct err *e)
{
	p->end = p->lex.at;
	return lex_next(&p->lex, &p->token, e);
}

int
parse_expect(struct parser *p, const char *sign, struct err *e)
{
	if (lex_is(&p->token, sign))
		return parse_advance(p, e);
	if (p->token.kind == LEX_END)
		return lex_err(&p->lex, &p->token, e,
		    "the text ends where '%s' should stand", sign);
	lex_err(&p->lex, &p->token, e, "'%s' should stand here", sign);
	return parse_hint(p, e);
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
check_past(const struct parser *p, const struct typed_operand *back,
    struct err *e)
{
	int rc = typed_whole(&p->typed, back, 0, PAST_MAX, e);

	return rc != 0 ? parse_hint_past(p, back, e) : 0;
}

static int
parse_past(struct parser *p, struct typed_operand *out, struct err *e)
{
	size_t start = p->token.at;
	int rc = parse_atom(p, out, e);

	while (rc == 0 && lex_is(&p->token, "[")) {
		struct typed_operand back;

		rc = parse_advance(p, e);
		if (rc == 0)
			rc = parse_choice(p, &back, e);
		if (rc == 0)
			rc = check_past(p, &back, e);
		if (rc == 0)
			rc = parse_expect(p, "]", e);
		if (rc != 0)
			break;
		out->node = typed_past(&p->typed, out, &back);
	}
	out->text = stretch(p, start);
	return rc;
}

/* Where a value is missing, the end of the line ends nothing. */
static int
start_value(struct parser *p, size_t *start, struct err *e)
{
	int rc = 0;

	if (p->token.kind == LEX_BREAK && p->token.text[0] != ';')
		rc = parse_advance(p, e);
	*start = p->token.at;
	return rc;
}

/* A value with its signs, behind an operator that binds below ${level}. */
static int
parse_unary(struct parser *p, int level, struct typed_operand *out,
    struct err *e)
{
	size_t start;
	int rc = start_value(p, &start, e);
	bool minus = lex_is(&p->token, "-");

	if (rc != 0)
		return rc;
	if (!minus && !lex_is(&p->token, "not"))
		return parse_past(p, out, e);
	if (!minus && level > LEVEL_NOT)
		return lex_err(&p->lex, &p->token, e,
		    "'not' cannot stand behind this operator: put it and what "
		    "it applies to in parentheses");
	if (++p->depth > DEPTH_MAX)
		return lex_err(&p->lex, &p->token, e, "nested too deeply");
	rc = parse_advance(p, e);
	if (rc == 0)
		rc = minus ? parse_unary(p, LEVEL_SIGN, out, e)
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
	const struct operator* operator;
	struct lex_token sign;
	size_t start;
	int rc = start_value(p, &start, e), last = -1;

	if (rc == 0 && ++p->depth > DEPTH_MAX)
		return lex_err(&p->lex, &p->token, e, "nested too deeply");
	if (rc == 0)
		rc = parse_unary(p, level, out, e);
	while (rc == 0 &&
	    (operator= find_operator(p)) != NULL && operator->level >= level) {
		struct typed_operand right;

		if (operator->level == LEVEL_COMPARE && last == LEVEL_COMPARE)
			return lex_err(&p->lex, &p->token, e,
			    "comparisons do "
			    "not chain: write a < b and b < c");
		last = operator->level;
		sign = p->token;
		rc = parse_advance(p, e);
		if (rc == 0)
			rc = parse_hint_operand(p, &sign, out, e);
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
parse_choice(struct parser *p, struct typed_operand *out, struct err *e)
{
	struct typed_operand yes, no;
	size_t start;
	int rc = start_value(p, &start, e);

	if (rc == 0)
		rc = parse_level(p, LEVEL_OR, out, e);
	if (rc != 0 || !lex_is(&p->token, "?"))
		return rc;
	if (++p->depth > DEPTH_MAX)
		return lex_err(&p->lex, &p->token, e, "nested too deeply");
	rc = parse_advance(p, e);
	if (rc == 0)
		rc = parse_choice(p, &yes, e);
	if (rc == 0)
		rc = parse_expect(p, ":", e);
	if (rc == 0)
		rc = parse_choice(p, &no, e);
	if (rc == 0)
		rc = typed_choose(&p->typed, out, &yes, &no, e);
	p->depth--;
	out->text = stretch(p, start);
	return rc;
}

int
parse_skip_breaks(struct parser *p, struct err *e)
{
	int rc = 0;

	while (rc == 0 && p->token.kind == LEX_BREAK)
		rc = parse_advance(p, e);
	return rc;
}

int
parse_end(struct parser *p, struct err *e)
{
	if (p->token.kind == LEX_BREAK || p->token.kind == LEX_END)
		return parse_skip_breaks(p, e);
	lex_err(&p->lex, &p->token, e,
	    "an operator or the end should stand here, not '%.*s'",
	    (int)p->token.len, p->token.text);
	return parse_hint(p, e);
}

int
parse_body(struct parser *p, struct typed_operand *out, struct err *e)
{
	struct parse_name let;
	bool is = true;
	int rc = parse_skip_breaks(p, e);

	while (rc == 0 && is) {
		rc = parse_let(p, &let, &is, e);
		if (rc == 0 && is)
			*VEC_PUSH(&p->scope->names) = let;
	}
	if (rc == 0)
		rc = parse_choice(p, out, e);
	if (rc == 0)
		rc = parse_end(p, e);
	if (rc == 0 && p->token.kind != LEX_END)
		rc = lex_err(&p->lex, &p->token, e,
		    "the rule should end here, or go on with an operator");
	return rc;
}

void
parse_scope_release(struct parse_scope *scope)
{
	VEC_RELEASE(&scope->names);
}

/* Begins to read ${source}; up to here no name of others is used. */
static int
start(struct parser *p, struct parse_scope *scope,
    const struct lex_source *source, struct err *e)
{
	*p = (struct parser){.typed = {&p->lex, scope->x}, .scope = scope};
	for (size_t i = 0; i < scope->names.n; i++)
		scope->names.at[i].here = false;
	lex_init(&p->lex, source);
	return parse_advance(p, e);
}

int
parse_rule(struct parse_scope *scope, const struct lex_source *source,
    struct parse_value *value, struct buf *needs, struct err *e)
{
	struct parser p;
	struct typed_operand whole = {0};
	size_t known = scope->names.n;
	int rc = start(&p, scope, source, e);

	if (rc == 0)
		rc = parse_body(&p, &whole, e);
	if (rc == 0)
		rc = typed_truth(&p.typed, &whole, e);
	if (rc == 0)
		parse_let_needs(&scope->names, known, needs);
	*value = (struct parse_value){whole.node, whole.text};
	return rc;
}

int
parse_values(struct parse_scope *scope, const struct lex_source *source,
    struct parse_values *values, struct err *e)
{
	struct parser p;
	struct typed_operand value;
	int rc = start(&p, scope, source, e);

	while (rc == 0) {
		rc = parse_choice(&p, &value, e);
		if (rc != 0)
			break;
		*VEC_PUSH(values) =
		    (struct parse_value){value.node, value.text};
		if (!lex_is(&p.token, ","))
			break;
		rc = parse_advance(&p, e);
	}
	if (rc != 0 || p.token.kind == LEX_END)
		return rc;
	lex_err(&p.lex, &p.token, e,
	    "',' or an operator should stand here, not '%.*s'",
	    (int)p.token.len, p.token.text);
	return parse_hint(&p, e);
}

/* Which of the rules ${name} is, or their number. */
static size_t
find_rule(const struct parse_rules *rules, const struct lex_token *name)
{
	size_t i = 0;

	while (i < rules->n && !lex_is(name, rules->names[i]))
		i++;
	return i;
}

/* Takes a statement of a file as one of its rules, or as a name for later. */
static int
take_statement(struct parser *p, const struct parse_name *let,
    struct parse_rules *rules, struct err *e)
{
	struct typed_operand whole = {let->node, let->text};
	size_t i = find_rule(rules, &let->name);

	if (i < rules->n && rules->text[i] == NULL) {
		rules->node[i] = let->node;
		rules->text[i] = parse_let_text(&p->scope->names, &let->text);
	}
	*VEC_PUSH(&p->scope->names) = *let;
	return i < rules->n ? typed_truth(&p->typed, &whole, e) : 0;
}

int
parse_file(struct parse_scope *scope, const struct lex_source *source,
    struct parse_rules *rules, struct err *e)
{
	struct parser p;
	struct parse_name let;
	bool is;
	int rc = start(&p, scope, source, e);

	if (rc == 0)
		rc = parse_skip_breaks(&p, e);
	while (rc == 0 && p.token.kind != LEX_END) {
		rc = parse_let(&p, &let, &is, e);
		if (rc == 0 && !is)
			rc = lex_err(&p.lex, &p.token, e,
			    "NAME = value should stand here");
		if (rc == 0)
			rc = take_statement(&p, &let, rules, e);
	}
	return rc;
}

int
parse_file_end(const struct parse_scope *scope, const struct lex_source *source,
    const struct parse_rules *rules, struct err *e)
{
	struct lex lex;

	lex_init(&lex, source);
	for (size_t i = 0; i < scope->names.n; i++) {
		const struct parse_name *let = &scope->names.at[i];

		if (!let->used && strcmp(let->source, source->name) == 0 &&
		    find_rule(rules, &let->name) == rules->n)
			return parse_hint_unused(&lex, &let->name, rules, e);
	}
	return 0;
}
