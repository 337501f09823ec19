/* SPDX-License-Identifier: MIT */
/* What reading and writing descriptors have in common. */
#include "machine/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "base/sig.h"

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

static void
wait_for(int fd, short events)
{
	struct pollfd p = {.fd = fd, .events = events};

	(void)poll(&p, 1, -1);
}

void
fd_wait_in(int fd)
{
	wait_for(fd, POLLIN);
}

void
fd_wait_out(int fd)
{
	wait_for(fd, POLLOUT);
}

int
fd_read(int fd, void *to, size_t n, size_t *got)
{
	*got = 0;
	for (;;) {
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
