/* SPDX-License-Identifier: MIT */
/* File names, as text. */
#include "machine/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

const char *
path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

char *
path_stem(const char *path)
{
	const char *base = path_base(path);

	if (base[0] == '\0')
		return mem_text("", 0);
	return mem_text(base, 1 + strcspn(base + 1, "."));
}

char *
path_dir(const char *path)
{
	size_t len = (size_t)(path_base(path) - path);

	if (len == 0)
		return mem_text(".", 1);
	/* The slash in front of the name goes, the root stays. */
	while (len > 1 && path[len - 1] == '/')
		len--;
	return mem_text(path, len);
}

void
path_join(struct buf *to, const char *dir, const char *name)
{
	size_t n = strlen(dir);

	buf_fmt(to, "%s%s%s", dir, n == 0 || dir[n - 1] == '/' ? "" : "/",
	    name);
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return S_ISREG(a->st_mode) && a->st_dev == b->st_dev &&
	    a->st_ino == b->st_ino;
}

bool
path_same(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && same_file(&sa, &sb);
}

bool
path_is_open(const char *path, int fd)
{
	struct stat named, open;

	return stat(path, &named) == 0 && fstat(fd, &open) == 0 &&
	    same_file(&named, &open);
}

int
path_sync_dir(const char *path)
{
	char *dir = path_dir(path);
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	free(dir);
	if (fd < 0)
		return 0;
	if (fsync(fd) != 0 && errno == EIO)
		rc = EIO;
	(void)close(fd);
	return rc;
}
