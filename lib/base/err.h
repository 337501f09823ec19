/* SPDX-License-Identifier: MIT */
/*
 * The one error type.  A function that can fail returns 0 or a status from
 * <sysexits.h>, and fills the struct err that its caller lent it.  The error
 * is set where it is found, gets its place added once on the way up, and is
 * printed by main.  A fresh error is (struct err){ 0 }.
 */
#ifndef QTE_ERR_H
#define QTE_ERR_H

#include <stdarg.h>

#include "base/base.h"

struct err {
	int status;	   /* 0, or the exit status that this error means */
	char msg[1024];	   /* one line: "place: what failed: why" */
	char excerpt[512]; /* empty, or the text in question and a caret */
};

/*
 * err_set(e, status, format, ...), err_vset(e, status, format, ap):
 * Replace ${e} by ${status} and a message.  Control bytes and bytes that are
 * not UTF-8 are shown as \xNN, so a hostile name cannot forge a second line; a
 * message that is too long ends in "...".  Return ${status}.
 */
int err_set(struct err *, int, const char *, ...) QTE_PRINTF(3, 4);
int err_vset(struct err *, int, const char *, va_list) QTE_PRINTF(3, 0);

/*
 * err_sys(e, status, errnum, format, ...):
 * The same with ": " and the system's text for ${errnum} at the end.
 */
int err_sys(struct err *, int, int, const char *, ...) QTE_PRINTF(4, 5);

/*
 * err_wrap(e, format, ...):
 * Put a place and ": " in front of the message of ${e}.  Return its status.
 */
int err_wrap(struct err *, const char *, ...) QTE_PRINTF(2, 3);

/*
 * err_rename(e, n, format, ...):
 * Put what is formatted in the place of the first ${n} bytes of the message.
 */
void err_rename(struct err *, size_t, const char *, ...) QTE_PRINTF(3, 4);

/*
 * err_add(e, format, ...):
 * Put more behind the message of ${e}.
 */
void err_add(struct err *, const char *, ...) QTE_PRINTF(2, 3);

/*
 * err_suggest(e, word, names, n, stride):
 * When one of ${n} names is near ${word} (letter case apart, at most a third
 * of its letters wrong, counting a swap of neighbours as one), add
 * "; did you mean 'NAME'?" to the message.  ${names} points at the first
 * const char *, the next is ${stride} bytes on; NULL names are passed over.
 * Return whether one is.
 */
bool err_suggest(struct err *, const char *, const char *const *, size_t,
    size_t);

/*
 * err_caret(e, text, len, at, width):
 * Set the excerpt: the ${len} bytes of ${text} (cut around the place when it
 * is long), and below a caret under byte ${at} and tildes to ${width} bytes.
 * Columns are counted as a terminal shows them.
 */
void err_caret(struct err *, const char *, size_t, size_t, size_t);

#endif
