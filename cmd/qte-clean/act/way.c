/* SPDX-License-Identifier: MIT */
/* The directories on the way into the trash and back. */
#include "act/way.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/attrs.h"
#include "act/trash.h"
#include "base/buf.h"

/* The user's own, whoever may read the files themselves. */
#define PRIVATE 0700

/* A directory in the trash, until it is what it is to be. */
#define TEMP ".new"

/* Whether nobody else can put another directory in the place of one there. */
static bool
is_private(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && st.st_uid == geteuid() &&
	    (st.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Make the directory ${to}, which is new, what ${from} is. */
static void
dress(int to, int from)
{
	struct stat st;

	if (fstat(from, &st) == 0 && fchown(to, st.st_uid, st.st_gid) == 0 &&
	    attrs_copy(from, to) == 0 && fchmod(to, st.st_mode & 07777) == 0)
		return;
	/* Rather too few may enter it than too many. */
	(void)fchmod(to, PRIVATE);
}

/*
 * Make ${name} in the directory ${above} after the directory ${like}.  It gets
 * its owner in the ${trash}, where nobody can exchange it, and then its name.
 */
static int
make_like(int trash, int like, int above, const char *name)
{
	int rc, fd;

	/* One that is there is what a run left that was killed. */
	if (mkdirat(trash, TEMP, PRIVATE) != 0 && errno != EEXIST)
		return errno;
	fd = openat(trash, TEMP,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno;
	if (is_private(trash))
		dress(fd, like);
	(void)close(fd);
	rc = renameat(trash, TEMP, above, name) == 0 ? 0 : errno;
	if (rc != 0)
		(void)unlinkat(trash, TEMP, AT_REMOVEDIR);
	return rc;
}

/* The directory that ${path} is in below the root. */
static int
open_above(const struct beneath *root, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct buf above = {0};
	int fd;

	if (slash != NULL)
		buf_add(&above, path, (size_t)(slash - path));
	fd = beneath_dir(root, buf_text(&above));
	buf_release(&above);
	return fd;
}

/* Make the directory ${path}, after ${like} unless it is NULL: an errno. */
static int
make_dir(const struct beneath *root, const char *path, const char *like)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	int above = open_above(root, path), model = -1, trash = -1, rc;

	if (above < 0)
		return errno;
	/* A name that is there, and no directory, is found out below. */
	if (faccessat(above, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		(void)close(above);
		return 0;
	}
	if (like != NULL) {
		model = beneath_dir(root, like);
		trash = beneath_dir(root, TRASH_DIR);
	}
	if (model >= 0 && trash >= 0)
		rc = make_like(trash, model, above, name);
	else
		rc = mkdirat(above, name, PRIVATE) == 0 ? 0 : errno;
	(void)close(above);
	if (model >= 0)
		(void)close(model);
	if (trash >= 0)
		(void)close(trash);
	/* Somebody may have made it meanwhile. */
	return rc == EEXIST || rc == ENOTEMPTY ? 0 : rc;
}

static void
join(struct buf *to, const char *base, const char *dir)
{
	buf_str(to, base);
	if (*base != '\0' && *dir != '\0')
		buf_char(to, '/');
	buf_str(to, dir);
}

/* Make what is missing of ${path}, whose part below ->to is ->dir. */
static int
make_all(const struct beneath *root, const struct way *way, char *path)
{
	size_t base = strlen(way->to), below = base + (base > 0);
	int rc = 0;

	for (char *p = path; rc == 0 && *p != '\0';) {
		struct buf like = {0};
		char end;

		p += strcspn(p + 1, "/") + 1;
		end = *p;
		*p = '\0';
		if ((size_t)(p - path) > base)
			join(&like, way->from, path + below);
		rc = make_dir(root, path, like.data);
		buf_release(&like);
		*p = end;
	}
	return rc;
}

int
way_open(const struct beneath *root, const struct way *way)
{
	struct buf path = {0};
	int fd;

	join(&path, way->to, way->dir);
	fd = beneath_dir(root, buf_text(&path));
	if (fd < 0 && errno == ENOENT && path.len > 0) {
		errno = make_all(root, way, path.data);
		if (errno == 0)
			fd = beneath_dir(root, path.data);
	}
	buf_release(&path);
	return fd;
}
