/* SPDX-License-Identifier: MIT */
/*
 * A strategy: up to four rules with their parameters, asked at the close of
 * each bar, and values to print beside them.  It sees this bar and those before
 * it.
 */
#ifndef QTE_RUN_STRATEGY_H
#define QTE_RUN_STRATEGY_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "strategy/expr.h"
#include "strategy/param.h"
#include "strategy/parse.h"

enum strategy_rule {
	STRATEGY_ENTRY,
	STRATEGY_EXIT,
	STRATEGY_SHORT_ENTRY,
	STRATEGY_SHORT_EXIT,
	STRATEGY_RULES
};

/* A rule has no more bytes, so that the records that show it stay short. */
#define STRATEGY_RULE_MAX 4096

/* How a strategy file's name ends. */
#define STRATEGY_ENDING ".qts"

/* What was asked for.  Texts are borrowed for as long as the strategy lives. */
struct strategy_opts {
	const char *name;		   /* built-in, or a file; or NULL */
	const char *rules[STRATEGY_RULES]; /* NULL where not given */
	const char *const *params;	   /* NAME=VALUE */
	size_t nparams;
	const char *const *prints; /* lists of values to print */
	size_t nprints;
};

struct strategy {
	const char *name;	       /* "custom" when a rule was given */
	const struct builtin *builtin; /* borrowed, or NULL */
	char *stem;		       /* owned: of the file's name, or NULL */
	struct buf file;	       /* the text of the file, or empty */
	char *rules[STRATEGY_RULES];   /* owned: the texts in force, or NULL */
	size_t nodes[STRATEGY_RULES];
	size_t bodies[STRATEGY_RULES]; /* where in a text its names end */
	unsigned missing; /* 1 << RULE: nobody gave it, and it is never true */
	struct expr expr;
	struct params params;
	struct parse_values prints;
};

/* A bit for each rule that is true at this bar: 1 << STRATEGY_ENTRY and so on.
 */
typedef unsigned strategy_signals;

/*
 * strategy_build(s, opts, e):
 * Compile what ${opts} asks for: rules that are given stand in for those of
 * the strategy.  EX_USAGE for an unknown name, an unknown or missing parameter,
 * or a bad rule; EX_NOINPUT or EX_DATAERR for a file that is missing or wrong.
 * ${s} is to be released in any case.
 */
int strategy_build(struct strategy *, const struct strategy_opts *,
    struct err *) QTE_MUST_CHECK;

/*
 * strategy_read(s, opts, e):
 * The same, but compile nothing: only the texts and ->params are of use.
 */
int strategy_read(struct strategy *, const struct strategy_opts *,
    struct err *) QTE_MUST_CHECK;

/*
 * strategy_is_file(name): whether it names a file, not a built-in strategy.
 * strategy_has_ending(path): whether it ends as a strategy file does.
 */
bool strategy_is_file(const char *);
bool strategy_has_ending(const char *);

/* strategy_step(s, moment): take in the next bar; what is true at its close. */
strategy_signals strategy_step(struct strategy *, const struct expr_moment *);

/* strategy_signals_now(s): what is true by the values that the nodes have. */
strategy_signals strategy_signals_now(const struct strategy *);

void strategy_release(struct strategy *);

/* strategy_rule_name(r): "entry", "exit", "short_entry", "short_exit". */
const char *strategy_rule_name(enum strategy_rule);

#endif
