/* SPDX-License-Identifier: MIT */
/*
 * Compressed bytes in: gzip, zstd and xz, by libarchive, which is loaded when
 * the first such input is met and not before.  Memory is flat.
 */
#ifndef QTE_STREAM_H
#define QTE_STREAM_H

#include "base/base.h"
#include "base/err.h"
#include "machine/fd.h"

/* A signal came while we waited for input.  Not a status. */
#define STREAM_SIGNAL FD_SIGNAL

enum stream_kind { STREAM_PLAIN, STREAM_GZIP, STREAM_ZSTD, STREAM_XZ };

/* What stream_open is given. */
struct stream_source {
	int fd;			    /* borrowed */
	const char *name;	    /* for messages, borrowed */
	const struct fd_wait *wait; /* while nothing comes, borrowed */
	struct fd_tap tap;	    /* sees what is read of it from now on */
	char *data;	 /* owned, taken: what was read of it so far */
	size_t len, cap; /* of it; cap > 0 */
};

struct stream;

/*
 * stream_undecided(head, n):
 * Whether more than the ${n} bytes of ${head} are needed to tell.  The first
 * byte of text decides, so that nobody waits for more of it.
 */
bool stream_undecided(const char *, size_t);

/*
 * stream_kind(path, head, n, kind, e):
 * How the bytes of ${path} that begin with the ${n} of ${head} are compressed,
 * which they themselves say.  EX_DATAERR when the path's suffix says that they
 * are, and they are not.
 */
int stream_kind(const char *, const char *, size_t, enum stream_kind *,
    struct err *) QTE_MUST_CHECK;

/*
 * stream_open(s, kind, source, e):
 * EX_UNAVAILABLE when libarchive is missing; else as stream_read.  After a
 * failure there is nothing to close.
 */
int stream_open(struct stream **, enum stream_kind,
    const struct stream_source *, struct err *) QTE_MUST_CHECK;

/*
 * stream_read(s, to, n, got, e):
 * Up to ${n} bytes; ${*got} is 0 at the end.  EX_DATAERR when the data are
 * damaged, cut off, or followed by something else; EX_IOERR; STREAM_SIGNAL.
 */
int stream_read(struct stream *, char *, size_t, size_t *,
    struct err *) QTE_MUST_CHECK;

/* stream_close(s): give everything back but the descriptor; NULL is fine. */
void stream_close(struct stream *);

#endif
