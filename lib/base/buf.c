/* SPDX-License-Identifier: MIT */
/* A string of bytes that grows. */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define SMALLEST 64

char *
buf_reserve(struct buf *b, size_t n)
{
	size_t need;

	/* The NUL behind the content needs its byte too. */
	if (__builtin_add_overflow(b->len, n, &need) ||
	    __builtin_add_overflow(need, 1, &need))
		need = SIZE_MAX;
	if (need > b->cap) {
		size_t cap = b->cap <= SIZE_MAX / 2 ? b->cap * 2 : need;

		cap = cap > SMALLEST ? cap : SMALLEST;
		cap = cap > need ? cap : need;
		b->data = mem_resize(b->data, cap, 1);
		b->cap = cap;
	}
	b->data[b->len] = '\0';
	return b->data + b->len;
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
	char *to = buf_reserve(b, n);

	if (n > 0)
		memcpy(to, bytes, n);
	to[n] = '\0';
	b->len += n;
}

void
buf_str(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(n >= 0);

	char *to = buf_reserve(b, (size_t)n);

	va_start(ap, fmt);
	(void)vsnprintf(to, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void
buf_shown(struct buf *b, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		struct utf8_glyph g = utf8_glyph(text, left);

		buf_add(b, g.text, g.len);
		text += g.used;
		left -= g.used;
	}
}

const char *
buf_text(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}

void
buf_reset(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

char *
buf_detach(struct buf *b)
{
	(void)buf_reserve(b, 0);
	char *text = b->data;

	*b = (struct buf){0};
	return text;
}

void
buf_release(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
