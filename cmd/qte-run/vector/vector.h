/* SPDX-License-Identifier: MIT */
/*
 * Expressions over columns: the nodes of an expression, a batch of bars at a
 * time, with the very values that expr_step gives bar by bar.
 *
 * A column is of doubles, NaN where the value is absent.  An exact number
 * stands there as a whole number of ticks/den, where a tick is the decimal that
 * suffices for all prices and constants so far (0.01, say).  All whole numbers
 * up to 2^53 are doubles, so sums, differences and cross-multiplied comparisons
 * are exact; a bound on every node says beforehand that none grows beyond.
 * Where the data leave that frame, the state goes back to the expression.
 */
#ifndef QTE_RUN_VECTOR_H
#define QTE_RUN_VECTOR_H

#include "base/base.h"
#include "machine/zone.h"
#include "market/batch.h"
#include "strategy/expr.h"

struct vector;

/*
 * vector_new(x, cap, zone):
 * Plan the nodes of ${x} (borrowed, of which no value was asked yet) for
 * batches of up to ${cap} bars, whose hours are by the clock of ${zone}.
 */
struct vector *vector_new(struct expr *, size_t,
    const struct zone *) QTE_MUST_CHECK;
void vector_free(struct vector *);

/*
 * vector_fill(v, batch):
 * Work out the columns of ${batch} (borrowed until the next one).  False: the
 * values leave the frame; ${x} stands as expr_step would have left it before
 * this batch, and ${v} is of no more use.
 */
bool vector_fill(struct vector *, const struct batch *) QTE_MUST_CHECK;

/*
 * vector_true(v, node), vector_false(v, node):
 * Of a condition that does not depend on the account: a bit for each bar of
 * the batch at which it is true, or false, from the lowest bit of the first
 * word on.  Behind the batch, where a word more than its bits need can be read,
 * they say nothing.  Borrowed: they stand in the same place for each batch.
 */
const uint64_t *vector_true(const struct vector *, size_t);
const uint64_t *vector_false(const struct vector *, size_t);

/* vector_late(v, node): it depends on the account, which columns cannot. */
bool vector_late(const struct vector *, size_t);

/*
 * vector_want(v, node): vector_step is to set its value.
 * vector_step(v, i, moment):
 * Give the nodes that are wanted and those that depend on the account their
 * value at bar ${i} of the batch.  Bars must come in order, none left out when
 * a node depends on the account.
 */
void vector_want(struct vector *, size_t);
void vector_step(struct vector *, size_t, const struct expr_moment *);

#endif
