/* SPDX-License-Identifier: MIT */
/* The one error type: messages on one line, suggestions, excerpts. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* Longer than a message, so that what is too long shows. */
#define RAW_SIZE 2048

/* Names longer than this are never suggested. */
#define NAME_MAX_LEN 64

/* What an excerpt shows at most, and how far the caret stays from its ends. */
#define EXCERPT_COLUMNS 70
#define EXCERPT_MARGIN 20
#define EXCERPT_MARKS 90 /* bytes of combining marks */

/* The excerpt as it grows: columns [from, to) of the text. */
struct excerpt {
	size_t from, to;
	size_t marks;
	size_t len;
	char *out;
};

/* Where the character begins that byte ${at} of valid ${text} is part of. */
static size_t
boundary(const char *text, size_t at)
{
	while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* Append ${text} to the message; one that is too long ends in "...". */
static void
append(struct err *e, const char *text)
{
	const size_t max = sizeof(e->msg) - 1;
	size_t len = strlen(e->msg), cut = len, n = strlen(text);

	if (cut > max - 3)
		cut = boundary(e->msg, max - 3);
	for (size_t i = 0; i < n;) {
		struct utf8_glyph g = utf8_glyph(text + i, n - i);

		if (len + g.len > max) {
			memcpy(e->msg + cut, "...", 4);
			return;
		}
		memcpy(e->msg + len, g.text, g.len);
		len += g.len;
		e->msg[len] = '\0';
		if (len <= max - 3)
			cut = len;
		i += g.used;
	}
}

static void format(char *, const char *, va_list) QTE_PRINTF(2, 0);

static void
format(char *raw, const char *fmt, va_list ap)
{
	raw[0] = '\0';
	(void)vsnprintf(raw, RAW_SIZE, fmt, ap);
	raw[RAW_SIZE - 1] = '\0';
}

int
err_vset(struct err *e, int status, const char *fmt, va_list ap)
{
	char raw[RAW_SIZE];

	format(raw, fmt, ap);
	e->status = status;
	e->msg[0] = '\0';
	e->excerpt[0] = '\0';
	append(e, raw);
	return status;
}

int
err_set(struct err *e, int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)err_vset(e, status, fmt, ap);
	va_end(ap);
	return status;
}

int
err_sys(struct err *e, int status, int errnum, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)err_vset(e, status, fmt, ap);
	va_end(ap);
	append(e, ": ");
	append(e, strerror(errnum));
	return status;
}

/* Puts ${front} and ${between} in the place of the first ${n} bytes. */
static void
put_front(struct err *e, const char *front, const char *between, size_t n)
{
	char msg[sizeof(e->msg)];

	memcpy(msg, e->msg, sizeof(msg));
	e->msg[0] = '\0';
	append(e, front);
	append(e, between);
	append(e, msg + n);
}

int
err_wrap(struct err *e, const char *fmt, ...)
{
	char place[RAW_SIZE];
	va_list ap;

	va_start(ap, fmt);
	format(place, fmt, ap);
	va_end(ap);
	put_front(e, place, ": ", 0);
	return e->status;
}

void
err_rename(struct err *e, size_t n, const char *fmt, ...)
{
	char name[RAW_SIZE];
	va_list ap;

	va_start(ap, fmt);
	format(name, fmt, ap);
	va_end(ap);
	put_front(e, name, "", n);
}

void
err_add(struct err *e, const char *fmt, ...)
{
	char raw[RAW_SIZE];
	va_list ap;

	va_start(ap, fmt);
	format(raw, fmt, ap);
	va_end(ap);
	append(e, raw);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/*
 * How many letters must be added, dropped, changed or swapped with their
 * neighbour to make ${b} of ${a}; neither is longer than NAME_MAX_LEN.
 */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_LEN + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];
	size_t na = strlen(a), nb = strlen(b);

	for (size_t j = 0; j <= nb; j++)
		last[j] = before[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			char ca = lower(a[i - 1]), cb = lower(b[j - 1]);

			row[j] = min3(last[j] + 1, row[j - 1] + 1,
			    last[j - 1] + (ca != cb));
			if (i > 1 && j > 1 && ca == lower(b[j - 2]) &&
			    cb == lower(a[i - 2]) && before[j - 2] < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[nb];
}

bool
err_suggest(struct err *e, const char *word, const char *const *names, size_t n,
    size_t stride)
{
	const char *best = NULL;
	size_t len = strlen(word), limit = len / 3 + 1;

	if (len == 0 || len > NAME_MAX_LEN)
		return false;
	for (size_t i = 0; i < n; i++) {
		const void *at = (const char *)names + i * stride;
		const char *name = *(const char *const *)at;

		if (name == NULL || strlen(name) > NAME_MAX_LEN)
			continue;
		size_t d = distance(word, name);

		if (d < limit) {
			limit = d;
			best = name;
		}
	}
	if (best == NULL)
		return false;
	err_add(e, "; did you mean '%s'?", best);
	return true;
}

/* Blanks stand for tabs and line ends, which would tear the excerpt. */
static struct utf8_glyph
excerpt_glyph(const char *text, size_t n)
{
	if (text[0] == '\t' || text[0] == '\n' || text[0] == '\r')
		return (struct utf8_glyph){" ", 1, 1, 1};
	return utf8_glyph(text, n);
}

/* The columns of the characters that begin in the first ${n} bytes. */
static size_t
columns_before(const char *text, size_t len, size_t n)
{
	size_t columns = 0;

	for (size_t i = 0; i < n && i < len;) {
		struct utf8_glyph g = excerpt_glyph(text + i, len - i);

		columns += g.columns;
		i += g.used;
	}
	return columns;
}

/* Choose what to show of ${all} columns with the caret at ${at}. */
static void
choose(struct excerpt *x, size_t all, size_t at)
{
	x->from = 0;
	if (all > EXCERPT_COLUMNS && at > EXCERPT_COLUMNS - EXCERPT_MARGIN)
		x->from = at - (EXCERPT_COLUMNS - EXCERPT_MARGIN);
	x->to = all;
	if (x->to > x->from + EXCERPT_COLUMNS)
		x->to = x->from + EXCERPT_COLUMNS;
}

static void
put(struct excerpt *x, const char *text, size_t n)
{
	memcpy(x->out + x->len, text, n);
	x->len += n;
	x->out[x->len] = '\0';
}

/* Blanks keep the place of what a cut goes through the middle of. */
static void
put_part(struct excerpt *x, const struct utf8_glyph *g, size_t column)
{
	size_t end = column + g->columns;

	if (column >= x->from && end <= x->to) {
		if (g->columns == 0 && (x->marks += g->len) > EXCERPT_MARKS)
			return;
		put(x, g->text, g->len);
		return;
	}
	for (size_t c = column; c < end; c++)
		if (c >= x->from && c < x->to)
			put(x, " ", 1);
}

static void
put_text(struct excerpt *x, const char *text, size_t len, size_t all)
{
	size_t column = 0;

	if (x->from > 0)
		put(x, "...", 3);
	for (size_t i = 0; i < len && column < x->to;) {
		struct utf8_glyph g = excerpt_glyph(text + i, len - i);

		if (g.columns > 0 || column > x->from)
			put_part(x, &g, column);
		column += g.columns;
		i += g.used;
	}
	if (x->to < all)
		put(x, "...", 3);
}

void
err_caret(struct err *e, const char *text, size_t len, size_t at, size_t width)
{
	struct excerpt x = {.out = e->excerpt};

	while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	if (at > len)
		at = len;
	if (width > len - at)
		width = len - at;

	size_t all = columns_before(text, len, len);
	size_t first = columns_before(text, len, at);
	size_t end = columns_before(text, len, at + width);

	choose(&x, all, first);
	put_text(&x, text, len, all);
	put(&x, "\n", 1);
	for (size_t c = x.from; c < first + (x.from > 0 ? 3 : 0); c++)
		put(&x, " ", 1);
	put(&x, "^", 1);
	for (size_t c = first + 1; c < end && c < x.to; c++)
		put(&x, "~", 1);
}
