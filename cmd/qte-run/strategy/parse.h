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
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "strategy/expr.h"
#include "strategy/lex.h"
#include "strategy/param.h"

/* A name that a text gave a value. */
struct parse_name {
	struct lex_token name, text; /* text: of the value */
	const char *source;	     /* what its text is called; borrowed */
	size_t node;
	bool used; /* by any text */
	bool here; /* by the text that was read last */
};

/*
 * What the texts of a run share.  A name that one gives a value stands for it
 * in those that are read after it, so the texts must live as long.
 */
struct parse_scope {
	struct expr *x;		     /* borrowed: gets the nodes */
	const struct params *params; /* borrowed: the values of parameters */
	struct parse_names {
		VEC(struct parse_name);
	} names;
};

/* parse_scope_release(scope): forget the names. */
void parse_scope_release(struct parse_scope *);

/* A value, and its text in the source. */
struct parse_value {
	size_t node;
	struct lex_token text;
};

/*
 * parse_rule(scope, source, value, needs, e):
 * Compile the rule ${source}; ${*value} is what it comes to, true or false.
 * Those names of earlier texts that it uses are appended to ${needs} as
 * "NAME = VALUE; ", with what they need in front.  The status of ${source},
 * with the place and a caret.
 */
int parse_rule(struct parse_scope *, const struct lex_source *,
    struct parse_value *, struct buf *, struct err *) QTE_MUST_CHECK;

struct parse_values {
	VEC(struct parse_value);
};

/*
 * parse_values(scope, source, values, e):
 * Compile a list of values, set apart by commas, and append them to ${values}.
 */
int parse_values(struct parse_scope *, const struct lex_source *,
    struct parse_values *, struct err *) QTE_MUST_CHECK;

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
 * parse_file(scope, source, rules, e):
 * Compile a file of names and rules, which are names too.  Rules must be true
 * or false.  The texts in ${rules} are to be freed in any case.
 */
int parse_file(struct parse_scope *, const struct lex_source *,
    struct parse_rules *, struct err *) QTE_MUST_CHECK;

/*
 * parse_file_end(scope, source, rules, e):
 * After the last text of a run: the status of the file ${source} when it gives
 * a name that is no rule and that no text uses.  It was meant to do something,
 * and to pass over it would be to trade without it.
 */
int parse_file_end(const struct parse_scope *, const struct lex_source *,
    const struct parse_rules *, struct err *) QTE_MUST_CHECK;

#endif
