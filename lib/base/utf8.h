/* SPDX-License-Identifier: MIT */
/* UTF-8: is it valid, and how wide is it on a terminal. */
#ifndef QTE_UTF8_H
#define QTE_UTF8_H

#include "base/base.h"

/*
 * utf8_valid(text, n):
 * The length of the longest valid start of the ${n} bytes of ${text}: ${n} when
 * all is valid.  Overlong forms, surrogates and values over U+10FFFF are not.
 */
size_t utf8_valid(const char *, size_t);

/*
 * utf8_next(text, n, rune):
 * Decode the character at the start of ${text}, of ${n} > 0 bytes.  Return its
 * length in bytes, or 0 when it is not valid.
 */
size_t utf8_next(const char *, size_t, uint32_t *);

/*
 * utf8_width(text, n):
 * Columns that a terminal gives to ${n} bytes of valid UTF-8: two for East
 * Asian wide characters and emoji, none for combining marks, one for the rest.
 */
size_t utf8_width(const char *, size_t);

/*
 * utf8_control(rune):
 * Whether the character acts on a terminal: C0, DEL, C1, and those that turn
 * the direction of what follows, U+202A to 202E and U+2066 to 2069.
 */
bool utf8_control(uint32_t);

/* How one character is shown, so that no text can act on the terminal. */
struct utf8_glyph {
	char text[8];	/* with a NUL */
	size_t len;	/* bytes of text */
	size_t columns; /* on the terminal */
	size_t used;	/* bytes of the input */
};

/*
 * utf8_glyph(text, n):
 * The character at the start of ${text}, of ${n} > 0 bytes, as it is shown: a
 * byte of a control character, or one that is not UTF-8, as \xNN, the rest as
 * it is.
 */
struct utf8_glyph utf8_glyph(const char *, size_t);

#endif
