/* SPDX-License-Identifier: MIT */
/* A file that gives way to its compressed form, NAME.gz or NAME.zst. */
#ifndef QTE_CLEAN_COMPRESS_H
#define QTE_CLEAN_COMPRESS_H

#include "act/act.h"
#include "base/base.h"

/*
 * compress_file(act, fd):
 * Compress what ${fd}, the file, holds.  The new file has the mode, the owner,
 * the times and the attributes (attrs.h) of the old one; it was read back, and
 * has its name, before the old one goes.  A failure leaves the old one alone,
 * and no new one.  Where a run was killed between these two steps, the old one
 * goes now: the new one has to have its mode, its owner, its mtime and its
 * attributes, and to read back equal.  Any other file of the new name is a
 * failure.  An owner that cannot be given is ours, and set-user-ID and
 * set-group-ID are left out then; so are all rights of the group, and of others
 * what the group had not, when the group cannot be given either.  When a
 * signal comes before the new one is read back, nothing is changed, and the
 * item stays ITEM_PLANNED.
 */
void compress_file(struct act *, int);

#endif
