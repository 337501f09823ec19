/* SPDX-License-Identifier: MIT */
/* Tests of opening directories below a root, with openat2 and without. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch.h"
#include "unit.h"
#include "walk/beneath.h"
#include "walk/walk.h"

static char top[4096];

/* What lies too deep for the scratch to be removed with it. */
static void
unmake(void)
{
	(void)unlink("root/dir/inner/b");
	(void)unlink("root/dir/a");
	(void)rmdir("root/dir/inner");
	(void)rmdir("root/dir");
	(void)rmdir("outside/dir");
}

/* root/dir/inner, root/link -> ../outside, way -> root, outside/dir */
static void
make(void)
{
	scratch_put("file", "x", 1);
	if (getcwd(top, sizeof(top)) == NULL || mkdir("root", 0777) != 0)
		return;
	CHECK_INT(atexit(unmake), 0);
	CHECK_INT(mkdir("root/dir", 0777), 0);
	CHECK_INT(mkdir("root/dir/inner", 0777), 0);
	CHECK_INT(mkdir("outside", 0777), 0);
	CHECK_INT(mkdir("outside/dir", 0777), 0);
	CHECK_INT(symlink("../outside", "root/link"), 0);
	CHECK_INT(symlink("root", "way"), 0);
	scratch_put("root/file", "x", 1);
	scratch_put("root/dir/a", "x", 1);
	scratch_put("root/dir/inner/b", "x", 1);
}

static const char *
below(const char *name)
{
	static char path[5000];

	(void)snprintf(path, sizeof(path), "%s/%s", top, name);
	return path;
}

/* Whether ${path} opens (0), or the errno. */
static int
open_dir(const struct beneath *b, const char *path)
{
	int fd = beneath_dir(b, path);

	if (fd < 0)
		return errno;
	(void)close(fd);
	return 0;
}

static void
check_ways(bool stepwise)
{
	struct beneath b;

	make();
	if (!CHECK(beneath_open(&b, below("root")) >= 0))
		return;
	b.stepwise |= stepwise;
	CHECK_INT(open_dir(&b, ""), 0);
	CHECK_INT(open_dir(&b, "dir"), 0);
	CHECK_INT(open_dir(&b, "dir/inner"), 0);
	CHECK_INT(open_dir(&b, "none"), ENOENT);
	CHECK(open_dir(&b, "link") != 0);
	CHECK(open_dir(&b, "link/dir") != 0);
	CHECK_INT(open_dir(&b, "file"), ENOTDIR);
	beneath_close(&b);
	CHECK_INT(b.fd, -1);
}

UNIT_TEST("beneath: no link is followed, by openat2")
{
	check_ways(false);
}

UNIT_TEST("beneath: no link is followed, step by step")
{
	check_ways(true);
}

UNIT_TEST("beneath: the way out is closed")
{
	struct beneath b;

	make();
	if (!CHECK(beneath_open(&b, below("root")) >= 0))
		return;
	CHECK(open_dir(&b, "..") != 0);
	CHECK(open_dir(&b, "dir/../../outside") != 0);
	CHECK(open_dir(&b, "/") != 0);
	beneath_close(&b);
}

UNIT_TEST("beneath: a link on the way to the root is refused")
{
	struct beneath b;

	make();
	CHECK(beneath_open(&b, below("way")) < 0);
	CHECK(beneath_open(&b, below("way/dir")) < 0);
	CHECK(beneath_open(&b, below("file")) < 0);
}

UNIT_TEST("beneath: another file system is refused, in both ways")
{
	struct beneath b;
	struct stat root, proc;

	if (stat("/", &root) != 0 || stat("/proc", &proc) != 0 ||
	    root.st_dev == proc.st_dev || beneath_open(&b, "/") < 0)
		return;
	CHECK_INT(open_dir(&b, "proc"), EXDEV);
	b.stepwise = true;
	CHECK_INT(open_dir(&b, "proc"), EXDEV);
	beneath_close(&b);
}

/* Files and left directories, in the order of the walk. */
static void
walk(const struct beneath *b, int64_t depth, char *to, size_t size)
{
	struct walk w;
	enum walk_what what;
	size_t n = 0;

	to[0] = '\0';
	walk_open(&w, b, "", depth);
	while ((what = walk_next(&w)) != WALK_END && n < size)
		if (what == WALK_FILE)
			n += (size_t)snprintf(to + n, size - n, "%s ", w.name);
		else if (what == WALK_LEAVE)
			n += (size_t)snprintf(to + n, size - n, "[%s] ",
			    buf_text(&w.path));
	walk_close(&w);
}

UNIT_TEST("walk: files of a directory, then those below it")
{
	struct beneath b;
	char seen[1024];

	make();
	if (!CHECK(beneath_open(&b, below("root")) >= 0))
		return;
	walk(&b, INT64_MAX, seen, sizeof(seen));
	CHECK_STR(seen, "file a b [dir/inner] [dir] [] ");
	walk(&b, 2, seen, sizeof(seen));
	CHECK_STR(seen, "file a [dir] [] ");
	walk(&b, 1, seen, sizeof(seen));
	CHECK_STR(seen, "file [] ");
	beneath_close(&b);
}
