/* SPDX-License-Identifier: MIT */
/* Tests of machine/in. */
#include <signal.h>

#include "base/sig.h"
#include "machine/in.h"
#include "place.h"
#include "unit.h"

#define MAX 65536

static struct in in;
static struct err e;

/* The next line as a string, borrowed, or what was returned instead of one. */
static const char *
next_line(size_t max)
{
	static char text[MAX * 8];
	const char *line;
	size_t n;
	int rc = in_line(&in, max, &line, &n, &e);

	if (rc == 0 || rc == IN_LONG) {
		memcpy(text, line, n);
		text[n] = '\0';
	}
	if (rc == IN_END)
		return "(end)";
	if (rc == IN_SIGNAL)
		return "(signal)";
	return rc == 0 ? text : rc == IN_LONG ? "(long)" : e.msg;
}

static bool
open_bytes(const char *bytes, size_t n)
{
	place_write("f", bytes, n);
	return CHECK_INT(in_open(&in, "f", &e), 0);
}

UNIT_TEST("in: lines come with their ends, the last perhaps without")
{
	if (!place_make() || !open_bytes("a\nbc\r\n\nlast", 11))
		return;
	CHECK_STR(next_line(MAX), "a\n");
	CHECK_INT(in.bytes, 2);
	CHECK_STR(next_line(MAX), "bc\r\n");
	CHECK_STR(next_line(MAX), "\n");
	CHECK_STR(next_line(MAX), "last");
	CHECK_INT(in.bytes, 11);
	CHECK_STR(next_line(MAX), "(end)");
	CHECK_STR(next_line(MAX), "(end)");
	in_close(&in);
	place_remove();
}

UNIT_TEST("in: an empty file has no line")
{
	if (!place_make() || !open_bytes("", 0))
		return;
	CHECK_STR(next_line(MAX), "(end)");
	CHECK_INT(in.bytes, 0);
	in_close(&in);
	place_remove();
}

UNIT_TEST("in: NUL bytes are bytes like others")
{
	const char *line;
	size_t n;

	if (!place_make() || !open_bytes("a\0b\n\0\n\0", 7))
		return;
	CHECK_INT(in_line(&in, MAX, &line, &n, &e), 0);
	CHECK(n == 4 && memcmp(line, "a\0b\n", 4) == 0);
	CHECK_INT(in_line(&in, MAX, &line, &n, &e), 0);
	CHECK(n == 2 && memcmp(line, "\0\n", 2) == 0);
	CHECK_INT(in_line(&in, MAX, &line, &n, &e), 0);
	CHECK(n == 1 && line[0] == '\0');
	in_close(&in);
	place_remove();
}

UNIT_TEST("in: a line may be as long as allowed, not a byte longer")
{
	static const struct {
		const char *text;
		const char *got;
	} cases[] = {{"1234\n", "1234\n"}, {"12345\n", "(long)"},
	    {"12345", "12345"}, {"123456", "(long)"}};

	if (!place_make())
		return;
	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		if (!open_bytes(cases[i].text, strlen(cases[i].text)))
			return;
		CHECK_STR(next_line(5), cases[i].got);
		in_close(&in);
	}
	place_remove();
}

UNIT_TEST("in: a line that is too long shows where it begins")
{
	const char *line;
	size_t n;

	if (!place_make() || !open_bytes("a\nabcdefgh\n", 11))
		return;
	CHECK_STR(next_line(4), "a\n");
	CHECK_INT(in_line(&in, 4, &line, &n, &e), IN_LONG);
	CHECK(n == 4 && memcmp(line, "abcd", 4) == 0);
	CHECK_INT(in.bytes, 2);
	in_close(&in);
	place_remove();
}

UNIT_TEST("in: a line without an end is refused in bounded memory")
{
	const char *line;
	size_t n;

	if (!CHECK_INT(in_open(&in, "/dev/zero", &e), 0))
		return;
	CHECK_INT(in_line(&in, MAX, &line, &n, &e), IN_LONG);
	CHECK_INT(n, MAX);
	CHECK(in.cap <= MAX + IN_BLOCK);
	in_close(&in);
	if (!CHECK_INT(in_open(&in, "/dev/zero", &e), 0))
		return;
	CHECK_INT(in_line(&in, 10 * IN_BLOCK, &line, &n, &e), IN_LONG);
	CHECK(in.cap <= 11 * IN_BLOCK);
	in_close(&in);
}

/* Line ${i} of the file that the tests below write. */
static size_t
put_line(char *to, size_t i)
{
	size_t n = i * i % 3001;

	memset(to, 'a' + (int)(i % 26), n);
	to[n] = '\n';
	return n + 1;
}

static void
check_lines(size_t count)
{
	char want[3100];
	const char *line;
	size_t n;

	for (size_t i = 0; i < count; i++) {
		size_t len = put_line(want, i);

		if (!CHECK_INT(in_line(&in, MAX, &line, &n, &e), 0) ||
		    !CHECK_INT(n, len) || !CHECK(memcmp(line, want, n) == 0))
			return;
	}
	CHECK_INT(in_line(&in, MAX, &line, &n, &e), IN_END);
	CHECK(in.cap <= MAX + IN_BLOCK);
}

UNIT_TEST("in: lines across blocks are whole")
{
	char text[3100] = {0};
	FILE *f;

	if (!place_make() || !CHECK((f = fopen("f", "wb")) != NULL))
		return;
	for (size_t i = 0; i < 2000; i++)
		(void)fwrite(text, 1, put_line(text, i), f);
	CHECK(fclose(f) == 0);
	if (CHECK_INT(in_open(&in, "f", &e), 0))
		check_lines(2000);
	in_close(&in);
	place_remove();
}

static int feeder;

/* Write lines a few bytes at a time, each part after a little while. */
static int
feed_slowly(void)
{
	for (size_t i = 0; i < 40; i++) {
		char text[3100];
		size_t n = put_line(text, i);

		for (size_t at = 0; at < n; at += 700) {
			size_t part = n - at < 700 ? n - at : 700;

			if (write(feeder, text + at, part) != (ssize_t)part)
				return 1;
			place_pause(1);
		}
	}
	return 0;
}

/* Standard input becomes a pipe that a child feeds; return the child. */
static pid_t
feed(int flags)
{
	int fds[2];

	if (!CHECK(pipe(fds) == 0) || !CHECK(dup2(fds[0], 0) == 0))
		return -1;
	if (flags != 0)
		CHECK(fcntl(0, F_SETFL, flags) == 0);
	(void)close(fds[0]);
	feeder = fds[1];
	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid == 0)
		_exit(feed_slowly());
	(void)close(fds[1]);
	return pid;
}

static int
read_pipe(void)
{
	(void)feed(0);
	if (CHECK_INT(in_open(&in, "-", &e), 0))
		check_lines(40);
	in_close(&in);
	return fcntl(0, F_GETFD) >= 0 ? 0 : 1;
}

UNIT_TEST("in: lines of a pipe are whole, and standard input stays open")
{
	CHECK_INT(place_child(read_pipe), 0);
}

static int
read_impatient_pipe(void)
{
	(void)feed(O_NONBLOCK);
	if (CHECK_INT(in_open(&in, "-", &e), 0))
		check_lines(40);
	in_close(&in);
	return 0;
}

UNIT_TEST("in: a pipe that does not wait is waited for")
{
	CHECK_INT(place_child(read_impatient_pipe), 0);
}

UNIT_TEST("in: what cannot be opened is named with the reason")
{
	if (!place_make())
		return;
	CHECK_INT(in_open(&in, "none.csv", &e), EX_NOINPUT);
	CHECK_STR(e.msg, "none.csv: cannot open: No such file or directory");
	CHECK_INT(in_open(&in, ".", &e), EX_NOINPUT);
	CHECK_STR(e.msg, ".: is a directory");
	CHECK_INT(in_open(&in, "", &e), EX_NOINPUT);
	place_write("f", "", 0);
	CHECK_INT(in_open(&in, "f/g", &e), EX_NOINPUT);
	CHECK_STR(e.msg, "f/g: cannot open: Not a directory");
	if (geteuid() != 0) {
		CHECK(chmod("f", 0) == 0);
		CHECK_INT(in_open(&in, "f", &e), EX_NOINPUT);
		CHECK_STR(e.msg, "f: cannot open: Permission denied");
	}
	place_remove();
}

static int
closed_input(void)
{
	(void)close(0);
	CHECK_INT(in_open(&in, "-", &e), EX_NOINPUT);
	CHECK_STR(e.msg, "standard input: cannot open: Bad file descriptor");
	return 0;
}

UNIT_TEST("in: a closed standard input is said to be so")
{
	CHECK_INT(place_child(closed_input), 0);
}

static int
low_descriptors(void)
{
	(void)close(0);
	(void)close(2);
	if (in_open(&in, "/dev/null", &e) != 0)
		return 1;
	CHECK(in.fd > 2);
	CHECK((fcntl(in.fd, F_GETFD) & FD_CLOEXEC) != 0);
	CHECK(fcntl(0, F_GETFD) < 0 && fcntl(2, F_GETFD) < 0);
	in_close(&in);
	return 0;
}

UNIT_TEST("in: a file never takes the place of a standard descriptor")
{
	CHECK_INT(place_child(low_descriptors), 0);
}

static int
read_fails(void)
{
	const char *line;
	size_t n;
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)dup2(fd, 0);
	CHECK_INT(in_open(&in, "-", &e), 0);
	CHECK_INT(in_line(&in, MAX, &line, &n, &e), EX_IOERR);
	CHECK_STR(e.msg, "standard input: cannot read: Bad file descriptor");
	in_close(&in);
	return 0;
}

UNIT_TEST("in: a read that fails is said to")
{
	CHECK_INT(place_child(read_fails), 0);
}

/* In 50 ms, signal ${signo} to this process. */
static void
signal_soon(int signo)
{
	pid_t parent = getpid();

	if (fork() == 0) {
		place_pause(50);
		_exit(kill(parent, signo));
	}
}

static int
signal_while_reading(void)
{
	int fds[2];

	sig_catch();
	if (pipe(fds) != 0 || dup2(fds[0], 0) != 0)
		return 1;
	CHECK_INT(write(fds[1], "a\nb", 3), 3);
	CHECK_INT(in_open(&in, "-", &e), 0);
	signal_soon(SIGTERM);
	CHECK_STR(next_line(MAX), "a\n");
	CHECK_STR(next_line(MAX), "(signal)");
	CHECK_STR(next_line(MAX), "(signal)");
	CHECK_INT(sig_seen(), SIGTERM);
	in_close(&in);
	return 0;
}

UNIT_TEST("in: a signal ends the wait for a line")
{
	CHECK_INT(place_child(signal_while_reading), 0);
}

static void
ignore(int signo)
{
	(void)signo;
}

static int
other_signal(void)
{
	struct sigaction sa = {.sa_handler = ignore};
	int fds[2];

	(void)sigaction(SIGUSR1, &sa, NULL);
	if (pipe(fds) != 0 || dup2(fds[0], 0) != 0)
		return 1;
	CHECK_INT(in_open(&in, "-", &e), 0);
	signal_soon(SIGUSR1);
	if (fork() == 0) {
		place_pause(100);
		_exit(write(fds[1], "x\n", 2) == 2 ? 0 : 1);
	}
	CHECK_STR(next_line(MAX), "x\n");
	in_close(&in);
	return 0;
}

UNIT_TEST("in: a signal that is none of ours does not end the wait")
{
	CHECK_INT(place_child(other_signal), 0);
}

static int
signal_before_writer(void)
{
	sig_catch();
	signal_soon(SIGINT);
	CHECK_INT(in_open(&in, "fifo", &e), IN_SIGNAL);
	CHECK_INT(sig_seen(), SIGINT);
	return 0;
}

UNIT_TEST("in: a signal ends the wait for a writer")
{
	if (!place_make() || !CHECK(mkfifo("fifo", 0600) == 0))
		return;
	CHECK_INT(place_child(signal_before_writer), 0);
	place_remove();
}

static int
huge_line(void)
{
	static char block[1 << 20];
	const char *line;
	size_t n;
	int fds[2];

	if (pipe(fds) != 0 || dup2(fds[0], 0) != 0)
		return 1;
	if (fork() == 0) {
		(void)close(fds[0]);
		(void)close(0);
		memset(block, 'x', sizeof(block));
		for (int i = 0; i < 64; i++)
			if (write(fds[1], block, sizeof(block)) < 0)
				_exit(1);
		_exit(0);
	}
	(void)close(fds[1]);
	(void)close(fds[0]);
	CHECK_INT(in_open(&in, "-", &e), 0);
	CHECK_INT(in_line(&in, (size_t)100 << 20, &line, &n, &e), 0);
	CHECK_INT(n, 64 << 20);
	CHECK_INT(in_line(&in, (size_t)100 << 20, &line, &n, &e), IN_END);
	CHECK(in.cap <= ((size_t)128 << 20) + IN_BLOCK);
	in_close(&in);
	return 0;
}

UNIT_TEST("in: a line of many blocks is whole")
{
	CHECK_INT(place_child(huge_line), 0);
}

UNIT_TEST("in: bytes in memory can be passed by other means, zeros behind them")
{
	static const char zeros[IN_PAD];

	if (!place_make() || !open_bytes("one\ntwo\nthree", 13))
		return;
	CHECK_INT(in_more(&in, &e), 0);
	CHECK_INT(in.len - in.pos, 13);
	CHECK(memcmp(in.data + in.len, zeros, IN_PAD) == 0);
	in_pass(&in, 4);
	CHECK_INT(in.bytes, 4);
	CHECK_STR(next_line(MAX), "two\n");
	CHECK_INT(in_more(&in, &e), 0);
	CHECK(in.eof);
	CHECK_STR(next_line(MAX), "three");
	CHECK_STR(next_line(MAX), "(end)");
	CHECK_INT(in_more(&in, &e), 0);
	in_close(&in);
	place_remove();
}

static void
count_call(void *arg)
{
	++*(int *)arg;
}

UNIT_TEST("in: the position in a file is that of the lines handed out")
{
	int64_t at, size;
	int reads = 0;

	if (!place_make() || !open_bytes("a\nbc\n", 5))
		return;
	in.on_read = (struct hook){count_call, &reads};
	CHECK(in_position(&in, &at, &size));
	CHECK_INT(at, 0);
	CHECK_INT(size, 5);
	CHECK_STR(next_line(MAX), "a\n");
	CHECK(in_position(&in, &at, &size));
	CHECK_INT(at, 2);
	CHECK_INT(reads, 1);
	CHECK_STR(next_line(MAX), "bc\n");
	CHECK_INT(reads, 1);
	CHECK_STR(next_line(MAX), "(end)");
	CHECK_INT(reads, 2);
	CHECK(in_position(&in, &at, &size));
	CHECK_INT(at, 5);
	in_close(&in);
	CHECK_INT(in_open(&in, "/dev/null", &e), 0);
	CHECK(!in_position(&in, &at, &size));
	in_close(&in);
	place_remove();
}
