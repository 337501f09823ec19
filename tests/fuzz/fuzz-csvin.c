/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as CSV: each field stands in the input where it is said to stand,
 * reads there as a second, plainer reader reads it, and no line is lost.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "format/csvin.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Where the line begins; the end of the input when there is no such line. */
static size_t
line_start(const char *data, size_t n, int64_t line)
{
	const char *at = data, *newline;

	while (--line > 0) {
		newline = memchr(at, '\n', n - (size_t)(at - data));
		if (newline == NULL)
			return n;
		at = newline + 1;
	}
	return (size_t)(at - data);
}

static size_t
offset(const struct csvin *c, size_t i, const char *data, size_t n)
{
	int64_t line;
	size_t column, at;

	csvin_place(c, i, &line, &column);
	assert(line >= csvin_line(c) && column > 0);
	at = line_start(data, n, line) + column - 1;
	assert(at <= n);
	assert(memchr(data + at - (column - 1), '\n', column - 1) == NULL);
	return at;
}

/* The field at the place, in the plain way; return where it ends. */
static size_t
plain_field(const char *data, size_t n, size_t at, struct buf *text)
{
	buf_reset(text);
	if (at == n || data[at] != '"') {
		for (; at < n && strchr(",\r\n", data[at]) == NULL; at++)
			buf_char(text, data[at]);
		return at;
	}
	for (at++; at < n; at++) {
		if (data[at] == '"' && (++at == n || data[at] != '"'))
			break;
		buf_char(text, data[at]);
	}
	return at;
}

/* The whole record; return the place behind its newline. */
static size_t
check_record(const struct csvin *c, const char *data, size_t n)
{
	size_t at = offset(c, 0, data, n);
	struct buf text = {0};

	for (size_t i = 0; i < csvin_count(c); i++) {
		const struct csvin_field *f = csvin_field(c, i);

		assert(offset(c, i, data, n) == at);
		at = plain_field(data, n, at, &text);
		assert(f->len == text.len);
		assert(memcmp(f->text, buf_text(&text), f->len + 1) == 0);
		if (i + 1 == csvin_count(c))
			break;
		assert(at < n && data[at] == ',');
		at++;
	}
	assert(offset(c, csvin_count(c), data, n) == at);
	buf_release(&text);
	assert(csvin_cut(c) == (at == n));
	if (at < n && data[at] == '\r')
		at++;
	assert(at == n || data[at] == '\n');
	return at < n ? at + 1 : n;
}

/* Nothing but blank lines, and a byte-order mark at the very start. */
static bool
is_blank(const char *data, size_t from, size_t to)
{
	if (from == 0 && to >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
		from = 3;
	for (; from < to; from++)
		if (data[from] != '\n' &&
		    (data[from] != '\r' || from + 1 == to ||
			data[from + 1] != '\n'))
			return false;
	return true;
}

/* A fault names its line; reading goes on behind one of the lines after it. */
static size_t
check_fault(const struct csvin *c, const struct err *e, const char *data,
    size_t n, size_t from)
{
	static const char name[] = "fuzz.csv:";
	long long line;
	size_t at;
	char *end;

	assert(csvin_fault(c) != CSVIN_OK);
	assert(strncmp(e->msg, name, sizeof(name) - 1) == 0);
	line = strtoll(e->msg + sizeof(name) - 1, &end, 10);
	assert(line > 0 && *end == ':');
	at = line_start(data, n, line) + strtoul(end + 1, &end, 10) - 1;
	assert(*end == ':');
	assert(at < n && at >= from);
	switch (csvin_fault(c)) {
	case CSVIN_NUL_BYTE:
		assert(data[at] == '\0');
		break;
	case CSVIN_LONE_CR:
		assert(data[at] == '\r');
		assert(at + 1 == n || data[at + 1] != '\n');
		break;
	case CSVIN_UNCLOSED_QUOTE:
		assert(data[at] == '"');
		return n;
	case CSVIN_TOO_LONG:
		return n;
	case CSVIN_STRAY_QUOTE:
		assert(data[at] == '"' || data[at - 1] == '"');
		break;
	case CSVIN_INVALID_UTF8:
		assert((unsigned char)data[at] >= 0x80);
		break;
	case CSVIN_BLANK_LINE:
	case CSVIN_OK:
		abort();
	}
	return line_start(data, n, line + 1);
}

/* For who judges the file each record, also a bad one, begins in the line
 * behind the one before, or behind that where its quote opened. */
static void
judge(struct in *in, const char *data, size_t n)
{
	struct csvin *c = csvin_new(in, ',');
	struct err e = {0};
	size_t len, end = 0;
	int rc;

	csvin_judge(c);
	while ((rc = csvin_next(c, &e)) != CSVIN_END) {
		const char *raw = csvin_raw(c, &len);
		size_t at = (size_t)csvin_offset(c);

		assert(rc == 0 || rc == EX_DATAERR);
		assert((rc == 0) == (csvin_fault(c) == CSVIN_OK));
		assert(at == end && at == line_start(data, n, csvin_line(c)));
		assert(at + len <= n && memcmp(raw, data + at, len) == 0);
		assert(rc == 0 || csvin_fault_at(c) < len);
		assert(len > 0 && (at + len == n || raw[len - 1] == '\n'));
		end = at + len;
	}
	assert(end == n);
	csvin_free(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct in in = {.fd = -1, .name = "fuzz.csv", .len = n, .eof = true};
	struct err e = {0};
	const char *data = (const char *)bytes;
	size_t at = 0, start;
	struct csvin *c;
	int rc;

	in.data = malloc(n + 1);
	memcpy(in.data, data, n);
	in.cap = n;
	judge(&in, data, n);
	in.pos = 0;
	c = csvin_new(&in, ',');
	while ((rc = csvin_next(c, &e)) != CSVIN_END) {
		if (rc != 0) {
			assert(rc == EX_DATAERR);
			at = check_fault(c, &e, data, n, at);
			continue;
		}
		start = offset(c, 0, data, n);
		assert(is_blank(data, at, start));
		at = check_record(c, data, n);
	}
	assert(is_blank(data, at, n));
	csvin_free(c);
	in_close(&in);
	return 0;
}
