/* SPDX-License-Identifier: MIT */
/* A row of trades once more. */
#include "book/source.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a row so much is looked at. */
#define ROW_MAX ((size_t)4096)

void
source_open(struct source *s, const struct sheet *sheet)
{
	s->opened = true;
	s->fd = -1;
	s->delimiter = sheet->check->options->delimiter;
	if (S_ISREG(sheet->before.st_mode) && !sheet->compressed)
		s->fd = fcntl(sheet->in.fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

void
source_close(struct source *s)
{
	if (s->opened && s->fd >= 0)
		(void)close(s->fd);
	buf_release(&s->row);
	buf_release(&s->field);
}

/* Read the first line of the row; it may be cut. */
static bool
read_row(struct source *s, int64_t offset)
{
	char *to, *newline;
	ssize_t n;

	buf_reset(&s->row);
	to = buf_reserve(&s->row, ROW_MAX);
	n = s->fd >= 0 ? pread(s->fd, to, ROW_MAX, (off_t)offset) : 0;
	if (n <= 0)
		return false;
	newline = memchr(to, '\n', (size_t)n);
	s->row.len = newline != NULL ? (size_t)(newline - to) : (size_t)n;
	if (s->row.len > 0 && to[s->row.len - 1] == '\r')
		s->row.len--;
	to[s->row.len] = '\0';
	return true;
}

/* The byte behind the field that begins at ${at}. */
static size_t
field_end(const struct source *s, size_t at)
{
	bool quoted = false;

	for (; at < s->row.len; at++) {
		if (s->row.data[at] == '"')
			quoted = !quoted;
		else if (s->row.data[at] == s->delimiter && !quoted)
			break;
	}
	return at;
}

/* The value of the field, without its quotes. */
static void
take_field(struct source *s, size_t at, size_t end)
{
	const char *text = buf_text(&s->row);
	bool quoted = end - at >= 2 && text[at] == '"' && text[end - 1] == '"';

	buf_reset(&s->field);
	for (size_t i = at + quoted; i < end - quoted; i++) {
		buf_char(&s->field, text[i]);
		/* Inside they are doubled. */
		i += quoted && text[i] == '"';
	}
}

void
source_place(struct source *s, int64_t line, int64_t offset, size_t field,
    struct finding *f)
{
	size_t at = 0, end;

	f->line = line;
	f->offset = offset;
	f->field = field + 1;
	if (!read_row(s, offset))
		return;
	end = field_end(s, at);
	for (; field > 0 && end < s->row.len; field--) {
		at = end + 1;
		end = field_end(s, at);
	}
	/* It stands in another line of the row. */
	if (field > 0)
		return;
	take_field(s, at, end);
	f->row = buf_text(&s->row);
	f->row_len = s->row.len;
	f->offset += (int64_t)at;
	f->col = at + 1;
	f->value = buf_text(&s->field);
	f->value_len = s->field.len;
}
