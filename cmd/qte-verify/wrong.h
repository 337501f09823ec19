/* SPDX-License-Identifier: MIT */
/*
 * Rows of bars that are one line of ASCII, and wrong in a way of which nobody
 * is told any more: they only count.  A file of which each row is wrong takes
 * not much longer than one that is right.  Rows with quotes around fields are
 * read here too, though nothing is wrong with them.
 */
#ifndef QTE_VERIFY_WRONG_H
#define QTE_VERIFY_WRONG_H

#include "base/base.h"
#include "plain.h"

/*
 * wrong_rows(p, run):
 * Add rows to p->batch, and what is right of each to p->right, up to one that
 * is more than that, or of which something is to be said, or the last of
 * some that are right.  What they are wrong in is counted.  Return whether the
 * fast reader may go on.
 */
bool wrong_rows(struct plain *, struct fast_run *) QTE_MUST_CHECK;

#endif
