/* SPDX-License-Identifier: MIT */
/*
 * The functions of the language.  An indicator is code that takes in its
 * arguments a bar at a time; a formula is lines of the language itself, put in
 * where it is called.
 */
#ifndef QTE_RUN_INDIC_H
#define QTE_RUN_INDIC_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "strategy/expr.h"

/* A window is a whole number from 1 to this. */
#define INDIC_WINDOW_MAX INT64_C(1000000)

enum indic_result {
	INDIC_GIVES_DOUBLE,
	INDIC_GIVES_COUNT, /* exact, whole */
	INDIC_GIVES_FIRST, /* of the type of the first argument */
	INDIC_GIVES_LAST,  /* of the type of the last one */
	INDIC_GIVES_MEAN,  /* exact when its series is, den x window */
	INDIC_GIVES_BOTH   /* of the type that both arguments have */
};

/*
 * Parameters are letters: s a number, b a condition, a either (all alike), w a
 * window, which becomes ->n of the node, k a plain number.
 */
struct indic {
	const char *name;
	const char *kinds;
	enum indic_result result;
	/* 0, or 1 + d: the ring holds the last n + d values of arg[0]. */
	int looks_back;
	/* The value at this bar; the arguments have theirs already. */
	struct value (*step)(const struct expr *, struct expr_node *);
	const char *about; /* for a list: "(x,n) what it is" */
};

struct indic_formula {
	const char *name;
	const char *member; /* after the dot, or NULL */
	const char *kinds;
	const char *names[EXPR_ARGS];
	const char *body;
	const char *about;
};

/* indic_find(name, len): the indicator of that name, or NULL. */
const struct indic *indic_find(const char *, size_t);

/*
 * indic_formula_find(name, len, member, member_len):
 * The formula, or NULL.  With ${member} NULL the first one of that name,
 * whatever its member.
 */
const struct indic_formula *indic_formula_find(const char *, size_t,
    const char *, size_t);

/*
 * indic_suggest(e, name): add the nearest function to the message of ${e};
 * return whether there is one.
 * indic_members(name, list): append " .member" for each of formula ${name}.
 * indic_list(list): append a line for each function.
 */
bool indic_suggest(struct err *, const char *);
void indic_members(const char *, struct buf *);
void indic_list(struct buf *);

#endif
