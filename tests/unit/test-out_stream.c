/* SPDX-License-Identifier: MIT */
/* Tests of machine/out: pipes, and files of many blocks. */
#include <signal.h>

#include "base/sig.h"
#include "machine/out.h"
#include "place.h"
#include "unit.h"

static struct out out;
static struct err e;

/* Write ${text} to ${path}; return the first status that is not 0. */
static int
put(const char *path, const char *text)
{
	int rc = out_open(&out, path, &e);

	if (rc != 0)
		return rc;
	out_str(&out, text);
	return out_close(&out, &e);
}

/* Read ${fd} slowly to its end; return whether all was as put_pattern wrote. */
static int
read_slowly(int fd, size_t want)
{
	unsigned char block[5000];
	size_t total = 0;
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) > 0) {
		for (ssize_t i = 0; i < n; i++)
			if (block[i] !=
			    (unsigned char)((total + (size_t)i) * 7 / 11))
				return 1;
		total += (size_t)n;
		if (total % 7 == 0)
			place_pause(1);
	}
	return total == want ? 0 : 2;
}

/* Write ${want} bytes in pieces of every size. */
static void
put_pattern(size_t want)
{
	static unsigned char piece[200000];
	size_t total = 0;

	for (size_t size = 1; total < want; size = size * 5 % 199999 + 1) {
		size_t n = size < want - total ? size : want - total;

		for (size_t i = 0; i < n; i++)
			piece[i] = (unsigned char)((total + i) * 7 / 11);
		out_write(&out, piece, n);
		total += n;
	}
}

static void
on_alarm(int signo)
{
	(void)signo;
}

/* To a slow reader, through a pipe that does not wait and with signals. */
static int
write_slowly(void)
{
	const size_t want = 3000000;
	struct sigaction sa = {.sa_handler = on_alarm};
	int fds[2], status = 0;
	pid_t parent = getpid();

	(void)sigaction(SIGUSR1, &sa, NULL);
	if (pipe(fds) != 0)
		return 1;
	pid_t reader = fork();

	if (reader == 0) {
		(void)close(fds[1]);
		_exit(read_slowly(fds[0], want));
	}
	pid_t nuisance = fork();

	if (nuisance == 0)
		for (;;) {
			place_pause(1);
			if (kill(parent, SIGUSR1) != 0)
				_exit(0);
		}
	(void)dup2(fds[1], STDOUT_FILENO);
	(void)close(fds[0]);
	(void)close(fds[1]);
	(void)fcntl(STDOUT_FILENO, F_SETFL, O_WRONLY | O_NONBLOCK);
	int rc = out_open(&out, NULL, &e);

	if (rc != 0)
		return rc;
	put_pattern(want);
	rc = out_close(&out, &e);
	(void)kill(nuisance, SIGKILL);
	(void)close(STDOUT_FILENO);
	while (waitpid(reader, &status, 0) < 0)
		;
	return rc != 0 ? rc : WEXITSTATUS(status);
}

UNIT_TEST("out: a slow reader gets every byte, signals or not")
{
	CHECK_INT(place_child(write_slowly), 0);
}

/* How a pipe is set up, and whether it is read once the signal came. */
struct stalled {
	bool waits, read;
};

static struct stalled stalled;

/* Fill a pipe with lines and be signalled there; what out_close returns. */
static int
write_stalled(void)
{
	int fds[2];

	if (pipe(fds) != 0)
		return 1;
	pid_t parent = getpid(), reader = fork();

	if (reader == 0) {
		size_t total = 0;
		ssize_t n;
		char block[1000];

		(void)close(fds[1]);
		place_pause(100);
		(void)kill(parent, SIGTERM);
		while (stalled.read &&
		    (n = read(fds[0], block, sizeof(block))) > 0)
			total += (size_t)n;
		place_pause(stalled.read ? 0 : 900);
		_exit(total == 10 * 20000 ? 0 : 1);
	}
	(void)dup2(fds[1], STDOUT_FILENO);
	(void)close(fds[0]);
	(void)close(fds[1]);
	if (!stalled.waits)
		(void)fcntl(STDOUT_FILENO, F_SETFL, O_WRONLY | O_NONBLOCK);
	sig_catch();
	if (out_open(&out, NULL, &e) != 0)
		return 2;
	for (int i = 0; i < 20000; i++)
		out_str(&out, "123456789\n");
	bool failed = out_failed(&out);
	int status = 0, rc = out_close(&out, &e);

	(void)close(STDOUT_FILENO);
	while (waitpid(reader, &status, 0) < 0)
		;
	if (stalled.read)
		return rc != 0 ? 3 : WEXITSTATUS(status);
	return rc == OUT_SIGNAL && failed ? 0 : 4;
}

UNIT_TEST("out: after a signal a reader that stands still is left, others not")
{
	for (int i = 0; i < 4; i++) {
		stalled = (struct stalled){.waits = i % 2 == 1, .read = i > 1};
		CHECK_INT(place_child(write_stalled), 0);
	}
}

UNIT_TEST("out: a large file has every byte")
{
	if (!place_make())
		return;
	CHECK_INT(out_open(&out, "f", &e), 0);
	put_pattern(5000000);
	CHECK_INT(out_close(&out, &e), 0);
	int fd = open("f", O_RDONLY);

	CHECK_INT(read_slowly(fd, 5000000), 0);
	(void)close(fd);
	place_remove();
}

static int
early_reader(void)
{
	int fds[2];

	if (pipe(fds) != 0)
		return 1;
	(void)close(fds[0]);
	(void)dup2(fds[1], STDOUT_FILENO);
	return put(NULL, "x");
}

static int
early_reader_ignored(void)
{
	(void)signal(SIGPIPE, SIG_IGN);
	int rc = early_reader();

	return strcmp(e.msg, "standard output: cannot write: Broken pipe") == 0
	    ? rc
	    : 98;
}

UNIT_TEST("out: a reader that left is SIGPIPE, or an error when ignored")
{
	CHECK_INT(place_child(early_reader), -SIGPIPE);
	CHECK_INT(place_child(early_reader_ignored), EX_IOERR);
}

static int
write_fifo(void)
{
	return put("fifo", "text");
}

static int
signal_before_reader(void)
{
	pid_t parent = getpid();

	sig_catch();
	if (fork() == 0) {
		place_pause(50);
		_exit(kill(parent, SIGINT));
	}
	return put("fifo", "text");
}

UNIT_TEST("out: a FIFO is written to as it is, and the wait can be ended")
{
	if (!place_make() || !CHECK(mkfifo("fifo", 0600) == 0))
		return;
	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid == 0)
		_exit(write_fifo());
	CHECK_STR(place_read("fifo"), "text");
	(void)waitpid(pid, NULL, 0);
	CHECK_INT(place_child(signal_before_reader), EX_CANTCREAT);
	CHECK_STR(place_names("."), "fifo ");
	place_remove();
}
