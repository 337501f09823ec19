/* SPDX-License-Identifier: MIT */
/* What the parts of the parser share: parse.c, parse_atom.c, parse_let.c. */
#ifndef QTE_RUN_PARSER_H
#define QTE_RUN_PARSER_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "strategy/indic.h"
#include "strategy/lex.h"
#include "strategy/param.h"
#include "strategy/typed.h"

/* A name that the text gave a value. */
struct parser_let {
	struct lex_token name, text; /* text: of the value */
	size_t node;
	bool used;
};

struct parser {
	struct lex lex;
	struct lex_token token; /* the next word */
	size_t end;		/* where the last word ended */
	struct typed typed;
	const struct params *params;
	/* Inside a formula: what its parameters' names stand for. */
	const struct indic_formula *formula;
	const struct typed_operand *bound;
	struct {
		VEC(struct parser_let);
	} lets;
	int depth;
};

/* Everything below returns 0 or the status of the source, with a caret. */

/* parse_advance(p, e): go on to the next word. */
int parse_advance(struct parser *, struct err *) QTE_MUST_CHECK;

/* parse_expect(p, sign, e): the next word must be ${sign}; go on behind it. */
int parse_expect(struct parser *, const char *, struct err *) QTE_MUST_CHECK;

/* parse_choice(p, out, e): an expression of any kind. */
int parse_choice(struct parser *, struct typed_operand *,
    struct err *) QTE_MUST_CHECK;

/* parse_body(p, out, e): names with their values, then the expression. */
int parse_body(struct parser *, struct typed_operand *,
    struct err *) QTE_MUST_CHECK;

/* parse_atom(p, out, e): a number, a name, a call or what is in parentheses. */
int parse_atom(struct parser *, struct typed_operand *,
    struct err *) QTE_MUST_CHECK;

/* parse_atom_taken(p, name): has ${name} a meaning in the language. */
bool parse_atom_taken(const struct parser *, const struct lex_token *);

/* parse_let_find(p, name): what the text called so, borrowed; or NULL. */
struct parser_let *parse_let_find(const struct parser *,
    const struct lex_token *);

/*
 * parse_let_suggest(p, word, e):
 * Add the nearest of the fields and of the names that the text gave.
 */
void parse_let_suggest(const struct parser *, const char *, struct err *);

/*
 * parse_let_text(p, value):
 * The text of ${value} as a rule of its own, owned: in front of it stand those
 * names of the text that it needs, with their values.
 */
char *parse_let_text(const struct parser *,
    const struct lex_token *) QTE_MUST_CHECK;

#endif
