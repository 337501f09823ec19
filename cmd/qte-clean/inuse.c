/* SPDX-License-Identifier: MIT */
/* The files that processes have open. */
#include "inuse.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"

/* The inode by which Linux knows its first namespace of processes. */
#define FIRST 0xeffffffcU

/* So long what was seen is good for. */
#define GOOD_NS WHEN_SECOND

static DIR *
open_dir(int at, const char *path)
{
	int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

	if (fd >= 0 && dir == NULL)
		(void)close(fd);
	return dir;
}

static void
add(struct inuse *u, int at, const char *name)
{
	struct stat st;

	if (fstatat(at, name, &st, 0) == 0 && S_ISREG(st.st_mode))
		*VEC_PUSH(u) = (struct inuse_file){st.st_dev, st.st_ino};
}

/* What one process has open; false when it does not let us see. */
static bool
look_at(struct inuse *u, int proc, const char *pid)
{
	struct buf path = {0};
	const struct dirent *entry;
	bool ended;
	DIR *dir;

	buf_fmt(&path, "%s/fd", pid);
	dir = open_dir(proc, path.data);
	ended = errno == ENOENT || errno == ESRCH;
	buf_release(&path);
	/* One that ended meanwhile hides nothing. */
	if (dir == NULL)
		return ended;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			add(u, dirfd(dir), entry->d_name);
	(void)closedir(dir);
	return true;
}

static int
by_number(const void *a, const void *b)
{
	const struct inuse_file *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return (x->ino > y->ino) - (x->ino < y->ino);
}

/* Others do not show the processes outside. */
static bool
is_first_namespace(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) == 0 && st.st_ino == FIRST;
}

static void
look(struct inuse *u)
{
	char self[NUM_TEXT_SIZE];
	const struct dirent *entry;
	DIR *proc = open_dir(AT_FDCWD, "/proc");

	u->looked = true;
	u->looked_ns = when_ticks();
	u->n = 0;
	u->whole = proc != NULL && is_first_namespace();
	if (proc == NULL)
		return;
	(void)num_put_int(self, getpid());
	while ((entry = readdir(proc)) != NULL) {
		const char *name = entry->d_name;

		if (name[0] >= '1' && name[0] <= '9' && strcmp(name, self) != 0)
			u->whole &= look_at(u, dirfd(proc), name);
	}
	(void)closedir(proc);
	if (u->n > 0)
		qsort(u->at, u->n, sizeof(u->at[0]), by_number);
}

bool
inuse_has(struct inuse *u, uint64_t dev, uint64_t ino)
{
	struct inuse_file wanted = {dev, ino};

	if (!u->looked)
		look(u);
	return u->n > 0 &&
	    bsearch(&wanted, u->at, u->n, sizeof(u->at[0]), by_number) != NULL;
}

bool
inuse_again(struct inuse *u)
{
	if (!u->looked || when_ticks() - u->looked_ns < GOOD_NS)
		return false;
	look(u);
	return true;
}

void
inuse_release(struct inuse *u)
{
	VEC_RELEASE(u);
}
