/* SPDX-License-Identifier: MIT */
/* Tests of machine/tty. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "machine/tty.h"
#include "unit.h"

/* A terminal of ${columns}, or -1 where there is none to be had. */
static int
terminal(unsigned short columns)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	int fd = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd >= 0 && ioctl(fd, TIOCSWINSZ, &size) == 0)
		return fd;
	printf("# no terminal to test with\n");
	return -1;
}

static void
environment(const char *columns, const char *term, const char *no_color)
{
	static const char *const names[] = {"COLUMNS", "TERM", "NO_COLOR"};
	const char *const values[] = {columns, term, no_color};

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		if (values[i] != NULL)
			CHECK(setenv(names[i], values[i], 1) == 0);
		else
			CHECK(unsetenv(names[i]) == 0);
	}
}

UNIT_TEST("tty: a file is no terminal, and 80 columns wide")
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	environment(NULL, "xterm", NULL);
	CHECK(!tty_is(fd));
	CHECK(!tty_is(-1));
	CHECK_INT(tty_width(fd), 80);
	CHECK_INT(tty_width(-1), 80);
	CHECK(!tty_colored(fd, TTY_COLOR_AUTO));
	CHECK(tty_colored(fd, TTY_COLOR_ALWAYS));
	CHECK(!tty_colored(fd, TTY_COLOR_NEVER));
	(void)close(fd);
}

UNIT_TEST("tty: a terminal has its columns, unless COLUMNS says otherwise")
{
	static const char *const bad[] = {"", "0", "-5", "wide", "1e2",
	    "100000", "99999999999999999999"};
	int fd = terminal(132);

	if (fd < 0)
		return;
	environment(NULL, "xterm", NULL);
	CHECK(tty_is(fd));
	CHECK_INT(tty_width(fd), 132);
	environment("40", "xterm", NULL);
	CHECK_INT(tty_width(fd), 40);
	for (size_t i = 0; i < QTE_COUNT(bad); i++) {
		environment(bad[i], "xterm", NULL);
		CHECK_INT(tty_width(fd), 132);
	}
	(void)close(fd);
	fd = terminal(0);
	environment(NULL, "xterm", NULL);
	CHECK_INT(tty_width(fd), 80);
	(void)close(fd);
}

UNIT_TEST("tty: colour is for terminals that have it and people who want it")
{
	int fd = terminal(80);

	if (fd < 0)
		return;
	environment(NULL, "xterm", NULL);
	CHECK(tty_colored(fd, TTY_COLOR_AUTO));
	CHECK(!tty_colored(fd, TTY_COLOR_NEVER));
	environment(NULL, "xterm", "");
	CHECK(tty_colored(fd, TTY_COLOR_AUTO));
	environment(NULL, "xterm", "1");
	CHECK(!tty_colored(fd, TTY_COLOR_AUTO));
	CHECK(tty_colored(fd, TTY_COLOR_ALWAYS));
	environment(NULL, "dumb", NULL);
	CHECK(!tty_colored(fd, TTY_COLOR_AUTO));
	environment(NULL, NULL, NULL);
	CHECK(!tty_colored(fd, TTY_COLOR_AUTO));
	(void)close(fd);
}

/* An empty variable counts as not set; NULL is one that is not. */
static bool
utf8(const char *all, const char *ctype, const char *lang)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	const char *const values[] = {all, ctype, lang};

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		if (values[i] != NULL)
			CHECK(setenv(names[i], values[i], 1) == 0);
		else
			CHECK(unsetenv(names[i]) == 0);
	}
	return tty_utf8();
}

UNIT_TEST("tty: the first locale that is set has UTF-8 or not")
{
	CHECK(utf8("C.UTF-8", NULL, NULL));
	CHECK(utf8(NULL, NULL, "en_GB.utf8"));
	CHECK(utf8("", "zh_CN.UTF-8", "C"));
	CHECK(utf8("", "", "de_DE.UTF-8@euro"));
	CHECK(utf8(NULL, "UTF-8", NULL));
	CHECK(!utf8("C", "C.UTF-8", "C.UTF-8"));
	CHECK(!utf8(NULL, "POSIX", "C.UTF-8"));
	CHECK(!utf8(NULL, NULL, "zh_CN.GB18030"));
	CHECK(!utf8(NULL, NULL, ""));
	CHECK(!utf8(NULL, NULL, NULL));
}

UNIT_TEST("tty: a terminal that is not dumb knows escape sequences")
{
	int fd = terminal(80);

	if (fd < 0)
		return;
	environment(NULL, "xterm", "1");
	CHECK(tty_escapes(fd));
	CHECK(!tty_escapes(-1));
	/* It is not that of our jobs. */
	CHECK(tty_foreground(fd));
	CHECK(tty_foreground(-1));
	environment(NULL, "dumb", NULL);
	CHECK(!tty_escapes(fd));
	environment(NULL, "", NULL);
	CHECK(!tty_escapes(fd));
	(void)close(fd);
}
