/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a configuration: what is read stands where it is said to, and
 * reads back the same when it is written out again.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "format/conf.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static int
read_bytes(struct conf *c, const void *bytes, size_t n, struct err *e)
{
	char path[64];
	FILE *file = tmpfile();
	int rc;

	assert(file != NULL && write(fileno(file), bytes, n) == (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	rc = conf_read(c, path, e);
	fclose(file);
	return rc;
}

static void
put_quoted(struct buf *b, const char *text)
{
	buf_char(b, '"');
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '"':
		case '\\':
			buf_char(b, '\\');
			buf_char(b, *text);
			break;
		case '\n':
			buf_str(b, "\\n");
			break;
		default:
			buf_char(b, *text);
		}
	}
	buf_char(b, '"');
}

static void
write_out(const struct conf *c, struct buf *b)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct conf_entry *entry = &c->at[i];

		if (entry->key != NULL) {
			buf_fmt(b, "%s=", entry->key);
			put_quoted(b, entry->value);
		} else {
			buf_fmt(b, "[%s", entry->section);
			if (entry->label != NULL)
				put_quoted(b, entry->label);
			buf_char(b, ']');
		}
		buf_char(b, '\n');
	}
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void
check_same(const struct conf *a, const struct conf *b)
{
	assert(a->n == b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert(same(a->at[i].section, b->at[i].section));
		assert(same(a->at[i].label, b->at[i].label));
		assert(same(a->at[i].key, b->at[i].key));
		assert(same(a->at[i].value, b->at[i].value));
		assert((int)i + 1 == b->at[i].line);
	}
}

/* Does the text stand at the line and column. */
static bool
begins(const char *data, size_t n, int line, int column, const char *text)
{
	const char *at = data, *end = data + n;

	while (--line > 0) {
		at = memchr(at, '\n', (size_t)(end - at));
		assert(at != NULL);
		at++;
	}
	at += column - 1;
	return strlen(text) <= (size_t)(end - at) &&
	    memcmp(at, text, strlen(text)) == 0;
}

/* The value stands at its place, unless it has escapes. */
static void
check_value(const char *data, size_t n, const struct conf_entry *entry)
{
	struct buf quoted = {0};

	put_quoted(&quoted, entry->value);
	if (quoted.len == strlen(entry->value) + 2 &&
	    !begins(data, n, entry->line, entry->column, entry->value))
		assert(begins(data, n, entry->line, entry->column,
		    buf_text(&quoted)));
	buf_release(&quoted);
}

static void
check_places(const struct conf *c, const char *data, size_t n)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct conf_entry *entry = &c->at[i];
		bool header = entry->key == NULL;

		assert(begins(data, n, entry->line, entry->key_column,
		    header ? entry->section : entry->key));
		if (header)
			continue;
		check_value(data, n, entry);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct conf c, again;
	struct err e = {0};
	struct buf b = {0};
	int rc;

	rc = read_bytes(&c, bytes, n, &e);
	if (rc != 0) {
		assert(rc == EX_CONFIG && e.msg[0] == '/');
		return 0;
	}
	check_places(&c, (const char *)bytes, n);
	write_out(&c, &b);
	rc = read_bytes(&again, b.data, b.len, &e);
	assert(rc == 0);
	check_same(&c, &again);
	conf_release(&again);
	conf_release(&c);
	buf_release(&b);
	return 0;
}
