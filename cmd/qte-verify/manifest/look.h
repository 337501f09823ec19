/* SPDX-License-Identifier: MIT */
/*
 * What stands at a path of a tree now: its type, what the system says of it,
 * and the hash of its content.  Only regular files are opened, and no link is
 * followed.
 */
#ifndef QTE_VERIFY_MANIFEST_LOOK_H
#define QTE_VERIFY_MANIFEST_LOOK_H

#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"
#include "format/crypt.h"
#include "format/manifest.h"
#include "machine/below.h"

/* A path to be looked at, and what there was. */
struct look_job {
	const char *dir; /* of the tree, when findings are to say it, or NULL */
	struct manifest_entry want; /* ->path and ->has are always set */
	int64_t line, offset;	    /* of the manifest: where it stands */
	bool hash; /* a file is to be read, unless ->want has another size */
	struct manifest_entry is;
	int errnum;   /* 0; ENOENT when nothing is there; EINTR: a signal came;
		       * or why it could not be looked at */
	bool changed; /* it did while it was read */
};

void look_release(struct look_job *);

/* Who looks; each thread has its own. */
struct look_eye {
	struct below below;
	struct crypt_sha256 *hash; /* owned, and so is the next */
	char *block;
};

/* look_open(eye, root): below the root of ${root}; -1 with errno. */
int look_open(struct look_eye *, const struct below *) QTE_MUST_CHECK;
void look_close(struct look_eye *);

/* look_at(eye, job): fill what it is now. */
void look_at(struct look_eye *, struct look_job *);

#endif
