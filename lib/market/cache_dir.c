/* SPDX-License-Identifier: MIT */
/* The directory of the column cache. */
#include "market/cache_dir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "format/digest.h"

#define DIR_MODE ((mode_t)0700)

#define HEX 32
#define ENDING ".bars"

/* Behind the name of a temporary file, which begins with a dot (out.h). */
#define TEMP_ENDING 7

/* Nobody writes to a temporary file for so long without a pause. */
#define LEFT_S 3600

struct entry {
	char name[CACHE_NAME_SIZE];
	int64_t used_s;
	uint32_t used_ns;
};

struct entries {
	VEC(struct entry);
};

void
cache_dir_name(const char *key, char to[CACHE_NAME_SIZE])
{
	struct digest d = digest_make(key, strlen(key));

	(void)snprintf(to, CACHE_NAME_SIZE, "%016llx%016llx" ENDING,
	    (unsigned long long)d.high, (unsigned long long)d.low);
}

/* Return 0 or an errno. */
static int
make_all(const char *path)
{
	char *copy = mem_text(path, strlen(path)), *at = copy;
	int errnum = 0;

	while (errnum == 0 && at != NULL) {
		at = strchr(at + strspn(at, "/"), '/');
		if (at != NULL)
			*at = '\0';
		if (mkdir(copy, DIR_MODE) != 0 && errno != EEXIST)
			errnum = errno;
		if (at != NULL)
			*at = '/';
	}
	free(copy);
	return errnum;
}

static int
cannot(const char *path, int errnum, struct err *e)
{
	(void)err_sys(e, EX_CANTCREAT, errnum, "cache '%s'", path);
	return -1;
}

static int
open_dir(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int
cache_dir_open(const char *path, struct err *e)
{
	int fd = open_dir(path), errnum = errno;
	struct stat st;

	if (fd < 0 && errnum == ENOENT) {
		errnum = make_all(path);
		if (errnum == 0 && (fd = open_dir(path)) < 0)
			errnum = errno;
	}
	if (fd < 0)
		return cannot(path, errnum, e);
	if (fstat(fd, &st) != 0 || st.st_uid != geteuid())
		(void)err_set(e, EX_NOPERM, "cache '%s': is not yours", path);
	else if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		(void)err_set(e, EX_NOPERM,
		    "cache '%s': is not only yours to write to: chmod 700",
		    path);
	else
		return fd;
	(void)close(fd);
	return -1;
}

/* A name that cache_dir_name makes, in the first bytes of ${name}. */
static bool
is_ours(const char *name)
{
	return strspn(name, "0123456789abcdef") == HEX &&
	    strncmp(name + HEX, ENDING, strlen(ENDING)) == 0;
}

static bool
is_temporary(const char *name)
{
	return name[0] == '.' && is_ours(name + 1) &&
	    strlen(name) == 1 + CACHE_NAME_SIZE - 1 + TEMP_ENDING;
}

static void
look_at(int fd, const char *name, int64_t now_s, struct entries *found)
{
	struct stat st;

	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	if (is_temporary(name)) {
		if (st.st_mtim.tv_sec < now_s - LEFT_S)
			(void)unlinkat(fd, name, 0);
		return;
	}

	struct entry *entry = VEC_PUSH(found);

	memcpy(entry->name, name, CACHE_NAME_SIZE);
	entry->used_s = st.st_mtim.tv_sec;
	entry->used_ns = (uint32_t)st.st_mtim.tv_nsec;
}

/* Those that are there; temporaries that were left are removed. */
static void
list(int fd, const char *keep, int64_t now_s, struct entries *found)
{
	int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = again >= 0 ? fdopendir(again) : NULL;

	if (dir == NULL) {
		if (again >= 0)
			(void)close(again);
		return;
	}
	for (struct dirent *d; (d = readdir(dir)) != NULL;) {
		const char *name = d->d_name;
		bool whole = is_ours(name) && name[CACHE_NAME_SIZE - 1] == '\0';

		if (is_temporary(name) || (whole && strcmp(name, keep) != 0))
			look_at(fd, name, now_s, found);
	}
	(void)closedir(dir);
}

static int
older(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->used_s != y->used_s)
		return x->used_s < y->used_s ? -1 : 1;
	if (x->used_ns != y->used_ns)
		return x->used_ns < y->used_ns ? -1 : 1;
	return strcmp(x->name, y->name);
}

static bool
fuller(int fd, double full)
{
	struct statvfs v;

	return fstatvfs(fd, &v) == 0 && v.f_blocks > 0 &&
	    (double)(v.f_blocks - v.f_bavail) > full * (double)v.f_blocks;
}

void
cache_dir_tidy(int fd, const char *name, double full)
{
	struct entries found = {0};
	struct stat st;

	if (fstatat(fd, name, &st, 0) != 0)
		return;
	list(fd, name, st.st_mtim.tv_sec, &found);
	if (found.n > 0)
		qsort(found.at, found.n, sizeof(found.at[0]), older);
	for (size_t i = 0; i < found.n && fuller(fd, full); i++)
		(void)unlinkat(fd, found.at[i].name, 0);
	VEC_RELEASE(&found);
}
