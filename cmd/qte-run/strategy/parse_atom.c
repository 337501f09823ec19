/* SPDX-License-Identifier: MIT */
/* The typed parser: numbers, names, calls and what is in parentheses. */
#include <string.h>

#include "strategy/field.h"
#include "strategy/parser.h"

static int
parse_number(struct parser *p, struct typed_operand *out, struct err *e)
{
	struct value value;
	uint64_t den;

	if (!param_number(p->token.text, p->token.len, &value, &den))
		return lex_err(&p->lex, &p->token, e, "'%.*s' is too large",
		    (int)p->token.len, p->token.text);
	out->node = typed_value(&p->typed, value, den);
	return parse_advance(p, e);
}

static int
parse_param(struct parser *p, struct typed_operand *out, struct err *e)
{
	const struct param *param =
	    param_find(p->scope->params, p->token.text, p->token.len);
	struct lex_default value;
	int rc;

	if (param == NULL)
		return lex_err(&p->lex, &p->token, e,
		    "$%.*s has no value: "
		    "give one by --param or a default, as $%.*s=10",
		    (int)p->token.len, p->token.text, (int)p->token.len,
		    p->token.text);
	out->node = typed_value(&p->typed, param->value, param->den);
	/* A default is the value already: param_collect has seen to it. */
	rc = lex_default(&p->lex, &value, e);
	return rc != 0 ? rc : parse_advance(p, e);
}

/* A formula's parameter, a name with a value, or a field. */
static bool
find_name(struct parser *p, const struct lex_token *name, size_t *node)
{
	enum expr_field field;

	for (size_t i = 0; p->formula != NULL && p->formula->kinds[i]; i++) {
		if (lex_is(name, p->formula->names[i])) {
			*node = p->bound[i].node;
			return true;
		}
	}
	struct parse_name *let = parse_let_find(&p->scope->names, name);

	if (let != NULL) {
		let->used = let->here = true;
		*node = let->node;
		return true;
	}
	if (!field_find(name->text, name->len, &field))
		return false;
	*node = expr_add(p->typed.x,
	    &(struct expr_node){.op = EXPR_FIELD,
		.field = field,
		.den = field_den(field)});
	return true;
}

static bool
is_function(const struct lex_token *t)
{
	return indic_find(t->text, t->len) != NULL ||
	    indic_formula_find(t->text, t->len, NULL, 0) != NULL;
}

bool
parse_atom_taken(const struct parser *p, const struct lex_token *name)
{
	static const char *const words[] = {"and", "or", "not", "true",
	    "false"};
	enum expr_field field;

	for (size_t i = 0; i < QTE_COUNT(words); i++)
		if (lex_is(name, words[i]))
			return true;
	/* Formulas may call a thing as they like. */
	if (p->formula != NULL)
		return false;
	return is_function(name) || field_find(name->text, name->len, &field);
}

static int
unknown_name(struct parser *p, const struct lex_token *t, struct err *e)
{
	bool call = lex_is(&p->token, "(");
	char name[64];
	size_t len = t->len < sizeof(name) - 1 ? t->len : sizeof(name) - 1;

	memcpy(name, t->text, len);
	name[len] = '\0';
	if (!call && is_function(t))
		return lex_err(&p->lex, t, e,
		    "%s is a function: its values go in parentheses", name);
	lex_err(&p->lex, t, e, "unknown %s '%s'", call ? "function" : "name",
	    name);
	if (!parse_hint_word(name, e) &&
	    !(call ? indic_suggest(e, name) : parse_let_suggest(p, name, e)))
		err_add(e, "; --list-functions shows all");
	return e->status;
}

/* Whether value ${i} is of the kind that its letter says. */
static int
check_value(struct parser *p, const char *kinds, size_t i,
    const struct typed_operand *values, struct err *e)
{
	int rc;

	if (kinds[i] == 'a' && (i == 0 || kinds[0] != 'a'))
		return 0;
	if (kinds[i] == 'a')
		return typed_alike(&p->typed, &values[0], &values[i], e);
	if (kinds[i] == 'b')
		return typed_truth(&p->typed, &values[i], e);
	rc = typed_number(&p->typed, &values[i], e);
	if (rc == 0 && kinds[i] == 'w')
		rc = typed_whole(&p->typed, &values[i], 1, INDIC_WINDOW_MAX, e);
	if (rc == 0 && kinds[i] == 'k')
		rc = typed_constant(&p->typed, &values[i], e);
	return rc;
}

/* How the function is called, as "sma(x,n)". */
static int
add_signature(const struct lex_token *name, const char *before, struct err *e)
{
	const struct indic *indic = indic_find(name->text, name->len);
	const char *about = indic != NULL
	    ? indic->about
	    : indic_formula_find(name->text, name->len, NULL, 0)->about;

	err_add(e, "%s%.*s%.*s", before, (int)name->len, name->text,
	    (int)strcspn(about, " "), about);
	return e->status;
}

static int
check_values(struct parser *p, const struct lex_token *name, const char *kinds,
    const struct typed_operand *values, struct err *e)
{
	for (size_t i = 0; kinds[i] != '\0'; i++) {
		if (check_value(p, kinds, i, values, e) == 0)
			continue;
		add_signature(name, ", in ", e);
		if (i == 1 && kinds[0] == 's' && kinds[1] == 'w')
			parse_hint_swapped(p, &values[0], &values[1], e);
		return e->status;
	}
	return 0;
}

static int
check_count(struct parser *p, const struct lex_token *name, size_t count,
    size_t given, struct err *e)
{
	if (given == count)
		return 0;
	lex_err(&p->lex, name, e, "%.*s takes %zu value%s", (int)name->len,
	    name->text, count, count == 1 ? "" : "s");
	return add_signature(name, ": ", e);
}

/*
 * The values of a call, of the kinds that ${kinds} says.  Their number is seen
 * to first: without one of them, the others are not what they seem.
 */
static int
parse_arguments(struct parser *p, const struct lex_token *name,
    const char *kinds, struct typed_operand *values, struct err *e)
{
	struct typed_operand more;
	size_t count = strlen(kinds), n = 0;
	int rc = parse_expect(p, "(", e);

	for (; rc == 0 && !lex_is(&p->token, ")"); n++) {
		bool goes_on = n < count || lex_is(&p->token, ",");

		if (n > 0)
			rc = parse_expect(p, goes_on ? "," : ")", e);
		if (rc == 0)
			rc = parse_choice(p, n < count ? &values[n] : &more, e);
	}
	if (rc == 0)
		rc = check_count(p, name, count, n, e);
	if (rc == 0)
		rc = check_values(p, name, kinds, values, e);
	return rc != 0 ? rc : parse_expect(p, ")", e);
}

/* Puts the formula's body in, with ${values} for its parameters. */
static int
add_formula(struct parser *p, const struct indic_formula *formula,
    const struct typed_operand *values, struct typed_operand *out,
    struct err *e)
{
	/* The names of the rule are not the formula's. */
	struct parse_scope scope = {.x = p->scope->x,
	    .params = p->scope->params};
	struct parser body = {.typed = {&body.lex, scope.x},
	    .scope = &scope,
	    .formula = formula,
	    .bound = values,
	    .depth = p->depth};
	struct lex_source source = {formula->name, formula->body,
	    p->lex.status};
	int rc;

	lex_init(&body.lex, &source);
	rc = parse_advance(&body, e);
	if (rc == 0)
		rc = parse_body(&body, out, e);
	parse_scope_release(&scope);
	return rc;
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
	if (lex_is(&p->token, ".") && (rc = parse_advance(p, e)) == 0 &&
	    p->token.kind == LEX_NAME &&
	    (*formula = indic_formula_find(first->name, strlen(first->name),
		 p->token.text, p->token.len)) != NULL)
		return parse_advance(p, e);
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
	struct typed_operand values[EXPR_ARGS] = {0};
	int rc = 0;

	if (indic == NULL && formula == NULL)
		return unknown_name(p, name, e);
	const char *kinds = indic != NULL ? indic->kinds : formula->kinds;

	/* One that takes nothing may stand without parentheses. */
	if (lex_is(&p->token, "("))
		rc = parse_arguments(p, name, kinds, values, e);
	else if (kinds[0] != '\0')
		return unknown_name(p, name, e);
	if (rc != 0)
		return rc;
	if (indic != NULL) {
		out->node = typed_call(&p->typed, indic, values);
		return 0;
	}
	rc = parse_member(p, name, &formula, e);
	if (rc != 0 || (rc = add_formula(p, formula, values, out, e)) == 0)
		return rc;
	/* The formula's own text is not what the user wrote. */
	char why[sizeof(e->msg)];

	memcpy(why, e->msg, sizeof(why));
	return lex_err(&p->lex, name, e, "%s", why);
}

static int
parse_name(struct parser *p, struct typed_operand *out, struct err *e)
{
	struct lex_token name = p->token;
	bool is_true = lex_is(&name, "true");
	int rc = parse_advance(p, e);

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

int
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
	case LEX_BREAK:
	case LEX_END:
		return lex_err(&p->lex, &p->token, e,
		    "the text ends where a value should stand");
	}
	if (!lex_is(&p->token, "("))
		return lex_err(&p->lex, &p->token, e,
		    "a value should stand here, not '%.*s'", (int)p->token.len,
		    p->token.text);
	rc = parse_advance(p, e);
	if (rc == 0)
		rc = parse_choice(p, out, e);
	return rc != 0 ? rc : parse_expect(p, ")", e);
}
