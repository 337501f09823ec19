/* SPDX-License-Identifier: MIT */
/* Locks on files, by flock(2). */
#include "machine/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"
#include "base/sig.h"
#include "base/when.h"
#include "machine/in.h"
#include "machine/path.h"

#define LOCKS "/proc/locks"
#define LOCKS_LINE 256

/* flock cannot wait for a time, so it is asked again, ever more seldom. */
#define PAUSE_FIRST_NS (WHEN_SECOND / 10000)
#define PAUSE_MOST_NS (WHEN_SECOND / 50)

static int
open_file(const char *path, struct err *e)
{
	struct stat st;
	int fd = open(path,
	    O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
	    S_IRUSR | S_IWUSR | S_IRGRP);

	if (fd >= 0)
		fd = fd_above_standard(fd);
	if (fd < 0 || fstat(fd, &st) != 0) {
		(void)err_sys(e, EX_CANTCREAT, errno, "%s: cannot open", path);
	} else if (!S_ISREG(st.st_mode)) {
		(void)err_set(e, EX_CANTCREAT, "%s: is not a regular file",
		    path);
	} else {
		return fd;
	}
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/* The process of a line of /proc/locks that is about ${file}, or 0. */
static int64_t
holder_in(const char *line, const char *file)
{
	const char *end = strstr(line, file), *pid = end;
	int64_t found;

	/* Those that wait stand behind an arrow. */
	if (end == NULL || strstr(line, " FLOCK ") == NULL ||
	    strstr(line, "->") != NULL)
		return 0;
	while (pid > line && pid[-1] != ' ')
		pid--;
	if (num_read_int(pid, (size_t)(end - pid), &found) != NUM_OK)
		return 0;
	return found;
}

/* The process that locked the file open as ${fd}, or 0. */
static int64_t
holder(int fd)
{
	char file[LOCKS_LINE], text[LOCKS_LINE];
	struct stat st;
	struct in in;
	struct err e;
	const char *line;
	size_t n;
	int64_t found = 0;

	if (fstat(fd, &st) != 0 || in_open(&in, LOCKS, &e) != 0)
		return 0;
	(void)snprintf(file, sizeof(file), " %02x:%02x:%llu ", major(st.st_dev),
	    minor(st.st_dev), (unsigned long long)st.st_ino);
	while (found <= 0 && in_line(&in, sizeof(text), &line, &n, &e) == 0) {
		memcpy(text, line, n);
		text[n - 1] = '\0';
		found = holder_in(text, file);
	}
	in_close(&in);
	return found > 0 ? found : 0;
}

static int
held(const char *path, int fd, struct err *e)
{
	int64_t pid = holder(fd);

	if (pid == 0)
		return err_set(e, EX_TEMPFAIL, "%s: locked by another process",
		    path);
	return err_set(e, EX_TEMPFAIL, "%s: locked by process %lld", path,
	    (long long)pid);
}

bool
lock_try(int fd)
{
	int rc;

	do {
		rc = flock(fd, LOCK_EX | LOCK_NB);
	} while (rc != 0 && errno == EINTR);
	return rc == 0;
}

/* How long a lock is waited for. */
struct patience {
	int64_t until_ns; /* of when_ticks */
	bool heeds;	  /* a signal ends it */
};

/* Return 0, LOCK_SIGNAL, or an errno: EWOULDBLOCK when it took too long. */
static int
wait_for(int fd, const struct patience *p)
{
	struct timespec pause = {.tv_nsec = PAUSE_FIRST_NS};

	while (!lock_try(fd)) {
		if (errno != EWOULDBLOCK || when_ticks() >= p->until_ns)
			return errno;
		if (p->heeds && sig_seen() != 0)
			return LOCK_SIGNAL;
		(void)nanosleep(&pause, NULL);
		if (pause.tv_nsec < PAUSE_MOST_NS)
			pause.tv_nsec *= 2;
	}
	return 0;
}

static int
lock_within(int fd, const char *path, const struct patience *p, struct err *e)
{
	int rc = wait_for(fd, p);

	if (rc == EWOULDBLOCK)
		return held(path, fd, e);
	return rc > 0 ? err_sys(e, EX_OSERR, rc, "%s: cannot lock", path) : rc;
}

static int
take(const char *path, const struct patience *p, int *fd, struct err *e)
{
	for (;;) {
		*fd = open_file(path, e);
		if (*fd < 0)
			return EX_CANTCREAT;

		int rc = lock_within(*fd, path, p, e);

		/* Whoever held it may have given the name to another file. */
		if (rc == 0 && path_is_open(path, *fd))
			return 0;
		(void)close(*fd);
		if (rc != 0)
			return rc;
	}
}

static int64_t
in_ns(int64_t wait_ns)
{
	int64_t until;

	if (__builtin_add_overflow(when_ticks(), wait_ns, &until))
		return INT64_MAX;
	return until;
}

int
lock_wait(int fd, int64_t wait_ns)
{
	return wait_for(fd,
	    &(struct patience){.until_ns = in_ns(wait_ns), .heeds = true});
}

int
lock_take(const char *path, int64_t wait_ns, int *fd, struct err *e)
{
	return take(path,
	    &(struct patience){.until_ns = in_ns(wait_ns), .heeds = true}, fd,
	    e);
}

int
lock_take_anyway(const char *path, int64_t wait_ns, int *fd, struct err *e)
{
	return take(path, &(struct patience){.until_ns = in_ns(wait_ns)}, fd,
	    e);
}
