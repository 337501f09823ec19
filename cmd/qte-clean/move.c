/* SPDX-License-Identifier: MIT */
/* Moving a file to a name that nothing has yet. */
#define _GNU_SOURCE /* renameat2; NOLINT: the C library has the name */
#include "move.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

int
move_new(int from, const char *name, int to, const char *new_name)
{
	if (renameat2(from, name, to, new_name, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	/* A file system without: a second name is never an old one. */
	if (linkat(from, name, to, new_name, 0) != 0)
		return errno;
	return unlinkat(from, name, 0) == 0 ? 0 : errno;
}

/* Make the directory ${path}; the one above it is there. */
static int
make_dir(const struct beneath *root, const char *path, unsigned mode)
{
	const char *slash = strrchr(path, '/');
	struct buf above = {0};
	int fd, rc;

	if (slash != NULL)
		buf_add(&above, path, (size_t)(slash - path));
	fd = beneath_dir(root, buf_text(&above));
	buf_release(&above);
	if (fd < 0)
		return errno;
	rc = mkdirat(fd, slash != NULL ? slash + 1 : path, (mode_t)mode);
	rc = rc == 0 || errno == EEXIST ? 0 : errno;
	(void)close(fd);
	return rc;
}

int
move_dir(const struct beneath *root, const char *path, unsigned mode)
{
	struct buf part = {0};
	int fd = beneath_dir(root, path);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	for (const char *p = path;; p++) {
		if (*p == '/' || *p == '\0') {
			errno = make_dir(root, buf_text(&part), mode);
			if (errno != 0)
				break;
		}
		if (*p == '\0') {
			fd = beneath_dir(root, path);
			break;
		}
		buf_char(&part, *p);
	}
	buf_release(&part);
	return fd;
}
