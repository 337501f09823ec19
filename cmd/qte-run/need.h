/* SPDX-License-Identifier: MIT */
/* How much memory a run, or a sweep of many, may come to need. */
#ifndef QTE_RUN_NEED_H
#define QTE_RUN_NEED_H

#include "base/base.h"
#include "base/err.h"
#include "options.h"
#include "strategy/strategy.h"

/* Bytes whatever the batch is, and for each of its bars. */
struct need_part {
	double fixed, bar;
};

/* Of the strategies so far; { 0 } is none. */
struct need {
	size_t runs;
	struct need_part own;	 /* of each of them */
	struct expr nodes;	 /* that each thread works out once */
	struct need_part shared; /* of these */
};

/* need_add(n, strategy): one more, of which no bar was asked yet. */
void need_add(struct need *, const struct strategy *);

/*
 * need_check(n, options, e):
 * EX_USAGE when the strategies of ${n} could make the run need more than
 * --memory-limit allows.
 */
int need_check(const struct need *, const struct options *,
    struct err *) QTE_MUST_CHECK;

void need_release(struct need *);

#endif
