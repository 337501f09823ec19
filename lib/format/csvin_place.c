/* SPDX-License-Identifier: MIT */
/* The record of CSV that was read last, and where its parts are. */
#include <stdarg.h>
#include <string.h>

#include "format/csvin.h"
#include "format/csvin_state.h"

/* Just behind the field that starts at p: its delimiter, newline or the end. */
static const char *
field_end(const char *p, const char *end, char delimiter)
{
	if (p < end && *p == '"') {
		for (p++; p < end; p++) {
			if (*p != '"')
				continue;
			if (p + 1 == end || p[1] != '"')
				break;
			p++;
		}
		if (p < end)
			p++;
	}
	while (p < end && *p != delimiter && *p != '\r' && *p != '\n')
		p++;
	return p;
}

const char *
csvin_start(const struct csvin *c, size_t i)
{
	const char *p = c->raw + c->bom, *end = c->raw + c->raw_len;

	while (i-- > 0) {
		p = field_end(p, end, c->delimiter);
		if (p < end && *p == c->delimiter)
			p++;
	}
	return p;
}

/* The line and column of a byte of the record. */
void
csvin_locate(const struct csvin *c, const char *byte, int64_t *line,
    size_t *column)
{
	const char *start = c->raw, *newline;

	*line = c->first_line;
	while ((newline = memchr(start, '\n', (size_t)(byte - start)))) {
		start = newline + 1;
		++*line;
	}
	*column = (size_t)(byte - start) + 1;
}

const char *
csvin_name(const struct csvin *c)
{
	const char *name = c->lines.in->name;

	return strcmp(name, "-") == 0 ? "standard input" : name;
}

enum csvin_fault
csvin_fault(const struct csvin *c)
{
	return c->fault;
}

size_t
csvin_count(const struct csvin *c)
{
	return c->fields.n;
}

const struct csvin_field *
csvin_field(const struct csvin *c, size_t i)
{
	return &c->fields.at[i];
}

int64_t
csvin_line(const struct csvin *c)
{
	return c->first_line;
}

int64_t
csvin_next_line(const struct csvin *c)
{
	return c->lines.line + 1;
}

int64_t
csvin_offset(const struct csvin *c)
{
	return c->offset;
}

const char *
csvin_raw(const struct csvin *c, size_t *n)
{
	*n = c->raw_len;
	return c->raw;
}

size_t
csvin_fault_at(const struct csvin *c)
{
	return c->fault_at;
}

size_t
csvin_span(const struct csvin *c, size_t i, size_t *n)
{
	const char *start = csvin_start(c, i);

	*n = (size_t)(field_end(start, c->raw + c->raw_len, c->delimiter) -
	    start);
	return (size_t)(start - c->raw);
}

bool
csvin_plain(const struct csvin *c)
{
	return c->plain;
}

bool
csvin_cut(const struct csvin *c)
{
	return c->cut;
}

void
csvin_place(const struct csvin *c, size_t i, int64_t *line, size_t *column)
{
	csvin_locate(c, csvin_start(c, i), line, column);
}

int
csvin_err(const struct csvin *c, size_t i, struct err *e, const char *format,
    ...)
{
	int64_t line;
	size_t column;
	va_list args;

	if (e == NULL)
		return EX_DATAERR;
	va_start(args, format);
	err_vset(e, EX_DATAERR, format, args);
	va_end(args);
	if (c->judge)
		return EX_DATAERR;
	csvin_place(c, i, &line, &column);
	return err_wrap(e, "%s:%lld:%zu", csvin_name(c), (long long)line,
	    column);
}

const char *
csvin_show(const char *text, size_t n, char to[CSVIN_SHOWN_SIZE])
{
	size_t shown = n;

	if (n > CSVIN_SHOWN_SIZE - sizeof("...")) {
		shown = CSVIN_SHOWN_SIZE - sizeof("...");
		while (shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80)
			shown--;
	}
	memcpy(to, text, shown);
	memcpy(to + shown, "...", sizeof("..."));
	if (shown == n)
		to[n] = '\0';
	return to;
}
