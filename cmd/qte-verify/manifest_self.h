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

#define MANIFEST_SELF_MAX 3

/* { 0 } is none. */
struct manifest_self {
	struct {
		dev_t dev;
		ino_t ino;
	} files[MANIFEST_SELF_MAX];
	size_t n;
};

/*
 * manifest_self_fd(s, fd): an open file.
 * manifest_self_out(s, out): what is written, and what that will replace.
 */
void manifest_self_fd(struct manifest_self *, int);
void manifest_self_out(struct manifest_self *, const struct out *);

bool manifest_self_has(const struct manifest_self *, const struct stat *);

#endif
