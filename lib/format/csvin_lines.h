/* SPDX-License-Identifier: MIT */
/*
 * The lines that records of CSV are made of, with their places: as they come
 * in, and those that are read anew because a quote did not close.
 */
#ifndef QTE_CSVIN_LINES_H
#define QTE_CSVIN_LINES_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "machine/in.h"

struct csvin_lines {
	struct in *in;	  /* borrowed */
	int64_t line;	  /* of the last one read, from 1 */
	int64_t offset;	  /* in the file: of the next */
	struct buf again; /* these come before the rest of ->in */
	size_t again_at;  /* behind what was handed out of it */
};

void csvin_lines_release(struct csvin_lines *);

/* csvin_lines_next(l, max, line, n, e): as in_line. */
int csvin_lines_next(struct csvin_lines *, size_t, const char **, size_t *,
    struct err *) QTE_MUST_CHECK;

/*
 * csvin_lines_back(l, text, n):
 * The last ${n} bytes that were handed out, whole lines but perhaps for the
 * last of the file, come again.
 */
void csvin_lines_back(struct csvin_lines *, const char *, size_t);

/* csvin_lines_fresh(l): whether the next line is not one that comes again. */
bool csvin_lines_fresh(const struct csvin_lines *);

/*
 * csvin_lines_skip(l, quoted, e):
 * Pass over the next line, which is too long; inside quotes, over all up to the
 * line where they close.  Return 0, or what in_more does.
 */
int csvin_lines_skip(struct csvin_lines *, bool, struct err *) QTE_MUST_CHECK;

#endif
