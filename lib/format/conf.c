/* SPDX-License-Identifier: MIT */
/* The configuration file, read into a list. */
#include "format/conf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "machine/in.h"

/* A line may be this long, in bytes. */
#define LINE_SIZE ((size_t)64 * 1024)

/* The reader: where it is in a line, and in which section. */
struct scan {
	struct conf *conf;
	struct err *e;
	int line;
	const char *start, *at, *end; /* of the line, without its newline */
	size_t section;		      /* the entry that is its header */
	struct buf value;	      /* of the quoted text read last */
};

static int
column(const struct scan *s, const char *byte)
{
	return (int)(byte - s->start) + 1;
}

/* Refuse the file because of what stands at the byte. */
static int QTE_PRINTF(3, 4)
    fail(struct scan *s, const char *byte, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_vset(s->e, EX_CONFIG, format, args);
	va_end(args);
	return err_wrap(s->e, "%s:%d:%d", s->conf->path, s->line,
	    column(s, byte));
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void
skip_blanks(struct scan *s)
{
	while (s->at < s->end && is_blank(*s->at))
		s->at++;
}

/* Is the reader at the end of the line, or at a comment that reaches there. */
static bool
at_end(const struct scan *s)
{
	if (s->at == s->end)
		return true;
	return *s->at == '#' && (s->at == s->start || is_blank(s->at[-1]));
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

/* The name that the reader is at: its length, and the reader is behind it. */
static size_t
take_name(struct scan *s)
{
	const char *start = s->at;

	while (s->at < s->end && is_name(*s->at))
		s->at++;
	return (size_t)(s->at - start);
}

/* What a backslash and the letter stand for, or NUL. */
static char
unescape(char letter)
{
	switch (letter) {
	case '"':
	case '\\':
		return letter;
	case 'n':
		return '\n';
	case 't':
		return '\t';
	default:
		return '\0';
	}
}

/* Read the quoted text that the reader is at into the buffer. */
static int
take_quoted(struct scan *s)
{
	const char *open = s->at++;
	char c;

	buf_reset(&s->value);
	for (; s->at < s->end && *s->at != '"'; s->at++) {
		c = *s->at;
		if (c == '\\' && s->at + 1 < s->end) {
			c = unescape(*++s->at);
			if (c == '\0')
				return fail(s, s->at - 1,
				    "unknown escape: only \\\" \\\\ \\n \\t");
		}
		buf_char(&s->value, c);
	}
	if (s->at == s->end)
		return fail(s, open, "this quote is not closed on its line");
	s->at++;
	return 0;
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static int
add_section(struct scan *s, const char *name, size_t n, bool labelled)
{
	struct conf *c = s->conf;
	struct conf_entry *new = VEC_PUSH(c);

	*new = (struct conf_entry){.section = mem_text(name, n),
	    .line = s->line,
	    .column = column(s, name),
	    .key_column = column(s, name)};
	if (labelled)
		new->label = mem_text(buf_text(&s->value), s->value.len);
	s->section = c->n - 1;
	for (const struct conf_entry *old = c->at; old < new; old++)
		if (old->key == NULL && same(old->section, new->section) &&
		    same(old->label, new->label))
			return fail(s, name,
			    "section '%s' is already there, in line %d",
			    new->section, old->line);
	return 0;
}

/* [name] or [name "label"] */
static int
read_section(struct scan *s)
{
	const char *open = s->at++, *name;
	bool labelled;
	size_t n;
	int rc;

	skip_blanks(s);
	name = s->at;
	n = take_name(s);
	if (n == 0)
		return fail(s, s->at, "expected the name of a section");
	skip_blanks(s);
	labelled = s->at < s->end && *s->at == '"';
	if (labelled) {
		rc = take_quoted(s);
		if (rc != 0)
			return rc;
		skip_blanks(s);
	}
	if (s->at == s->end)
		return fail(s, open, "this bracket is not closed on its line");
	if (*s->at != ']')
		return fail(s, s->at, "expected ']'");
	s->at++;
	skip_blanks(s);
	if (!at_end(s))
		return fail(s, s->at, "text after the section's ']'");
	return add_section(s, name, n, labelled);
}

/* An unquoted value reaches to its last byte that is neither blank nor comment.
 */
static void
take_plain(struct scan *s)
{
	const char *start = s->at, *end = s->at;

	for (; !at_end(s); s->at++)
		if (!is_blank(*s->at))
			end = s->at + 1;
	buf_reset(&s->value);
	buf_add(&s->value, start, (size_t)(end - start));
}

static int
read_value(struct scan *s)
{
	int rc;

	if (s->at == s->end || *s->at != '"') {
		take_plain(s);
		return 0;
	}
	rc = take_quoted(s);
	if (rc != 0)
		return rc;
	skip_blanks(s);
	if (!at_end(s))
		return fail(s, s->at, "text after the closing quote");
	return 0;
}

/* Keys of a section stand together, behind its header. */
static int
check_key(struct scan *s, const char *key, size_t n)
{
	const struct conf *c = s->conf;

	if (c->n == 0)
		return fail(s, key, "key '%.*s' stands before any [section]",
		    (int)n, key);
	for (size_t i = s->section + 1; i < c->n; i++)
		if (strlen(c->at[i].key) == n &&
		    memcmp(c->at[i].key, key, n) == 0)
			return fail(s, key,
			    "key '%.*s' is already there, in line %d", (int)n,
			    key, c->at[i].line);
	return 0;
}

static void
add_key(struct scan *s, const char *key, size_t n, const char *value)
{
	const struct conf_entry *header = &s->conf->at[s->section];
	struct conf_entry new = {
	    .section = mem_text(header->section, strlen(header->section)),
	    .key = mem_text(key, n),
	    .value = mem_text(buf_text(&s->value), s->value.len),
	    .line = s->line,
	    .column = column(s, value),
	    .key_column = column(s, key),
	};

	if (header->label != NULL)
		new.label = mem_text(header->label, strlen(header->label));
	*VEC_PUSH(s->conf) = new;
}

/* key = value */
static int
read_key(struct scan *s)
{
	const char *key = s->at, *value;
	size_t n = take_name(s);
	int rc;

	skip_blanks(s);
	if (n == 0 || s->at == s->end || *s->at != '=')
		return fail(s, key,
		    "expected 'key = value', '[section]' or a comment");
	rc = check_key(s, key, n);
	if (rc != 0)
		return rc;
	s->at++;
	skip_blanks(s);
	value = s->at;
	rc = read_value(s);
	if (rc != 0)
		return rc;
	add_key(s, key, n, value);
	return 0;
}

/* Is the line text at all. */
static int
check_bytes(struct scan *s)
{
	size_t n = (size_t)(s->end - s->start), valid;
	const char *bad;

	bad = memchr(s->start, '\0', n);
	if (bad != NULL)
		return fail(s, bad, "NUL byte: this is not plain text");
	bad = memchr(s->start, '\r', n);
	if (bad != NULL)
		return fail(s, bad, "carriage return within the line");
	valid = utf8_valid(s->start, n);
	if (valid < n)
		return fail(s, s->start + valid, "text is not UTF-8");
	return 0;
}

static int
read_line(struct scan *s, const char *line, size_t n)
{
	int rc;

	s->line++;
	s->start = s->at = line;
	n -= n > 0 && line[n - 1] == '\n';
	n -= n > 0 && line[n - 1] == '\r';
	s->end = line + n;
	rc = check_bytes(s);
	if (rc != 0)
		return rc;
	if (s->line == 1 && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
		s->at += 3;
	skip_blanks(s);
	if (s->at == s->end || *s->at == '#' || *s->at == ';')
		return 0;
	if (*s->at == '[')
		return read_section(s);
	return read_key(s);
}

static int
read_lines(struct scan *s, struct in *in)
{
	const char *line;
	size_t n;
	int rc;

	for (;;) {
		rc = in_line(in, LINE_SIZE, &line, &n, s->e);
		if (rc == 0)
			rc = read_line(s, line, n);
		else if (rc == IN_LONG)
			rc = err_set(s->e, EX_CONFIG,
			    "%s:%d:1: line is longer than %zu bytes",
			    s->conf->path, s->line + 1, LINE_SIZE);
		else if (rc == IN_SIGNAL)
			rc = err_set(s->e, EX_CONFIG, "%s: interrupted",
			    s->conf->path);
		if (rc != 0)
			return rc;
	}
}

int
conf_read(struct conf *c, const char *path, struct err *e)
{
	struct scan s = {.conf = c, .e = e};
	struct in in;
	int rc;

	*c = (struct conf){.path = mem_text(path, strlen(path))};
	rc = in_open(&in, path, e);
	if (rc == 0) {
		rc = read_lines(&s, &in);
		in_close(&in);
	}
	buf_release(&s.value);
	if (rc == IN_END)
		return 0;
	conf_release(c);
	e->status = EX_CONFIG;
	return EX_CONFIG;
}

void
conf_release(struct conf *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->at[i].section);
		free(c->at[i].label);
		free(c->at[i].key);
		free(c->at[i].value);
	}
	VEC_RELEASE(c);
	free(c->path);
	c->path = NULL;
}
