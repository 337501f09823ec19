/* SPDX-License-Identifier: MIT */
/* What the files of this room share: the plan of an expression's columns. */
#ifndef QTE_RUN_VECTOR_PLAN_H
#define QTE_RUN_VECTOR_PLAN_H

#include "vector/vector.h"

/* 2^53 as a double. */
#define PLAN_WHOLE ((double)NUM_WHOLE)

/* No node of the expression: a column of doubles beside an exact one. */
#define PLAN_VIEW SIZE_MAX

struct plan_node;

/* Fills the columns of a node for the batch. */
typedef void plan_kernel(struct vector *, struct plan_node *);

/* The extreme of a window: candidates, oldest first, each beyond the next. */
struct plan_queue {
	struct plan_candidate {
		int64_t bar;
		double value;
	} * at; /* owned ring */
	size_t size, first, n;
};

struct plan_node {
	plan_kernel *kernel; /* NULL: it depends on the account */
	size_t of;	     /* node of the expression, or PLAN_VIEW */
	bool truth;
	uint64_t den; /* of exact numbers, or 0 */
	int64_t n;
	size_t arg[EXPR_ARGS], nargs;
	bool compares;	 /* it is a comparison of two numbers: */
	double scale[2]; /* what makes their dens one */
	bool wide;	 /* the products are beyond 2^53 */
	double bound;	 /* no value of an exact node is beyond it */

	/* A number: the batch from ->now on, ->history older ones before it. */
	double *now;
	double *data; /* owned, or NULL: ->now points into another's */
	size_t at, size, history; /* 63 more than ->size may be read */
	bool filled;		  /* a constant, of which all is there */
	bool whole; /* no value of the batch is absent, as far as is known */

	/* A condition: a bit for each bar at which it is true, or false. */
	uint64_t *yes, *no;   /* owned, unless ->opposite */
	bool opposite;	      /* true where its argument is false */
	uint64_t yes64, no64; /* with ->history: of the 64 bars before */

	/* What a window carries from batch to batch. */
	double sum, base;
	double *totals;	  /* owned: of a column that windows sum up, */
	int64_t totalled; /* up to the batch behind so many bars, and 1 */
	num_i128 total, squares;
	int64_t missing; /* absent values in it */
	struct plan_queue queue;
};

struct vector {
	struct expr *x;	      /* borrowed */
	struct plan_node *at; /* owned */
	size_t nodes;	      /* of ->at, which has room for all */
	size_t *plan;	      /* owned: for each node of x its place in ->at */
	size_t *view;	      /* the same of its doubles, or PLAN_VIEW */
	struct expr derived;  /* nodes that only the plan has, each once */
	struct {
		VEC(size_t);
	} derived_plan; /* their places in ->at */
	bool *wanted;
	size_t room;	 /* bars in a batch, at most */
	double *scratch; /* owned: for one column */
	struct zone zone;

	const struct batch *batch;
	size_t n;      /* bars in the batch */
	int64_t bars;  /* before the batch */
	int scale;     /* decimals of a tick */
	double tick;   /* ticks in 1.0 */
	int64_t units; /* of 1e-9 in a tick */
	double most;   /* no price is more, in ticks */
	bool bounded;  /* by these, whatever the bars before the batch */
};

/* plan_arg(v, node, i): the ${i}-th argument. */
static inline struct plan_node *
plan_arg(const struct vector *v, const struct plan_node *node, size_t i)
{
	return &v->at[node->arg[i]];
}

/*
 * plan_make(v): the nodes for ->x.
 * plan_looks_back(v, node): how many past values of its argument it needs.
 * plan_within(v, w): the bits of word ${w} that the batch has.
 */
void plan_make(struct vector *);
size_t plan_looks_back(const struct vector *, const struct plan_node *);
uint64_t plan_within(const struct vector *, size_t);

/* plan_bit(bits, i): bit ${i}. */
static inline bool
plan_bit(const uint64_t *bits, size_t i)
{
	return (bits[i / 64] >> i % 64 & 1) != 0;
}

/*
 * bound_fits(v, most, scale):
 * Whether all columns stay in the frame when no price is above ${most} ticks of
 * ${scale} decimals; sets the bounds.
 */
bool bound_fits(struct vector *, double, int);

/* bound_scale(x): decimals that suffice for all constants of ${x}. */
int bound_scale(const struct expr *);

/*
 * number_kernel(of), number_function(of): of an operator, and of a function of
 * one bar, or NULL.  number_view: the doubles of an exact column.
 */
plan_kernel *number_kernel(const struct expr_node *);
plan_kernel *number_function(const struct expr_node *);
plan_kernel number_view;

/*
 * window_kernel(of, exact, doubles):
 * Of any function, whose first argument is ${exact} or not; says whether it
 * wants the ${doubles} of its arguments or takes them as they are.
 * window_rescale(node, factor): a tick became that much smaller.
 */
plan_kernel *window_kernel(const struct expr_node *, bool, bool *);
void window_rescale(struct plan_node *, double);

/*
 * truth_kernel(of): of an operator that makes a condition.
 * truth_order(v, node): a < b of two numbers, and b < a for the node behind it.
 * truth_equal: neither of these two.  truth_past: ->n bars ago, 1 to 63.
 */
plan_kernel *truth_kernel(const struct expr_node *);
plan_kernel truth_order, truth_equal, truth_past;

/*
 * plan_alias: of a number of another column, some bars ago.
 * vector_by_bar: of all others: it goes bar by bar, as the reference does.
 */
plan_kernel plan_alias, vector_by_bar;

#endif
