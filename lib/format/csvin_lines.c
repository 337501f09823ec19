/* SPDX-License-Identifier: MIT */
/* The lines that records of CSV are made of. */
#include "format/csvin_lines.h"

#include <string.h>

void
csvin_lines_release(struct csvin_lines *l)
{
	buf_release(&l->again);
}

bool
csvin_lines_fresh(const struct csvin_lines *l)
{
	return l->again_at == l->again.len;
}

/* The next of the lines that come again; the file may go on behind the last. */
static bool
take_again(struct csvin_lines *l, const char **line, size_t *n)
{
	const char *end;

	if (csvin_lines_fresh(l))
		return false;
	*line = l->again.data + l->again_at;
	*n = l->again.len - l->again_at;
	end = memchr(*line, '\n', *n);
	if (end != NULL)
		*n = (size_t)(end + 1 - *line);
	l->again_at += *n;
	return true;
}

int
csvin_lines_next(struct csvin_lines *l, size_t max, const char **line,
    size_t *n, struct err *e)
{
	if (!take_again(l, line, n)) {
		int rc = in_line(l->in, max, line, n, e);

		if (rc != 0)
			return rc;
	}
	l->line++;
	l->offset += (int64_t)*n;
	return 0;
}

void
csvin_lines_back(struct csvin_lines *l, const char *text, size_t n)
{
	struct buf again = {0};

	/* A line that came again may still be in use. */
	if (n == 0)
		return;
	l->offset -= (int64_t)n;
	for (const char *p = text; p < text + n; l->line--) {
		const char *end = memchr(p, '\n', (size_t)(text + n - p));

		p = end != NULL ? end + 1 : text + n;
	}
	buf_add(&again, text, n);
	if (!csvin_lines_fresh(l))
		buf_add(&again, l->again.data + l->again_at,
		    l->again.len - l->again_at);
	buf_release(&l->again);
	l->again = again;
	l->again_at = 0;
}

/*
 * Pass over what is in memory, up to the end of a line outside quotes; whether
 * there was one.  A doubled quote closes and opens.
 */
static bool
skip_some(struct in *in, bool *quoted)
{
	const char *p = in->data + in->pos, *end = in->data + in->len;
	const char *newline = NULL;

	while (newline == NULL && p < end) {
		size_t n = (size_t)(end - p);
		const char *quote;

		newline = *quoted ? NULL : memchr(p, '\n', n);
		quote =
		    memchr(p, '"', newline != NULL ? (size_t)(newline - p) : n);
		if (quote != NULL) {
			*quoted = !*quoted;
			newline = NULL;
			p = quote + 1;
		} else {
			p = newline != NULL ? newline + 1 : end;
		}
	}
	in->pos = (size_t)(p - in->data);
	return newline != NULL;
}

/* The bytes that were passed over from ${at} on. */
static void
count_skipped(struct csvin_lines *l, size_t at)
{
	struct in *in = l->in;
	size_t n = in->pos - at;

	for (const char *p = in->data + at, *end = in->data + in->pos;
	     (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
		l->line++;
	in->pos = at;
	in_pass(in, n);
	l->offset += (int64_t)n;
}

int
csvin_lines_skip(struct csvin_lines *l, bool quoted, struct err *e)
{
	for (;;) {
		size_t at = l->in->pos;
		bool found = skip_some(l->in, &quoted);

		count_skipped(l, at);
		if (found)
			return 0;
		if (l->in->eof)
			return 0;

		int rc = in_more(l->in, e);

		if (rc != 0)
			return rc;
	}
}
