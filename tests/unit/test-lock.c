/* SPDX-License-Identifier: MIT */
/* Tests of machine/lock. */
#include <errno.h>
#include <signal.h>

#include "base/sig.h"
#include "base/when.h"
#include "machine/lock.h"
#include "scratch.h"
#include "unit.h"

#define A_MINUTE (60 * WHEN_SECOND)

/* A child that holds ${path} until its end of the pipe is told to let go. */
struct holder {
	pid_t pid;
	int tell; /* closed, or written to: it ends */
};

static void
hold(const char *path, int told, int ready)
{
	struct err e = {0};
	char byte;
	int fd;

	if (lock_take(path, 0, &fd, &e) != 0 || write(ready, "r", 1) != 1 ||
	    read(told, &byte, 1) < 0)
		_exit(1);
	if (strcmp(path, "moved") == 0) {
		/* The parent has the old file open by then. */
		place_pause(50);
		if (rename("moved", "old") != 0)
			_exit(2);
	}
	_exit(0);
}

static struct holder
holder_start(const char *path)
{
	int tell[2], ready[2];
	struct holder h = {.pid = -1};
	char byte;

	scratch_put("made", "", 0);
	if (!CHECK(pipe(tell) == 0 && pipe(ready) == 0))
		return h;
	(void)fflush(stdout);
	h.pid = fork();
	if (h.pid == 0) {
		(void)close(tell[1]);
		hold(path, tell[0], ready[1]);
	}
	(void)close(tell[0]);
	(void)close(ready[1]);
	h.tell = tell[1];
	CHECK(read(ready[0], &byte, 1) == 1);
	(void)close(ready[0]);
	return h;
}

static void
holder_end(struct holder *h)
{
	int status = -1;

	(void)close(h->tell);
	CHECK(waitpid(h->pid, &status, 0) == h->pid && status == 0);
}

UNIT_TEST("lock: a held lock is status 75 and names its holder")
{
	struct holder h = holder_start("a");
	struct err e = {0};
	char want[64];
	int fd;

	CHECK_INT(lock_take("a", 0, &fd, &e), EX_TEMPFAIL);
	(void)snprintf(want, sizeof(want), "a: locked by process %d",
	    (int)h.pid);
	CHECK_STR(e.msg, want);
	CHECK_INT(lock_take("a", WHEN_SECOND / 100, &fd, &e), EX_TEMPFAIL);
	holder_end(&h);
	CHECK_INT(lock_take("a", 0, &fd, &e), 0);
	CHECK_INT(close(fd), 0);
}

UNIT_TEST("lock: is waited for, and is gone with a process that is killed")
{
	struct holder h = holder_start("a");
	struct err e = {0};
	int fd;

	CHECK_INT(kill(h.pid, SIGKILL), 0);
	CHECK_INT(lock_take("a", INT64_MAX, &fd, &e), 0);
	CHECK_INT(close(fd), 0);
	(void)close(h.tell);
	CHECK_INT(waitpid(h.pid, NULL, 0), h.pid);
}

UNIT_TEST("lock: a file that took the name while we waited is the one")
{
	struct holder h = holder_start("moved");
	struct err e = {0};
	struct stat locked, named;
	int fd;

	(void)close(h.tell);
	CHECK_INT(lock_take("moved", A_MINUTE, &fd, &e), 0);
	CHECK_INT(fstat(fd, &locked), 0);
	CHECK(waitpid(h.pid, NULL, 0) == h.pid);
	if (CHECK_INT(stat("moved", &named), 0))
		CHECK(locked.st_ino == named.st_ino);
	CHECK_INT(close(fd), 0);
}

UNIT_TEST("lock: no program that we start gets the descriptor")
{
	struct err e = {0};
	int fd;

	scratch_put("a", "", 0);
	CHECK_INT(lock_take("a", 0, &fd, &e), 0);
	CHECK(fd > STDERR_FILENO);
	CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	CHECK_INT(close(fd), 0);
}

UNIT_TEST("lock: content stays, and what is written goes behind it")
{
	struct err e = {0};
	int fd;

	scratch_put("full", "abc", 3);
	CHECK_INT(lock_take("full", 0, &fd, &e), 0);
	CHECK(write(fd, "d", 1) == 1);
	CHECK_INT(close(fd), 0);
	CHECK_STR(place_read("full"), "abcd");
}

UNIT_TEST("lock: what is no regular file, or cannot be made, is status 73")
{
	struct err e = {0};
	int fd;

	scratch_put("a", "", 0);
	CHECK_INT(lock_take("none/a", 0, &fd, &e), EX_CANTCREAT);
	CHECK_STR(e.msg, "none/a: cannot open: No such file or directory");
	CHECK_INT(mkfifo("fifo", 0600), 0);
	CHECK_INT(lock_take("fifo", 0, &fd, &e), EX_CANTCREAT);
	CHECK_STR(e.msg, "fifo: is not a regular file");
	CHECK_INT(lock_take(".", 0, &fd, &e), EX_CANTCREAT);
}

UNIT_TEST("lock: whether an open file could be locked")
{
	struct holder h = holder_start("a");
	int fd = open("a", O_RDONLY | O_CLOEXEC);

	CHECK(!lock_try(fd));
	CHECK(lock_wait(fd, WHEN_SECOND / 100) == EWOULDBLOCK);
	(void)close(h.tell);
	CHECK(lock_wait(fd, A_MINUTE) == 0);
	CHECK(waitpid(h.pid, NULL, 0) == h.pid);
	CHECK(lock_try(fd));
	CHECK_INT(close(fd), 0);
}

static int
wait_for_signal(void)
{
	struct err e = {0};
	int fd;

	sig_catch();
	(void)raise(SIGTERM);
	if (lock_take("a", A_MINUTE, &fd, &e) != LOCK_SIGNAL)
		return 1;
	return lock_take_anyway("a", WHEN_SECOND / 100, &fd, &e) == EX_TEMPFAIL
	    ? 0
	    : 2;
}

UNIT_TEST("lock: a signal ends the wait, unless the lock is taken anyway")
{
	struct holder h = holder_start("a");

	CHECK_INT(place_child(wait_for_signal), 0);
	holder_end(&h);
}
