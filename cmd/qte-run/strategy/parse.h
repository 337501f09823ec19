/* SPDX-License-Identifier: MIT */
/*
 * The typed parser: the text of a rule becomes nodes of an expression.
 *
 *	rule    = { NAME "=" choice BREAK } choice
 *	file    = { NAME "=" choice BREAK }
 *	choice  = or [ "?" choice ":" choice ]
 *	or      = and { "or" and }
 *	and     = not { "and" not }
 *	not     = "not" not | compare
 *	compare = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
 *	sum     = product { ("+" | "-") product }
 *	product = sign { ("*" | "/" | "%") sign }
 *	sign    = "-" sign | past
 *	past    = atom { "[" choice "]" }
 *	atom    = NUMBER | $NAME | $NAME=NUMBER | true | false | NAME
 *	        | NAME "(" [ choice { "," choice } ] ")" [ "." NAME ]
 *	        | "(" choice ")"
 */
#ifndef QTE_RUN_PARSE_H
#define QTE_RUN_PARSE_H

#include "base/base.h"
#include "base/err.h"
#include "strategy/expr.h"
#include "strategy/lex.h"
#include "strategy/param.h"

/* A value, and its text in the source. */
struct parse_value {
	size_t node;
	struct lex_token text;
};

/*
 * parse_rule(x, source, params, value, e):
 * Compile the rule ${source} into ${x}; ${*value} is what it comes to, true or
 * false.  Values of parameters come from ${params}.  The status of ${source},
 * with the place and a caret.
 */
int parse_rule(struct expr *, const struct lex_source *, const struct params *,
    struct parse_value *, struct err *) QTE_MUST_CHECK;
struct parse_values {
	VEC(struct parse_value);
};

/*
 * parse_values(x, source, params, values, e):
 * Compile a list of values, set apart by commas, and append them to ${values}.
 */
int parse_values(struct expr *, const struct lex_source *,
    const struct params *, struct parse_values *, struct err *) QTE_MUST_CHECK;

#define PARSE_RULES_MAX 4

/* The rules of a file: what they are called, and what was found. */
struct parse_rules {
	const char *const *names;
	size_t n;		      /* at most PARSE_RULES_MAX */
	size_t node[PARSE_RULES_MAX]; /* of the value of each */
	/* Owned; NULL where there is no such rule.  With the names it needs. */
	char *text[PARSE_RULES_MAX];
};

/*
 * parse_file(x, source, params, rules, e):
 * Compile a file of names and rules.  Rules must be true or false.  The texts
 * in ${rules} are to be freed in any case.
 */
int parse_file(struct expr *, const struct lex_source *, const struct params *,
    struct parse_rules *, struct err *) QTE_MUST_CHECK;

#endif
