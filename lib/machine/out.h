/* SPDX-License-Identifier: MIT */
/*
 * Bytes out: buffered, and unable to fail silently.  The first failure is kept
 * and given by out_close; what is written after it is dropped.  A file is
 * written whole or not at all: under a temporary name beside it, fsync, rename,
 * fsync of the directory.
 *
 * After a signal (sig.h) a reader has OUT_PATIENCE_NS to go on taking what is
 * written, in whole lines as far as they fit PIPE_BUF; what it leaves then is
 * dropped.  So a reader that stands still does not keep a program from ending.
 */
#ifndef QTE_OUT_H
#define QTE_OUT_H

#include "base/base.h"
#include "base/err.h"
#include "base/hook.h"
#include "machine/fd.h"

/* All that is waited for a reader, once a signal came. */
#define OUT_PATIENCE_NS INT64_C(500000000)

/* A signal came, and the reader did not take the rest.  Not a status. */
#define OUT_SIGNAL FD_SIGNAL

struct out {
	int fd;
	const char *name; /* for messages, borrowed */
	char *data;	  /* owned */
	size_t len;
	char *temp;   /* owned: the temporary's path, or NULL: not atomic */
	char *target; /* owned: where the temporary goes, links followed */
	int errnum;   /* of the first failure, or 0 */
	int64_t
	    until_ns; /* after a signal: how long the reader is waited for */
	bool close_fd;
	bool fleeting; /* set after out_open: a power failure may undo it */
	struct hook on_write; /* called before anything is written to fd */
};

/*
 * out_open(out, path, e):
 * Write to ${path}.  NULL or "-" is standard output.  A regular or new file is
 * replaced atomically on out_close, keeping the mode of the old one, and its
 * owner where that is allowed; anything else (/dev/null, a FIFO) is written to
 * as it is.  EX_CANTCREAT when it cannot be made.
 */
int out_open(struct out *, const char *, struct err *) QTE_MUST_CHECK;

/* out_write(out, bytes, n), out_str(out, text): append. */
void out_write(struct out *, const void *, size_t);
void out_str(struct out *, const char *);

/* out_failed(out): whether nothing more is written: the work may end. */
bool out_failed(const struct out *);

/*
 * out_flush(out, e):
 * Hand all to the system.  Return 0, OUT_SIGNAL, or EX_IOERR with the reason of
 * the first failure.
 */
int out_flush(struct out *, struct err *) QTE_MUST_CHECK;

/*
 * out_close(out, e):
 * Flush, make the file last and give it its name.  Return what out_flush does;
 * when that is not 0,
 * the old file is as it was, unless only the directory could not be made to
 * last.  Everything is given back in both cases.
 */
int out_close(struct out *, struct err *) QTE_MUST_CHECK;

/* out_abort(out): give up: no temporary is left, the old file is as it was. */
void out_abort(struct out *);

#endif
