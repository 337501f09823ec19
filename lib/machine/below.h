/* SPDX-License-Identifier: MIT */
/*
 * What lies below a directory, reached name by name: no symbolic link is
 * followed on the way, so that no path leads out, whatever others do to the
 * tree meanwhile.  The directory that was reached last stays open; paths of any
 * length do, and at most three descriptors are in use.
 */
#ifndef QTE_BELOW_H
#define QTE_BELOW_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"

struct below {
	int root; /* owned */
	int dir;  /* owned: the directory ->path, or -1 */
	struct buf path;
};

/*
 * below_open(b, path, e):
 * The directory at ${path} is the root; that itself may be a link.  EX_NOINPUT.
 */
int below_open(struct below *, const char *, struct err *) QTE_MUST_CHECK;

/* below_again(b, other): the root of ${other} for another thread. */
int below_again(struct below *, const struct below *) QTE_MUST_CHECK;

/*
 * below_dir(b, path, n):
 * The directory that the first ${n} bytes of ${path} name, from the root on,
 * with one '/' between two names and no other; none are the root.  Borrowed
 * until the next call.  Or -1 and errno: ENOTDIR or ELOOP when a name on the
 * way is a link or no directory.
 */
int below_dir(struct below *, const char *, size_t);

/*
 * below_parent(b, path, name):
 * The same for the directory that the last name of ${path} stands in; ${*name}
 * is that name, borrowed from ${path}.
 */
int below_parent(struct below *, const char *, const char **);

void below_close(struct below *);

#endif
