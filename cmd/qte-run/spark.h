/* SPDX-License-Identifier: MIT */
/*
 * A curve in one line of text, drawn as it comes in flat memory: while it grows
 * past the room for it, two neighbours become one.  { 0 } is an empty one.
 */
#ifndef QTE_RUN_SPARK_H
#define QTE_RUN_SPARK_H

#include "base/base.h"
#include "base/buf.h"

/* The most columns that a line has. */
#define SPARK_COLUMNS 128

struct spark {
	double low, high;	      /* of all values */
	double at[2 * SPARK_COLUMNS]; /* the last value of each group */
	size_t n;
	int64_t each; /* values in a group, and in the last one so far */
	int64_t last;
};

/* spark_add(s, value): the next value, which is finite. */
void spark_add(struct spark *, double);

/*
 * spark_put(s, columns, utf8, text):
 * Append at most ${columns} characters, from low to high one of eight: blocks,
 * or without ${utf8} ASCII.  Each stands for the last value of an equal number
 * of groups, of which the newest may not be full yet.
 */
void spark_put(const struct spark *, size_t, bool, struct buf *);

#endif
