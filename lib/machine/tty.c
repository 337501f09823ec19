/* SPDX-License-Identifier: MIT */
/* The terminal: is there one, how wide is it, may it be coloured. */
#include "machine/tty.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/num.h"

#define WIDTH_UNKNOWN 80
#define WIDTH_MAX 10000

bool
tty_is(int fd)
{
	return isatty(fd) == 1;
}

bool
tty_escapes(int fd)
{
	const char *term = getenv("TERM");

	return tty_is(fd) && term != NULL && term[0] != '\0' &&
	    strcmp(term, "dumb") != 0;
}

bool
tty_foreground(int fd)
{
	pid_t group = tcgetpgrp(fd);

	/* Another session's terminal knows nothing of our jobs. */
	return group <= 0 || group == getpgrp();
}

size_t
tty_width(int fd)
{
	const char *text = getenv("COLUMNS");
	struct winsize size;
	int64_t columns;

	if (text != NULL &&
	    num_read_int(text, strlen(text), &columns) == NUM_OK &&
	    columns > 0 && columns <= WIDTH_MAX)
		return (size_t)columns;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return WIDTH_UNKNOWN;
}

bool
tty_colored(int fd, enum tty_color when)
{
	const char *refused = getenv("NO_COLOR");

	if (when != TTY_COLOR_AUTO)
		return when == TTY_COLOR_ALWAYS;
	if (refused != NULL && refused[0] != '\0')
		return false;
	return tty_escapes(fd);
}

bool
tty_utf8(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	const char *locale = NULL, *dot;

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		locale = getenv(names[i]);
		if (locale != NULL && locale[0] != '\0')
			break;
	}
	if (locale == NULL)
		return false;
	dot = strchr(locale, '.');
	if (dot != NULL)
		locale = dot + 1;
	return strncasecmp(locale, "UTF-8", 5) == 0 ||
	    strncasecmp(locale, "UTF8", 4) == 0;
}
