/* SPDX-License-Identifier: MIT */
/* Opening directories below a root. */
#define _GNU_SOURCE /* O_PATH; NOLINT: the C library has the name */
#include "beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "machine/fd.h"

#define DIRECTORY (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* A step of the way only leads on. */
#define STEP (O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static int
open_at_once(int at, const char *path, uint64_t resolve)
{
	struct open_how how = {.flags = DIRECTORY,
	    .resolve = resolve | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};

	return (int)syscall(SYS_openat2, at, path, &how, sizeof(how));
}

/* Filters that do not know the call answer EPERM. */
static bool
is_unknown_call(void)
{
	return errno == ENOSYS || errno == EPERM;
}

/* Close ${fd} and leave errno alone. */
static void
drop(int fd)
{
	int errnum = errno;

	(void)close(fd);
	errno = errnum;
}

static bool
is_on(int fd, dev_t dev)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return false;
	if (st.st_dev == dev)
		return true;
	errno = EXDEV;
	return false;
}

/*
 * Open ${path} name by name from ${at}, which stays open, on the file system
 * ${*dev} alone unless that is NULL.
 */
static int
open_stepwise(int at, const char *path, const dev_t *dev)
{
	char name[256];
	int fd = openat(at, ".", *path == '\0' ? DIRECTORY : STEP);

	while (fd >= 0 && *path != '\0') {
		size_t n = strcspn(path, "/");
		bool last = path[n + strspn(path + n, "/")] == '\0';
		int next = -1;

		if (n < sizeof(name)) {
			memcpy(name, path, n);
			name[n] = '\0';
			next = openat(fd, name, last ? DIRECTORY : STEP);
		} else {
			errno = ENAMETOOLONG;
		}
		drop(fd);
		fd = next;
		if (fd >= 0 && dev != NULL && !is_on(fd, *dev)) {
			drop(fd);
			return -1;
		}
		path += n + strspn(path + n, "/");
	}
	return fd;
}

int
beneath_open(struct beneath *b, const char *path)
{
	struct stat st;
	int slash;

	*b = (struct beneath){.fd = open_at_once(AT_FDCWD, path, 0)};
	if (b->fd < 0 && is_unknown_call()) {
		b->stepwise = true;
		slash = open("/", STEP);
		if (slash < 0)
			return -1;
		b->fd = open_stepwise(slash, path + strspn(path, "/"), NULL);
		drop(slash);
	}
	if (b->fd >= 0)
		b->fd = fd_above_standard(b->fd);
	if (b->fd >= 0 && fstat(b->fd, &st) == 0)
		b->dev = st.st_dev;
	return b->fd;
}

int
beneath_dir(const struct beneath *b, const char *path)
{
	if (b->stepwise)
		return open_stepwise(b->fd, path, &b->dev);
	return open_at_once(b->fd, *path != '\0' ? path : ".",
	    RESOLVE_BENEATH | RESOLVE_NO_XDEV);
}

void
beneath_close(struct beneath *b)
{
	if (b->fd >= 0)
		(void)close(b->fd);
	b->fd = -1;
}
