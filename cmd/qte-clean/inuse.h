/* SPDX-License-Identifier: MIT */
/*
 * The files that processes have open, as /proc tells: of other users' processes
 * only to root.  It is read once, when the first file is asked about.
 */
#ifndef QTE_CLEAN_INUSE_H
#define QTE_CLEAN_INUSE_H

#include "base/base.h"
#include "base/vec.h"

struct inuse_file {
	uint64_t dev, ino;
};

/* { 0 } has not looked yet. */
struct inuse {
	bool looked;
	VEC(struct inuse_file); /* in order */
};

/* inuse_has(u, dev, ino): whether a process but this one had it open. */
bool inuse_has(struct inuse *, uint64_t, uint64_t);
void inuse_release(struct inuse *);

#endif
