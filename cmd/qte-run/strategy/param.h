/* SPDX-License-Identifier: MIT */
/*
 * Parameters of a strategy: $fast=10 in a rule gives the name and the default,
 * a value from outside replaces the default.
 */
#ifndef QTE_RUN_PARAM_H
#define QTE_RUN_PARAM_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "strategy/lex.h"
#include "strategy/value.h"

/* They stand in records, which are to stay short. */
#define PARAM_MAX 64 /* parameters */
#define PARAM_NAME_MAX 64

struct param {
	char *name; /* owned, as is the next */
	char *text; /* of the value in force, as it was written */
	struct value value;
	uint64_t den; /* of an exact value, else 0 */
	bool given;   /* from outside; a default does not replace it */
};

struct params {
	VEC(struct param);
};

/*
 * param_give(ps, text, e):
 * Take NAME=VALUE from outside.  EX_USAGE when it is not of that form, the name
 * was given before or is too long, or there are too many.
 */
int param_give(struct params *, const char *, struct err *) QTE_MUST_CHECK;

/*
 * param_collect(ps, source, used, e):
 * Read ${source} for parameters: set the defaults of those that were not given,
 * and append every name met to ${used}.  The status of the source for a second,
 * different default, a name that is too long, or too many of them.
 */
struct param_names {
	VEC(char *); /* owned, each */
};
int param_collect(struct params *, const struct lex_source *,
    struct param_names *, struct err *) QTE_MUST_CHECK;

/*
 * param_check(ps, used, e):
 * EX_USAGE for a value given to a name that no rule uses.
 */
int param_check(const struct params *, const struct param_names *,
    struct err *) QTE_MUST_CHECK;

/*
 * param_fill(ps, used, from):
 * Copy those of ${from} that ${used} names and ${ps} lacks.
 */
void param_fill(struct params *, const struct param_names *,
    const struct params *);

/*
 * param_order(ps, used):
 * Put the parameters in the order in which ${used} names them, so that equal
 * runs list them alike.
 */
void param_order(struct params *, const struct param_names *);

/* param_find(ps, name, len): the parameter, or NULL. */
const struct param *param_find(const struct params *, const char *, size_t);

/*
 * param_number(text, len, value, den):
 * A decimal as a value: exact when it has at most 9 decimals and fits.  Return
 * false when it is no number, or none that a double holds.
 */
bool param_number(const char *, size_t, struct value *, uint64_t *);

/* param_list(ps, text): append a line NAME=VALUE for each. */
void param_list(const struct params *, struct buf *);

void param_release(struct params *);
void param_names_release(struct param_names *);

#endif
