/* SPDX-License-Identifier: MIT */
/* What reading and writing descriptors have in common. */
#include "machine/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "base/sig.h"
#include "base/when.h"

int
fd_above_standard(int fd)
{
	if (fd > STDERR_FILENO)
		return fd;

	int moved = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	int errnum = errno;

	(void)close(fd);
	errno = errnum;
	return moved;
}

void
fd_wait_in(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	(void)poll(&p, 1, -1);
}

/*
 * Whether ${fd} can be read, or a signal comes, within ${ns}, and a millisecond
 * in any case.
 */
static bool
gives(int fd, int64_t ns)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int64_t ms = ns > 0 ? ns / (WHEN_SECOND / 1000) + 1 : 1;

	return sig_seen() != 0 ||
	    poll(&p, 1, ms < INT_MAX ? (int)ms : INT_MAX) != 0;
}

bool
fd_takes(int fd, int64_t until)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	for (int64_t left = 0;; left = until - when_ticks()) {
		int ms = left > 0 ? (int)(left / (WHEN_SECOND / 1000)) + 1 : 0;

		if (poll(&p, 1, ms) > 0)
			return true;
		if (when_ticks() >= until)
			return false;
	}
}

int
fd_read(int fd, const struct fd_wait *wait, void *to, size_t n, size_t *got)
{
	*got = 0;
	for (;;) {
		while (wait != NULL && wait->ask != NULL &&
		    !gives(fd, wait->ask(wait->arg)))
			continue;
		if (sig_seen() != 0)
			return FD_SIGNAL;

		ssize_t done = read(fd, to, n);

		/* What ends with a signal may not be all there was. */
		if (done == 0 && sig_seen() != 0)
			return FD_SIGNAL;
		if (done >= 0) {
			*got = (size_t)done;
			return 0;
		}
		if (errno == EAGAIN)
			fd_wait_in(fd);
		else if (errno != EINTR)
			return errno;
	}
}
