/* SPDX-License-Identifier: MIT */
/*
 * A strategy: up to four rules with their parameters, asked at the close of
 * each bar. It sees this bar and those before it.
 */
#ifndef QTE_RUN_STRATEGY_H
#define QTE_RUN_STRATEGY_H

#include "base/base.h"
#include "base/err.h"
#include "market/bars.h"
#include "strategy/expr.h"
#include "strategy/param.h"

enum strategy_rule {
	STRATEGY_ENTRY,
	STRATEGY_EXIT,
	STRATEGY_SHORT_ENTRY,
	STRATEGY_SHORT_EXIT,
	STRATEGY_RULES
};

/* What was asked for.  Texts are borrowed for as long as the strategy lives. */
struct strategy_opts {
	const char *name;		   /* of a built-in one, or NULL */
	const char *rules[STRATEGY_RULES]; /* NULL where not given */
	const char *const *params;	   /* NAME=VALUE */
	size_t nparams;
};

struct strategy {
	const char *name;		   /* "custom" when made of rules */
	const char *rules[STRATEGY_RULES]; /* the texts in force, or NULL */
	struct expr exprs[STRATEGY_RULES];
	struct params params;
};

/* A bit for each rule that is true at this bar: 1 << STRATEGY_ENTRY and so on.
 */
typedef unsigned strategy_signals;

/*
 * strategy_build(s, opts, e):
 * Compile what ${opts} asks for.  EX_USAGE for an unknown name, an unknown or
 * missing parameter, or a bad rule.  ${s} is to be released in any case.
 */
int strategy_build(struct strategy *, const struct strategy_opts *,
    struct err *) QTE_MUST_CHECK;

/* strategy_step(s, bar, number): take in bar ${number}; what is true at its
 * close. */
strategy_signals strategy_step(struct strategy *, const struct bar *, int64_t);

void strategy_release(struct strategy *);

/* strategy_rule_name(r): "entry", "exit", "short_entry", "short_exit". */
const char *strategy_rule_name(enum strategy_rule);

#endif
