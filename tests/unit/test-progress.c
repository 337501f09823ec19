/* SPDX-License-Identifier: MIT */
/* Tests of face/progress. */
#define _XOPEN_SOURCE 700 /* posix_openpt */
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/when.h"
#include "face/progress.h"
#include "unit.h"

static char line[512];

static const char *
put(const struct progress_figures *f, size_t width)
{
	struct buf text = {0};

	progress_put(f, width, &text);
	snprintf(line, sizeof(line), "%s", buf_text(&text));
	buf_release(&text);
	return line;
}

UNIT_TEST("progress: what is known is said, the share first")
{
	struct progress_figures f = {.label = "qte-run",
	    .unit = "rows",
	    .done = 2345678,
	    .rate = 1234567.4,
	    .share = 0.459,
	    .left_s = 11.1};

	CHECK_STR(put(&f, 80),
	    "qte-run: 45 %, 0:12 left, 2,345,678 rows, 1,234,567 rows/s");
	f.left_s = NAN;
	f.rate = 0.25;
	CHECK_STR(put(&f, 80), "qte-run: 45 %, 2,345,678 rows, 0.2 rows/s");
	f.share = NAN;
	f.rate = NAN;
	CHECK_STR(put(&f, 80), "qte-run: 2,345,678 rows");
}

UNIT_TEST("progress: the time that is left, unless it is long")
{
	static const struct {
		double s;
		const char *want;
	} times[] = {{0, "t: 0:00 left, 1 u"}, {59, "t: 0:59 left, 1 u"},
	    {60, "t: 1:00 left, 1 u"}, {3599.5, "t: 1:00:00 left, 1 u"},
	    {36061, "t: 10:01:01 left, 1 u"}, {360000, "t: 1 u"},
	    {INFINITY, "t: 1 u"}};
	struct progress_figures f = {.label = "t",
	    .unit = "u",
	    .done = 1,
	    .rate = NAN,
	    .share = NAN};

	for (size_t i = 0; i < QTE_COUNT(times); i++) {
		f.left_s = times[i].s;
		CHECK_STR(put(&f, 80), times[i].want);
	}
}

UNIT_TEST("progress: it says as much as there is room for")
{
	static const char *const parts[] = {"", "qte-run: 45 %",
	    "qte-run: 45 %, 0:12 left", "qte-run: 45 %, 0:12 left, 5 rows",
	    "qte-run: 45 %, 0:12 left, 5 rows, 10 rows/s"};
	const struct progress_figures f = {.label = "qte-run",
	    .unit = "rows",
	    .done = 5,
	    .rate = 10,
	    .share = 0.45,
	    .left_s = 12};
	size_t part = 0;

	for (size_t width = 0; width < 50; width++) {
		if (part + 1 < QTE_COUNT(parts) &&
		    strlen(parts[part + 1]) <= width)
			part++;
		CHECK_STR(put(&f, width), parts[part]);
	}
}

static int controller, saved;

/* Has a terminal of ${columns} for standard error. */
static bool
terminal(unsigned short columns)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	int fd = -1;

	CHECK(setenv("TERM", "xterm", 1) == 0);
	CHECK(unsetenv("COLUMNS") == 0);
	controller = posix_openpt(O_RDWR | O_NOCTTY);
	if (controller >= 0 && grantpt(controller) == 0 &&
	    unlockpt(controller) == 0)
		fd = open(ptsname(controller), O_RDWR | O_NOCTTY);
	if (fd < 0) {
		printf("# no terminal to test with\n");
		return false;
	}
	saved = dup(STDERR_FILENO);
	CHECK(ioctl(fd, TIOCSWINSZ, &size) == 0);
	CHECK(dup2(fd, STDERR_FILENO) == STDERR_FILENO);
	(void)close(fd);
	return true;
}

/* What was written to it since the last time; "^" for the escape. */
static const char *
seen(void)
{
	struct pollfd p = {.fd = controller, .events = POLLIN};
	ssize_t n = 0;

	if (poll(&p, 1, 20) > 0)
		n = read(controller, line, sizeof(line) - 1);
	line[n > 0 ? n : 0] = '\0';
	for (char *c = line; *c != '\0'; c++)
		*c = *c == '\033' ? '^' : *c;
	return line;
}

static void
done_with_terminal(void)
{
	CHECK(dup2(saved, STDERR_FILENO) == STDERR_FILENO);
	(void)close(saved);
	(void)close(controller);
}

static struct progress_opts
opts_to(const char *path)
{
	return (struct progress_opts){.label = "t",
	    .unit = "u",
	    .every = 10,
	    .out_fd = open(path, O_WRONLY | O_CLOEXEC)};
}

UNIT_TEST("progress: it comes late, and looks at the clock now and then")
{
	struct progress_opts opts = opts_to("/dev/null");
	struct progress p;
	int64_t before;

	if (!terminal(80))
		return;
	before = when_ticks();
	progress_init(&p, &opts);
	CHECK(p.due_ns >= before + WHEN_SECOND / 2);
	p.due_ns = INT64_MAX;
	CHECK(!progress_due(&p, 1));
	CHECK(!progress_look(&p, 1));
	p.due_ns = 0;
	CHECK(!progress_due(&p, 10));
	CHECK(progress_due(&p, 11));
	CHECK(progress_look(&p, 11));
	progress_show(&p, &(struct progress_state){11, 0, 0});
	CHECK(strncmp(seen(), "\r^[Jt: 11 u, ", 13) == 0);
	CHECK(p.due_ns >= before + WHEN_SECOND / 5);
	progress_end(&p);
	CHECK_STR(seen(), "\r^[J");
	CHECK(!progress_look(&p, 1000000));
	progress_end(&p);
	CHECK_STR(seen(), "");
	done_with_terminal();
	(void)close(opts.out_fd);
}

UNIT_TEST("progress: the share and what is left follow from the position")
{
	struct progress_opts opts = opts_to("/dev/null");
	struct progress p;
	struct winsize narrow = {.ws_row = 24, .ws_col = 6};

	if (!terminal(20))
		return;
	progress_init(&p, &opts);
	progress_show(&p, &(struct progress_state){10, 999, 1000});
	CHECK_STR(seen(), "\r^[Jt: 99 %, 0:01 left\r");
	progress_show(&p, &(struct progress_state){10, 1200, 1000});
	CHECK(strncmp(seen(), "\r^[Jt: 100 %", 11) == 0);
	/* The terminal may change its width at any time. */
	CHECK(ioctl(STDERR_FILENO, TIOCSWINSZ, &narrow) == 0);
	progress_show(&p, &(struct progress_state){10, 0, 1000});
	CHECK_STR(seen(), "\r^[J\r");
	progress_hide(&p);
	CHECK_STR(seen(), "\r^[J");
	progress_hide(&p);
	CHECK_STR(seen(), "");
	done_with_terminal();
	(void)close(opts.out_fd);
}

UNIT_TEST("progress: the rate is that of the last seconds")
{
	struct progress_opts opts = opts_to("/dev/null");
	struct progress p;

	if (!terminal(80))
		return;
	progress_init(&p, &opts);
	p.marks[0].ns = p.marks[1].ns -= 100 * WHEN_SECOND;
	progress_show(&p, &(struct progress_state){5000, 0, 0});
	CHECK(strstr(seen(), " 5,000 u, 50 u/s\r") != NULL ||
	    strstr(line, " 49 u/s\r") != NULL);
	CHECK_INT(p.marks[0].state.done, 0);
	CHECK_INT(p.marks[1].state.done, 5000);
	p.marks[1].ns -= 10 * WHEN_SECOND;
	progress_show(&p, &(struct progress_state){5000, 0, 0});
	CHECK_INT(p.marks[0].state.done, 5000);
	(void)seen();
	progress_show(&p, &(struct progress_state){5000, 0, 0});
	CHECK(strstr(seen(), " 5,000 u, 0.0 u/s\r") != NULL);
	done_with_terminal();
	(void)close(opts.out_fd);
}

static void
check_silent(const struct progress_opts *opts)
{
	struct progress p;

	progress_init(&p, opts);
	p.due_ns = 0;
	CHECK(!progress_look(&p, 0));
	CHECK(!progress_due(&p, 1000000));
}

UNIT_TEST("progress: none when quiet, into a pipe, or where nothing erases")
{
	struct progress_opts opts = opts_to("/dev/null");
	int fds[2];

	check_silent(&opts); /* No terminal. */
	if (!terminal(80))
		return;
	opts.quiet = true;
	check_silent(&opts);
	opts.quiet = false;
	CHECK(setenv("TERM", "dumb", 1) == 0);
	check_silent(&opts);
	CHECK(unsetenv("TERM") == 0);
	check_silent(&opts);
	CHECK(setenv("TERM", "xterm", 1) == 0);
	(void)close(opts.out_fd);
	CHECK(pipe(fds) == 0);
	opts.out_fd = fds[1];
	check_silent(&opts);
	done_with_terminal();
	(void)close(fds[0]);
	(void)close(fds[1]);
}
