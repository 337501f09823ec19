/* SPDX-License-Identifier: MIT */
/*
 * Locks on files, by flock(2): between processes, and gone with the last
 * descriptor, however its process ends.  A file that was made to be locked is
 * never removed; where another takes its name, that one is locked.
 */
#ifndef QTE_LOCK_H
#define QTE_LOCK_H

#include "base/base.h"
#include "base/err.h"
#include "machine/fd.h"

/* A signal came while we waited.  Not a status. */
#define LOCK_SIGNAL FD_SIGNAL

/*
 * lock_take(path, wait_ns, fd, e):
 * Open the regular file ${path} to read and to append, made with mode 0640
 * (which the umask narrows) when it is not there, and lock it, waiting up to
 * ${wait_ns} for whoever holds it.  ${*fd} is owned; close(2) unlocks, unless a
 * child has the descriptor too.  Return 0, LOCK_SIGNAL, EX_CANTCREAT when it
 * cannot be opened, EX_TEMPFAIL when it stays locked (the message names the
 * holder where the system tells), or EX_OSERR.
 */
int lock_take(const char *, int64_t, int *, struct err *) QTE_MUST_CHECK;

/*
 * lock_take_anyway(path, wait_ns, fd, e):
 * The same when a signal came too: for what must be written down before the
 * program ends.
 */
int lock_take_anyway(const char *, int64_t, int *, struct err *) QTE_MUST_CHECK;

/* lock_try(fd): whether the open file could be locked; errno when not. */
bool lock_try(int) QTE_MUST_CHECK;

/*
 * lock_wait(fd, wait_ns):
 * Lock the open file within ${wait_ns}.  Return 0, LOCK_SIGNAL, or an errno:
 * EWOULDBLOCK when it stays locked.
 */
int lock_wait(int, int64_t) QTE_MUST_CHECK;

#endif
