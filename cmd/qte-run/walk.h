/* SPDX-License-Identifier: MIT */
/*
 * How the account of a run goes through a batch whose columns are worked out:
 * bar by bar, or from one change of the position to the next.
 */
#ifndef QTE_RUN_WALK_H
#define QTE_RUN_WALK_H

#include "run.h"
#include "vector/vector.h"

/* A strategy that has no such rule. */
#define WALK_NO_RULE SIZE_MAX

/* Where the bits of some rules are. */
struct walk_bits {
	const uint64_t *of[STRATEGY_RULES];
	enum strategy_rule rule[STRATEGY_RULES];
	size_t n;
};

struct walk {
	struct run *run;       /* borrowed, and so are the pointers below */
	struct expr *expr;     /* with the nodes of the rules */
	struct vector *vector; /* of these; NULL: they go bar by bar */
	size_t nodes[STRATEGY_RULES];
	struct walk_bits acts[3]; /* of rules that change position -1, 0, 1 */
	bool by_bar;		  /* something is wanted of each bar */
};

/*
 * walk_init(w, run):
 * ->expr, ->vector and ->nodes are set.  A vector that goes bar by
 * bar gives the values of the rules' nodes and of those that are printed.
 */
void walk_init(struct walk *, struct run *);

/*
 * walk_batch(w, tape, e):
 * Take in a batch that ->vector was filled from.  EX_DATAERR with the place
 * when money cannot hold a value.
 */
int walk_batch(struct walk *, const struct tape *, struct err *) QTE_MUST_CHECK;

/*
 * walk_bar(w, batch, i, e):
 * Take in bar ${i} without ->vector: the nodes of ->expr have their values for
 * it, or with ${step} get them by expr_step.
 */
int walk_bar(struct walk *, const struct batch *, size_t, bool step,
    struct err *) QTE_MUST_CHECK;

#endif
