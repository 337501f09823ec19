/* SPDX-License-Identifier: MIT */
/*
 * Heads of the audit log that were kept elsewhere.  A line is a JSON object
 * with "seq" and "h", as a line of the log itself, or text: the hash, and the
 * seq where it is known, in any order, apart from each other.  Blank lines and
 * those that begin with # say nothing.
 */
#ifndef QTE_VERIFY_ANCHOR_H
#define QTE_VERIFY_ANCHOR_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "face/audit_check.h"

struct anchors {
	VEC(struct audit_anchor);
};

/*
 * anchor_read(anchors, path, e):
 * Read the list of ${path}, where "-" is standard input, to its end.
 * EX_NOINPUT; EX_DATAERR with the place of what is no anchor, or when there is
 * none: that nothing is wrong would look like a check; IN_SIGNAL; EX_IOERR.
 * VEC_RELEASE is due in any case.
 */
int anchor_read(struct anchors *, const char *, struct err *) QTE_MUST_CHECK;

#endif
