/* SPDX-License-Identifier: MIT */
/*
 * Opening directories below a root, without following a symbolic link, leaving
 * the root or crossing a mount, whatever others do to the tree meanwhile: by
 * openat2(2), or step by step where the system has none.  Functions return a
 * descriptor (owned), or -1 with errno: ELOOP or ENOTDIR where a link is in
 * the way, EXDEV where another file system begins.
 */
#ifndef QTE_CLEAN_BENEATH_H
#define QTE_CLEAN_BENEATH_H

#include <sys/types.h>

#include "base/base.h"

struct beneath {
	int fd;	       /* owned: the root; -1: none */
	dev_t dev;     /* of its file system */
	bool stepwise; /* no openat2: bind mounts of the same file system are
			* not told from directories */
};

/* beneath_open(b, path): the directory ${path}, absolute, becomes the root. */
int beneath_open(struct beneath *, const char *);

/*
 * beneath_dir(b, path):
 * The directory ${path}, relative to the root; "" is the root itself.
 */
int beneath_dir(const struct beneath *, const char *);

void beneath_close(struct beneath *);

#endif
