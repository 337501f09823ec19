/* SPDX-License-Identifier: MIT */
/*
 * Files that stay whatever a rule or a plan says: the audit log, its rotations
 * beside it, other names of it, and what the rule protects.
 */
#ifndef QTE_CLEAN_GUARD_H
#define QTE_CLEAN_GUARD_H

#include "base/base.h"
#include "base/buf.h"
#include "item.h"

struct guard {
	struct buf audit;  /* its path without links; empty: there is none */
	uint64_t dev, ino; /* of the log; 0: it is not there */
	struct buf path;   /* of the item that was asked about */
};

/* guard_init(g, audit): the log is at that path. */
void guard_init(struct guard *, const char *);

/*
 * guard_has(g, item):
 * Whether the item stays.  A pattern of protect that has a '/' is of the whole
 * path, others are of the name.
 */
bool guard_has(struct guard *, const struct item *);
void guard_release(struct guard *);

#endif
