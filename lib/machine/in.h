/* SPDX-License-Identifier: MIT */
/*
 * Bytes in: files, pipes and standard input by one path, a block at a time,
 * handed out line by line.  What is compressed is read as what it holds.
 * Memory stays at a block and one line.
 */
#ifndef QTE_IN_H
#define QTE_IN_H

#include "base/base.h"
#include "base/err.h"
#include "base/hook.h"
#include "machine/fd.h"

#define IN_BLOCK ((size_t)256 * 1024)

/* Bytes that can be read behind those that were. */
#define IN_PAD 64

/* in_line: no line is left.  Not a status; all statuses are positive. */
#define IN_END (-1)
/* A signal came: no more is read. */
#define IN_SIGNAL FD_SIGNAL
/* in_line: the line is longer than allowed. */
#define IN_LONG (FD_SIGNAL - 1)

struct stream;

struct in {
	int fd;
	const char *name; /* for messages, borrowed: the path or "-" */
	char *data;	  /* owned; data[pos..len) is not handed out yet;
			   * IN_PAD zeros follow */
	size_t pos, len, cap;
	bool eof;
	bool looked;	       /* at the first bytes: are they compressed */
	struct stream *stream; /* owned: they are */
	int64_t bytes;	       /* handed out so far */
	struct hook on_read;   /* called before each block is read */
	struct fd_wait wait;   /* while nothing comes from fd */
	struct fd_tap tap;     /* sees what is read of fd; set before that */
};

/*
 * in_open(in, path, e):
 * Open ${path} ("-": standard input).  EX_NOINPUT when it does not exist, is a
 * directory or may not be read; IN_SIGNAL when a signal came while it waited
 * for the writer of a FIFO.  After a failure there is nothing to close.
 */
int in_open(struct in *, const char *, struct err *) QTE_MUST_CHECK;

/*
 * in_line(in, max, line, n, e):
 * The next line with its '\n' (the last one may lack it): ${*n} bytes at
 * ${*line}, borrowed until the next call.  Return 0, IN_END, IN_SIGNAL, IN_LONG
 * when the line has more than ${max} bytes, its '\n' included (the first ${max}
 * are in ${*line}; calling again is not allowed), EX_IOERR, or for a compressed
 * input EX_DATAERR or EX_UNAVAILABLE (stream.h).
 */
int in_line(struct in *, size_t, const char **, size_t *,
    struct err *) QTE_MUST_CHECK;

/*
 * in_more(in, e):
 * Read another block behind what is not handed out yet, or note the end.
 * Return 0 or what in_line does.
 */
int in_more(struct in *, struct err *) QTE_MUST_CHECK;

/* in_pass(in, n): ${n} bytes of those in memory count as handed out. */
void in_pass(struct in *, size_t);

/*
 * in_position(in, at, size):
 * How many of the ${*size} bytes of a regular file are worked off, of a
 * compressed one how many are read.  Return false for any other input.
 */
bool in_position(const struct in *, int64_t *, int64_t *);

/* in_close(in): close and give back. */
void in_close(struct in *);

#endif
