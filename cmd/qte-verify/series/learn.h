/* SPDX-License-Identifier: MIT */
/*
 * What the bars of a file are apart, when nobody said, and where they stand in
 * an hour, or in sessions that are known: what the first rows show.  The
 * interval is the shortest step that at least a third of those among the first
 * 256 rows are; and a place in the hour, or in the interval when that is a part
 * of it, is one of the grid when more than a quarter of them are there. These
 * rows are judged once it is known. When fewer than 16 of them follow a row of
 * their symbol, it is learnt from the first 256 that do, and rows up to there
 * are not judged by the interval.
 */
#ifndef QTE_VERIFY_LEARN_H
#define QTE_VERIFY_LEARN_H

#include "series/inner.h"

#define LEARN_ROWS 256
#define LEARN_LEAST 16

/* learn_new(s): NULL for ticks, of which nothing is to be learnt. */
struct learn *learn_new(const struct series *) QTE_MUST_CHECK;

/* learn_row(s, visit): as timing_row, now or later; s->learn is NULL after. */
void learn_row(struct series *, const struct visit *);

/* learn_end(s): no more can be learnt. */
void learn_end(struct series *);

void learn_free(struct learn *);

#endif
