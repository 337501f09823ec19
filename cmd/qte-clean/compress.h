/* SPDX-License-Identifier: MIT */
/* A file that gives way to its compressed form, NAME.gz or NAME.zst. */
#ifndef QTE_CLEAN_COMPRESS_H
#define QTE_CLEAN_COMPRESS_H

#include "act.h"
#include "base/base.h"

/*
 * compress_file(act, fd):
 * Compress what ${fd}, the file, holds.  The new file has the mode, the owner
 * and the times of the old one; it was read back, and has its name, before the
 * old one goes.  A failure leaves the old one alone, and no new one.
 */
void compress_file(struct act *, int);

#endif
