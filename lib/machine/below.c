/* SPDX-License-Identifier: MIT */
/* What lies below a directory. */
#include "machine/below.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "machine/fd.h"
#include "machine/path.h"

#define DIRECTORY (O_RDONLY | O_DIRECTORY | O_CLOEXEC)

/* Of one name, with the NUL; the system knows no longer ones. */
#define NAME_SIZE 256

int
below_open(struct below *b, const char *path, struct err *e)
{
	int fd = open(path, DIRECTORY);

	*b = (struct below){.root = -1, .dir = -1};
	if (fd >= 0)
		fd = fd_above_standard(fd);
	if (fd < 0)
		return err_sys(e, EX_NOINPUT, errno, "%s", path);
	b->root = fd;
	return 0;
}

int
below_again(struct below *b, const struct below *other)
{
	*b = (struct below){.dir = -1};
	b->root = fcntl(other->root, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	return b->root;
}

/* The directory is left; errno stays. */
static void
leave(struct below *b)
{
	int errnum = errno;

	if (b->dir >= 0)
		(void)close(b->dir);
	b->dir = -1;
	buf_reset(&b->path);
	errno = errnum;
}

/* From the directory where we are into that of the next name. */
static int
enter(struct below *b, const char *name, size_t n)
{
	char text[NAME_SIZE];
	int fd = -1;

	if (n < sizeof(text)) {
		memcpy(text, name, n);
		text[n] = '\0';
		fd = openat(b->dir >= 0 ? b->dir : b->root, text,
		    DIRECTORY | O_NOFOLLOW);
	} else {
		errno = ENAMETOOLONG;
	}
	if (fd < 0) {
		leave(b);
		return -1;
	}
	if (b->dir >= 0)
		(void)close(b->dir);
	b->dir = fd;
	if (b->path.len > 0)
		buf_char(&b->path, '/');
	buf_add(&b->path, name, n);
	return 0;
}

/* Whether we are in the directory, or in one on the way to it. */
static bool
is_on_way(const struct below *b, const char *path, size_t n)
{
	size_t len = b->path.len;

	return b->dir >= 0 && len <= n &&
	    memcmp(b->path.data, path, len) == 0 &&
	    (len == n || path[len] == '/');
}

int
below_dir(struct below *b, const char *path, size_t n)
{
	const char *end = path + n;

	if (!is_on_way(b, path, n))
		leave(b);
	path += b->path.len;
	while (path < end) {
		const char *slash;

		path += *path == '/';
		slash = memchr(path, '/', (size_t)(end - path));
		if (slash == NULL)
			slash = end;
		if (enter(b, path, (size_t)(slash - path)) != 0)
			return -1;
		path = slash;
	}
	return b->dir >= 0 ? b->dir : b->root;
}

int
below_parent(struct below *b, const char *path, const char **name)
{
	*name = path_base(path);
	return below_dir(b, path,
	    *name > path ? (size_t)(*name - path) - 1 : 0);
}

void
below_close(struct below *b)
{
	leave(b);
	if (b->root >= 0)
		(void)close(b->root);
	b->root = -1;
	buf_release(&b->path);
}
