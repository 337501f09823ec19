/* SPDX-License-Identifier: MIT */
/*
 * The typed parser: the text of a rule becomes an expression.
 *
 *	rule    = or
 *	or      = and { "or" and }
 *	and     = not { "and" not }
 *	not     = "not" not | compare
 *	compare = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
 *	sum     = product { ("+" | "-") product }
 *	product = sign { ("*" | "/") sign }
 *	sign    = "-" sign | past
 *	past    = atom { "[" WHOLE "]" }
 *	atom    = NUMBER | $NAME | $NAME=NUMBER | true | false | FIELD
 *	        | FUNCTION "(" or { "," or } ")" [ "." MEMBER ] | "(" or ")"
 */
#ifndef QTE_RUN_PARSE_H
#define QTE_RUN_PARSE_H

#include "base/base.h"
#include "base/err.h"
#include "strategy/expr.h"
#include "strategy/param.h"

/*
 * parse_rule(x, name, text, params, e):
 * Compile ${text}, called ${name} in messages, into the empty ${x}.  It must be
 * true or false.  Values of parameters come from ${params}.  EX_USAGE with the
 * place and a caret.
 * ${x} is to be released in any case.
 */
int parse_rule(struct expr *, const char *, const char *, const struct params *,
    struct err *) QTE_MUST_CHECK;

#endif
