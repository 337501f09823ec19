/* SPDX-License-Identifier: MIT */
/*
 * The files that this run itself reads its list from or writes to: where they
 * lie in the tree, they are no part of it.
 */
#ifndef QTE_VERIFY_MANIFEST_SELF_H
#define QTE_VERIFY_MANIFEST_SELF_H

#include <sys/stat.h>

#include "base/base.h"
#include "machine/out.h"

#define SELF_MAX 3

/* { 0 } is none. */
struct self {
	struct {
		dev_t dev;
		ino_t ino;
	} files[SELF_MAX];
	size_t n;
};

/*
 * self_fd(s, fd): an open file.
 * self_out(s, out): what is written, and what that will replace.
 */
void self_fd(struct self *, int);
void self_out(struct self *, const struct out *);

bool self_has(const struct self *, const struct stat *);

#endif
