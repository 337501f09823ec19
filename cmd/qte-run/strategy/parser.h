/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the parser share: parse.c, parse_atom.c, parse_let.c,
 * parse_hint.c.
 */
#ifndef QTE_RUN_PARSER_H
#define QTE_RUN_PARSER_H

#include "base/base.h"
#include "base/err.h"
#include "strategy/indic.h"
#include "strategy/lex.h"
#include "strategy/parse.h"
#include "strategy/typed.h"

struct parser {
	struct lex lex;
	struct lex_token token; /* the next word */
	size_t end;		/* where the last word ended */
	struct typed typed;
	struct parse_scope *scope;
	/* Inside a formula: what its parameters' names stand for. */
	const struct indic_formula *formula;
	const struct typed_operand *bound;
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

/* parse_skip_breaks(p, e): go on to where something stands. */
int parse_skip_breaks(struct parser *, struct err *) QTE_MUST_CHECK;

/* parse_end(p, e): a statement must end here; go on behind its end. */
int parse_end(struct parser *, struct err *) QTE_MUST_CHECK;

/*
 * parse_let(p, let, is, e):
 * Read "NAME = VALUE" when it stands here, as ${is} tells.
 */
int parse_let(struct parser *, struct parse_name *, bool *,
    struct err *) QTE_MUST_CHECK;

/* parse_let_find(names, name): what has this name, borrowed; or NULL. */
struct parse_name *parse_let_find(const struct parse_names *,
    const struct lex_token *);

/*
 * parse_let_suggest(p, word, e):
 * Add the nearest of the fields and of the names that have a value.  Return
 * whether there is one.
 */
bool parse_let_suggest(const struct parser *, const char *, struct err *);

/*
 * parse_let_text(names, value):
 * The text of ${value} as a rule of its own, owned: in front of it stand those
 * names that it needs, with their values.
 */
char *parse_let_text(const struct parse_names *,
    const struct lex_token *) QTE_MUST_CHECK;

/*
 * parse_let_needs(names, n, to):
 * Append those of the first ${n} names that the last text uses, and what they
 * need.
 */
void parse_let_needs(const struct parse_names *, size_t, struct buf *);

/*
 * What follows adds to an error what may have been meant.
 *
 * parse_hint(p, e): by the next word, which cannot stand there.
 * parse_hint_past(p, back, e): by a wrong number of bars to look back.
 * parse_hint_swapped(p, first, second, e): by values of a call in this order.
 */
int parse_hint(const struct parser *, struct err *);
int parse_hint_past(const struct parser *, const struct typed_operand *,
    struct err *);
int parse_hint_swapped(const struct parser *, const struct typed_operand *,
    const struct typed_operand *, struct err *);

/*
 * parse_hint_word(name, e):
 * By an unknown name: a word in other letter case, or one of another language.
 * Return whether it is one.
 */
bool parse_hint_word(const char *, struct err *);

/*
 * parse_hint_unused(lex, name, rules, e):
 * Set the error of a name that nothing uses, with the rule that it may be.
 */
int parse_hint_unused(const struct lex *, const struct lex_token *,
    const struct parse_rules *, struct err *);

/*
 * parse_hint_operand(p, sign, left, e):
 * The status of the source where no value follows the operator ${sign}, or the
 * "=" of a name (then ${left} is NULL): behind a "%" that was meant as a
 * percent sign, or at the end of a line before the next name.
 */
int parse_hint_operand(const struct parser *, const struct lex_token *,
    const struct typed_operand *, struct err *) QTE_MUST_CHECK;

#endif
