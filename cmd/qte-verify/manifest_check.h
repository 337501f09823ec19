/* SPDX-License-Identifier: MIT */
/*
 * A tree against the manifest of it: the entries in their order, then what the
 * tree has beyond them.  Findings bear the line of the manifest.  Memory grows
 * by what manifest_seen keeps of each entry, and by the names of one directory.
 */
#ifndef QTE_VERIFY_MANIFEST_CHECK_H
#define QTE_VERIFY_MANIFEST_CHECK_H

#include "base/base.h"
#include "base/err.h"
#include "machine/out.h"
#include "report.h"

struct manifest_check_opts {
	const char *manifest, *dir; /* borrowed, and so is the next */
	const struct out *out;	    /* where findings go */
	int64_t jobs;		    /* files that are read at a time, from 1 */
};

/*
 * manifest_check(report, opts, e):
 * Return 0 when the check was done, whatever it found; IN_SIGNAL; EX_NOINPUT
 * when there is no such directory; another status when the check could not be
 * done.
 */
int manifest_check(struct report *, const struct manifest_check_opts *,
    struct err *) QTE_MUST_CHECK;

#endif
