/* SPDX-License-Identifier: MIT */
/* A directory for one test's files, and what tests do with them. */
#ifndef PLACE_H
#define PLACE_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"

static char place_dir[256];

/* Make the directory, and make it the current one. */
static inline bool
place_make(void)
{
	const char *tmp = getenv("TMPDIR");

	(void)snprintf(place_dir, sizeof(place_dir), "%s/qte-unit-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	return CHECK(mkdtemp(place_dir) != NULL) &&
	    CHECK(chdir(place_dir) == 0);
}

/* The names in ${path} in no order, each with a blank behind; borrowed. */
static inline const char *
place_names(const char *path)
{
	static char names[1024];
	DIR *dir = opendir(path);
	size_t len = 0;

	names[0] = '\0';
	if (dir == NULL)
		return names;
	for (struct dirent *d; (d = readdir(dir)) != NULL;)
		if (strcmp(d->d_name, ".") != 0 &&
		    strcmp(d->d_name, "..") != 0 &&
		    len + strlen(d->d_name) + 1 < sizeof(names))
			len += (size_t)snprintf(names + len,
			    sizeof(names) - len, "%s ", d->d_name);
	(void)closedir(dir);
	return names;
}

/*
 * Remove the directory with what is in it and one level below; nothing at all
 * when it is not there, or not the current one any more.
 */
static inline void
place_remove(void)
{
	char names[1024], *save = NULL;
	struct stat made, here;

	if (place_dir[0] == '\0' || !CHECK(stat(place_dir, &made) == 0) ||
	    !CHECK(stat(".", &here) == 0) ||
	    !CHECK(made.st_dev == here.st_dev && made.st_ino == here.st_ino))
		return;
	(void)snprintf(names, sizeof(names), "%s", place_names("."));
	for (char *n = strtok_r(names, " ", &save); n != NULL;
	     n = strtok_r(NULL, " ", &save)) {
		if (unlink(n) == 0)
			continue;
		char inner[1300];
		const char *below = place_names(n);

		(void)snprintf(inner, sizeof(inner), "%s/%.*s", n,
		    (int)strcspn(below, " "), below);
		(void)unlink(inner);
		(void)rmdir(n);
	}
	CHECK(chdir("/") == 0);
	CHECK(rmdir(place_dir) == 0);
	place_dir[0] = '\0';
}

static inline void
place_write(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	CHECK(f != NULL);
	if (f == NULL)
		return;
	size_t done = fwrite(bytes, 1, n, f);

	CHECK(fclose(f) == 0 && done == n);
}

/* The first 4095 bytes of ${path} as a string, borrowed; "?" when it is not. */
static inline const char *
place_read(const char *path)
{
	static char text[4096];
	FILE *f = fopen(path, "rb");

	if (f == NULL)
		return "?";
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	(void)fclose(f);
	return text;
}

/* The permissions of ${path}. */
static inline int
place_mode(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int)(st.st_mode & 07777) : -1;
}

static inline void
place_pause(long ms)
{
	struct timespec ts = {.tv_nsec = ms * 1000000};

	(void)nanosleep(&ts, NULL);
}

/* Run ${f} in a child; return its exit status, or minus its signal. */
static inline int
place_child(int (*f)(void))
{
	int status = 0;

	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid == 0) {
		unit_failures = 0;
		int rc = f();

		(void)fflush(stdout);
		_exit(unit_failures != 0 ? 99 : rc);
	}
	(void)waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

#endif
