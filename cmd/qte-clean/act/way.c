/* SPDX-License-Identifier: MIT */
/* The directories on the way into the trash and back. */
#include "act/way.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/attrs.h"
#include "act/move.h"
#include "act/trash.h"
#include "base/buf.h"

/* The user's own, whoever may read the files themselves. */
#define PRIVATE 0700

#define DIRECTORY (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* Where a directory is made. */
struct place {
	int above; /* in this one, */
	int model; /* after that, or -1, */
	int trash; /* by way of the trash, or -1 */
};

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

/* Whether the directory ${fd} is ours, or of the owner of that it stands for.
 */
static bool
is_known(int fd, int model)
{
	struct stat is, of;

	return fstat(fd, &is) == 0 &&
	    (is.st_uid == geteuid() ||
		(fstat(model, &of) == 0 && is.st_uid == of.st_uid));
}

/* What has the ${name} now: EEXIST if it is a stranger's directory. */
static int
accept(const struct place *p, const char *name)
{
	int fd = openat(p->above, name, DIRECTORY), rc = 0;

	/* What is no directory is found out below. */
	if (fd < 0)
		return 0;
	if (!is_known(fd, p->model))
		rc = EEXIST;
	(void)close(fd);
	return rc;
}

/* Give the directory ${temp}, open as ${fd}, its ${name}: an errno. */
static int
name_it(const struct place *p, const char *temp, int fd, const char *name)
{
	int rc = move_new_dir(p->trash, temp, p->above, name);

	/* One that its owner may not write to stays where it is. */
	if (rc == EACCES && fchmod(fd, PRIVATE) == 0)
		rc = move_new_dir(p->trash, temp, p->above, name);
	return rc;
}

/*
 * Make ${name} after the model.  It is made as ${temp} in the trash, where
 * nobody can exchange it, and gets its name with all that it is to have.
 */
static int
make_like(const struct place *p, const char *temp, const char *name)
{
	int rc, fd;

	if (mkdirat(p->trash, temp, PRIVATE) != 0)
		return errno;
	fd = openat(p->trash, temp, DIRECTORY);
	if (fd < 0) {
		rc = errno;
	} else {
		dress(fd, p->model);
		rc = name_it(p, temp, fd, name);
		(void)close(fd);
	}
	if (rc != 0)
		(void)unlinkat(p->trash, temp, AT_REMOVEDIR);
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

static void
close_place(const struct place *p)
{
	(void)close(p->above);
	if (p->model >= 0)
		(void)close(p->model);
	if (p->trash >= 0)
		(void)close(p->trash);
}

/* Make ${name} at the place: an errno. */
static int
make_at(const struct place *p, const char *run, const char *name)
{
	struct buf temp = {0};
	int rc;

	/* A name that is there, and no directory, is found out below. */
	if (faccessat(p->above, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return 0;
	buf_fmt(&temp, ".new.%s", run);
	if (p->model >= 0 && p->trash >= 0 && is_private(p->trash))
		rc = make_like(p, temp.data, name);
	else
		rc = mkdirat(p->above, name, PRIVATE) == 0 ? 0 : errno;
	buf_release(&temp);
	/* Somebody may have made it meanwhile. */
	if (rc == EEXIST || rc == ENOTEMPTY)
		rc = accept(p, name);
	return rc;
}

/* Make the directory ${path}, after ${like} unless it is NULL: an errno. */
static int
make_dir(const struct beneath *root, const char *run, const char *path,
    const char *like)
{
	const char *slash = strrchr(path, '/');
	struct place p = {open_above(root, path), -1, -1};
	int rc;

	if (p.above < 0)
		return errno;
	if (like != NULL) {
		p.model = beneath_dir(root, like);
		p.trash = beneath_dir(root, TRASH_DIR);
	}
	rc = make_at(&p, run, slash != NULL ? slash + 1 : path);
	close_place(&p);
	return rc;
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
		rc = make_dir(root, way->run, path, like.data);
		buf_release(&like);
		*p = end;
	}
	return rc;
}

/* A directory in the trash that a stranger put there is not for our files. */
static int
refuse_strange(const struct beneath *root, const struct way *way, int fd)
{
	struct buf path = {0};
	int model;
	bool known;

	join(&path, way->from, way->dir);
	model = beneath_dir(root, buf_text(&path));
	buf_release(&path);
	known = is_known(fd, model);
	if (model >= 0)
		(void)close(model);
	if (known)
		return fd;
	(void)close(fd);
	errno = EEXIST;
	return -1;
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
	if (fd >= 0 && *way->to != '\0')
		return refuse_strange(root, way, fd);
	return fd;
}
