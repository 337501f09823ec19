/* SPDX-License-Identifier: MIT */
/*
 * Compiled expressions: nodes, each behind what it needs, evaluated once a bar.
 * Equal nodes are one.  A node that looks back keeps just as many past values
 * as it needs, so memory does not grow with the data.
 */
#ifndef QTE_RUN_EXPR_H
#define QTE_RUN_EXPR_H

#include "base/base.h"
#include "base/vec.h"
#include "strategy/moment.h"
#include "strategy/value.h"

#define EXPR_ARGS 4

enum expr_op {
	EXPR_CONST, /* ->value */
	EXPR_FIELD, /* of the bar or the account: ->field */
	EXPR_PAST,  /* arg[0] as it was ->n bars ago */
	EXPR_NEGATE,
	EXPR_ADD,
	EXPR_SUBTRACT,
	EXPR_MULTIPLY,
	EXPR_DIVIDE,
	EXPR_MODULO,
	EXPR_LESS,
	EXPR_LESS_EQUAL,
	EXPR_GREATER,
	EXPR_GREATER_EQUAL,
	EXPR_EQUAL,
	EXPR_UNEQUAL,
	EXPR_NOT,
	EXPR_AND,
	EXPR_OR,
	EXPR_CHOOSE,   /* arg[0] ? arg[1] : arg[2] */
	EXPR_INDICATOR /* ->indic of the args, over ->n bars */
};

/*
 * The last values of a series.  Each is kept twice, ${size} apart, so that they
 * always stand in a row somewhere.
 */
struct expr_ring {
	struct value *at; /* owned: 2 x size; NULL before the first value */
	size_t size;
	size_t next; /* slot of the next value, below size */
};

/* What a recursive indicator carries from bar to bar. */
struct expr_carry {
	int64_t count; /* of values taken in */
	double a, b;
	struct value last;
	bool side;
};

struct expr_node {
	enum expr_op op;
	bool truth;   /* its type: true or false, else a number */
	uint64_t den; /* of its exact values; 0: all its values are doubles */
	size_t arg[EXPR_ARGS];
	enum expr_field field;
	int64_t n;
	const struct indic *indic;
	struct value value; /* at the current bar */
	struct expr_ring ring;
	struct expr_carry carry;
};

struct expr {
	VEC(struct expr_node);
	size_t *slots; /* owned: of each node its index + 1, by its hash */
	size_t nslots; /* a power of two, at least twice n; or 0 */
};

/*
 * expr_add(x, node): the index of a node like ${node}: one that is there, or a
 * new one with a ring of the size it needs.
 */
size_t expr_add(struct expr *, const struct expr_node *);

/*
 * expr_merge(x, from, to):
 * Add all nodes of ${from} to ${x}; ${to}[i] becomes the index of node i there.
 * No value of ${from} was asked yet.
 */
void expr_merge(struct expr *, const struct expr *, size_t *);

/* expr_late(x): a node depends on the account. */
bool expr_late(const struct expr *);

/* expr_nargs(node): how many arguments it has. */
size_t expr_nargs(const struct expr_node *);

/*
 * expr_binary(op, a, b):
 * What arithmetic or comparison ${op} makes of the values of two nodes.
 */
struct value expr_binary(enum expr_op, const struct expr_node *,
    const struct expr_node *);

/*
 * expr_step(x, moment): take in the next bar; each node gets its value.
 * expr_evaluate(x, node, moment): one node does, whose arguments have theirs.
 * expr_put(node, value): the next value of the series it looks back on.
 */
void expr_step(struct expr *, const struct expr_moment *);
void expr_evaluate(const struct expr *, struct expr_node *,
    const struct expr_moment *);
void expr_put(struct expr_node *, struct value);

void expr_release(struct expr *);

/*
 * expr_window(node): the last values of the series that ${node} looks back on,
 * oldest first; absent those before the first bar.
 */
const struct value *expr_window(const struct expr_node *);

/* expr_arg(x, node, i): the node that is the ${i}-th argument of ${node}. */
const struct expr_node *expr_arg(const struct expr *, const struct expr_node *,
    size_t);

#endif
