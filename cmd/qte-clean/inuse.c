/* SPDX-License-Identifier: MIT */
/* The files that processes have open. */
#include "inuse.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"

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

/* What one process has open. */
static void
look_at(struct inuse *u, int proc, const char *pid)
{
	char path[32] = {0};
	size_t n = 0;
	const struct dirent *entry;

	for (; pid[n] != '\0' && n < sizeof(path) - sizeof("/fd"); n++)
		path[n] = pid[n];
	for (const char *p = "/fd"; *p != '\0'; p++)
		path[n++] = *p;

	DIR *dir = open_dir(proc, path);

	if (dir == NULL)
		return;
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			add(u, dirfd(dir), entry->d_name);
	(void)closedir(dir);
}

static int
by_number(const void *a, const void *b)
{
	const struct inuse_file *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	return (x->ino > y->ino) - (x->ino < y->ino);
}

static void
look(struct inuse *u)
{
	char self[NUM_TEXT_SIZE];
	const struct dirent *entry;
	DIR *proc = open_dir(AT_FDCWD, "/proc");

	u->looked = true;
	if (proc == NULL)
		return;
	(void)num_put_int(self, getpid());
	while ((entry = readdir(proc)) != NULL) {
		const char *name = entry->d_name;

		if (name[0] >= '1' && name[0] <= '9' && strcmp(name, self) != 0)
			look_at(u, dirfd(proc), name);
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

void
inuse_release(struct inuse *u)
{
	VEC_RELEASE(u);
}
