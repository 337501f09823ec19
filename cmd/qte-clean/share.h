/* SPDX-License-Identifier: MIT */
/*
 * How many files of each directory go, over all rules of a run: two rules that
 * each take a part of it may take too much together.
 */
#ifndef QTE_CLEAN_SHARE_H
#define QTE_CLEAN_SHARE_H

#include "base/base.h"
#include "base/buf.h"

struct share_dir {
	uint64_t sum; /* of its path; 0: a free slot */
	int64_t taken;
};

struct share {
	struct share_dir *slots; /* owned */
	size_t n, cap;		 /* cap is a power of two, or 0 */
	struct buf path;
};

/*
 * share_add(s, dir, path, taken):
 * ${taken} more files of the directory ${path} below ${dir} go.  Return how
 * many do by now.
 */
int64_t share_add(struct share *, const char *, const char *, int64_t);
void share_release(struct share *);

#endif
