/* SPDX-License-Identifier: MIT */
/* What reading and writing descriptors have in common. */
#ifndef QTE_FD_H
#define QTE_FD_H

#include "base/base.h"

/*
 * fd_above_standard(fd):
 * Move the new ${fd} away from 0, 1 and 2, which a program that was started
 * with one of them closed gets for its first file: messages would end up in it.
 * Return the descriptor, or -1 with errno, and then ${fd} is closed.
 */
int fd_above_standard(int) QTE_MUST_CHECK;

/*
 * fd_wait_in(fd):
 * After EAGAIN: wait until ${fd} can be read, or a signal comes.  Whoever
 * shares our input may have made it not wait by itself.
 */
void fd_wait_in(int);

/* Who sees the bytes of a file as they are read.  { 0 } is nobody. */
struct fd_tap {
	void (*take)(void *, const void *, size_t); /* with ->arg; or NULL */
	void *arg;				    /* borrowed */
};

/* fd_tap_take(t, bytes, n): show them, if there is someone. */
static inline void
fd_tap_take(const struct fd_tap *t, const void *bytes, size_t n)
{
	if (t->take != NULL)
		t->take(t->arg, bytes, n);
}

/*
 * Who is asked, before each wait for input, how many ns it may last before the
 * next question.  { 0 } is nobody.
 */
struct fd_wait {
	int64_t (*ask)(void *); /* with ->arg; or NULL */
	void *arg;		/* borrowed */
};

/*
 * fd_takes(fd, until):
 * Whether ${fd} can be written PIPE_BUF bytes without waiting for its reader,
 * at once or before the clock of when_ticks shows ${until}.  Signals do not end
 * the wait.
 */
bool fd_takes(int, int64_t);

/* A signal came.  Not an errno, nor a status; those are positive. */
#define FD_SIGNAL (-2)

/*
 * fd_read(fd, wait, to, n, got):
 * Read up to ${n} bytes, however long that takes, with the questions of ${wait}
 * (NULL: none); ${*got} is 0 at the end.  Return 0, FD_SIGNAL, or an errno.
 */
int fd_read(int, const struct fd_wait *, void *, size_t,
    size_t *) QTE_MUST_CHECK;

#endif
