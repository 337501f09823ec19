/* SPDX-License-Identifier: MIT */
/* The terminal: is there one, its width, its colours and its characters. */
#ifndef QTE_TTY_H
#define QTE_TTY_H

#include "base/base.h"

enum tty_color { TTY_COLOR_AUTO, TTY_COLOR_ALWAYS, TTY_COLOR_NEVER };

/* tty_is(fd): is ${fd} a terminal. */
bool tty_is(int);

/*
 * tty_escapes(fd):
 * Is ${fd} a terminal that knows escape sequences: TERM is set and not "dumb".
 */
bool tty_escapes(int);

/*
 * tty_foreground(fd):
 * Whether we may write to the terminal ${fd}: no when it is that of a shell
 * which has put us in the background.
 */
bool tty_foreground(int);

/* tty_width(fd): COLUMNS when set, else its columns; 80 when nobody knows. */
size_t tty_width(int);

/*
 * tty_colored(fd, when):
 * Whether to colour what goes to ${fd}.  AUTO: a terminal, TERM is set and not
 * "dumb", and NO_COLOR is not set or empty.
 */
bool tty_colored(int, enum tty_color);

/*
 * tty_utf8():
 * Whether the locale of LC_ALL, LC_CTYPE or LANG, the first that is set, has
 * UTF-8.
 */
bool tty_utf8(void);

#endif
