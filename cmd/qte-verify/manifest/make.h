/* SPDX-License-Identifier: MIT */
/*
 * The manifest of a tree, as it is now: the same bytes for the same tree.  In
 * memory are the names of the directories on the way down.
 */
#ifndef QTE_VERIFY_MANIFEST_MAKE_H
#define QTE_VERIFY_MANIFEST_MAKE_H

#include "base/base.h"
#include "base/err.h"
#include "face/progress.h"
#include "format/manifest.h"
#include "machine/log.h"
#include "machine/out.h"

struct make_opts {
	const char *dir; /* borrowed, and so are the next two */
	struct out *out;
	const struct log *log; /* told of what cannot be read */
	enum manifest_form form;
	int64_t jobs;		   /* files that are read at a time, from 1 */
	struct progress *progress; /* borrowed: of the entries */
};

/*
 * make_list(opts, e):
 * Return 0; 1 when something could not be read, or changed while it was, and
 * stands there without a hash, or not at all; CHECK_STOPPED; EX_NOINPUT when
 * there is no such directory; EX_OSERR.
 */
int make_list(const struct make_opts *, struct err *) QTE_MUST_CHECK;

#endif
