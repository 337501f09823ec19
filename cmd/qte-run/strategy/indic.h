/* SPDX-License-Identifier: MIT */
/*
 * The functions of the language.  An indicator is code that takes in a series a
 * bar at a time; a formula is a line of the language itself, put in where it is
 * called.
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
	INDIC_GIVES_SAME, /* exact when its series is */
	INDIC_GIVES_MEAN  /* exact when its series is, den x window */
};

/* An indicator: of one series over a window of n bars. */
struct indic {
	const char *name;
	enum indic_result result;
	bool looks_back; /* node->ring holds the last n values, newest included
			  */
	/* The value at this bar; the series' own is that of the second node. */
	struct value (*step)(struct expr_node *, const struct expr_node *);
};

/* A formula.  Parameters are letters: s a number, w a window, k a constant. */
struct indic_formula {
	const char *name;
	const char *member; /* after the dot, or NULL */
	const char *kinds;  /* a letter for each parameter, as "ss" */
	const char *names[4];
	const char *body;
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
 * indic_suggest(e, name): add the nearest function to the message of ${e}.
 * indic_members(name, list): append " .member" for each of formula ${name}.
 */
void indic_suggest(struct err *, const char *);
void indic_members(const char *, struct buf *);

#endif
