/* SPDX-License-Identifier: MIT */
/*
 * A compiled expression: nodes in an order in which each stands behind what it
 * needs, evaluated once a bar.  A node that looks back keeps just as many past
 * values as it needs, so memory does not grow with the data.
 */
#ifndef QTE_RUN_EXPR_H
#define QTE_RUN_EXPR_H

#include "base/base.h"
#include "base/vec.h"
#include "market/bars.h"
#include "strategy/value.h"

enum expr_op {
	EXPR_CONST, /* ->value */
	EXPR_FIELD, /* of the bar: ->field */
	EXPR_PAST,  /* arg[0] as it was ->n bars ago */
	EXPR_NEGATE,
	EXPR_ADD,
	EXPR_SUBTRACT,
	EXPR_MULTIPLY,
	EXPR_DIVIDE,
	EXPR_LESS,
	EXPR_LESS_EQUAL,
	EXPR_GREATER,
	EXPR_GREATER_EQUAL,
	EXPR_EQUAL,
	EXPR_UNEQUAL,
	EXPR_NOT,
	EXPR_AND,
	EXPR_OR,
	EXPR_INDICATOR /* ->indic of arg[0] over ->n bars */
};

enum expr_field {
	EXPR_OPEN,
	EXPR_HIGH,
	EXPR_LOW,
	EXPR_CLOSE,
	EXPR_VOLUME,
	EXPR_BAR /* the bar's number, from 0 */
};

/*
 * The last values of a series.  Each is kept twice, ${size} apart, so that they
 * always stand in a row somewhere.
 */
struct expr_ring {
	struct value *at; /* owned: 2 x size */
	size_t size;
	size_t next; /* slot of the next value, below size */
};

/* What a recursive indicator carries from bar to bar. */
struct expr_carry {
	int64_t count; /* of values or changes taken in */
	double a, b;   /* averages */
	struct value last;
};

struct expr_node {
	enum expr_op op;
	bool truth;   /* its type: true or false, else a number */
	uint64_t den; /* of its exact values; 0: all its values are doubles */
	size_t arg[2];
	enum expr_field field;
	int64_t n;
	const struct indic *indic;
	struct value value; /* at the current bar */
	struct expr_ring ring;
	struct expr_carry carry;
};

struct expr {
	VEC(struct expr_node);
	size_t root; /* index of the node that is the whole */
};

/*
 * expr_add(x, node):
 * Append a copy of ${node}, with a ring of the size it needs.  Return its
 * index.
 */
size_t expr_add(struct expr *, const struct expr_node *);

/*
 * expr_step(x, bar, number):
 * Take in bar ${number} (from 0, without a gap) and return the value at its
 * close.
 */
struct value expr_step(struct expr *, const struct bar *, int64_t);

void expr_release(struct expr *);

/*
 * expr_ring_window(r):
 * The last ${r->size} values, oldest first; absent those before the first bar.
 */
const struct value *expr_ring_window(const struct expr_ring *);

#endif
