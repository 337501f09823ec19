/* SPDX-License-Identifier: MIT */
/*
 * The files that processes have open, as /proc tells.  It is read when the
 * first file is asked about, and again when long work asks for that.
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
	bool whole; /* there was no process that it could not look into */
	int64_t looked_ns;	/* when, by when_ticks */
	VEC(struct inuse_file); /* in order */
};

/* inuse_has(u, dev, ino): whether a process but this one had it open. */
bool inuse_has(struct inuse *, uint64_t, uint64_t);

/*
 * inuse_again(u):
 * Look again when the last time is long ago.  Return whether it did, so that
 * what was asked has to be asked again.
 */
bool inuse_again(struct inuse *);
void inuse_release(struct inuse *);

#endif
