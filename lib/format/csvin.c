/* SPDX-License-Identifier: MIT */
/* CSV by libcsv, a physical line at a time. */
#include "format/csvin.h"

#include <csv.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "format/csvin_state.h"

/* REPALL_NL: a row ended by a lone carriage return is then always reported. */
#define OPTIONS (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL)

/* A line may have its CRLF beyond the record. */
#define NEWLINE_MAX 2

/* Blanks belong to the field: libcsv would cut them off. */
static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void *
grow(void *p, size_t size)
{
	return mem_resize(p, size, 1);
}

struct csvin *
csvin_new(struct in *in, char delimiter)
{
	struct csvin *c = mem_alloc(1, sizeof(*c));

	c->lines.in = in;
	c->delimiter = delimiter;
	c->parser = mem_alloc(1, sizeof(*c->parser));
	csv_init(c->parser, OPTIONS);
	csv_set_delim(c->parser, (unsigned char)delimiter);
	csv_set_space_func(c->parser, no_space);
	csv_set_realloc_func(c->parser, grow);
	csv_set_blk_size(c->parser, 4096);
	return c;
}

void
csvin_free(struct csvin *c)
{
	if (c == NULL)
		return;
	csv_free(c->parser);
	free(c->parser);
	csvin_lines_release(&c->lines);
	buf_release(&c->joined);
	buf_release(&c->text);
	VEC_RELEASE(&c->fields);
	free(c);
}

void
csvin_judge(struct csvin *c)
{
	c->judge = true;
}

void
csvin_mute(struct csvin *c, enum csvin_fault fault)
{
	c->muted |= 1U << fault;
}

void
csvin_note(struct csvin *c, size_t n)
{
	c->wide = c->fields.n == CSVIN_FIELDS_MAX;
	if (!c->wide)
		VEC_PUSH(&c->fields)->len = n;
}

static void
on_field(void *text, size_t n, void *data)
{
	struct csvin *c = data;

	buf_add(&c->text, text, n);
	buf_char(&c->text, '\0');
	csvin_note(c, n);
}

static void
on_row(int end, void *data)
{
	struct csvin *c = data;

	(void)end;
	c->complete = true;
}

/* The text has stopped moving: point the fields at it. */
static void
settle(struct csvin *c)
{
	const char *p = c->text.data;

	for (size_t i = 0; i < c->fields.n; i++) {
		c->fields.at[i].text = p;
		p += c->fields.at[i].len + 1;
	}
	if (c->width == 0)
		c->width = c->fields.n;
}

/* Bring the parser back to the start of a record, whatever state it is in. */
static void
reset_parser(struct csvin *c)
{
	/* Strict, csv_fini leaves a parser inside quotes as it is. */
	csv_set_opts(c->parser, 0);
	csv_fini(c->parser, NULL, NULL, NULL);
	csv_set_opts(c->parser, OPTIONS);
}

/* Give the record up because of what stands at the byte. */
static int QTE_PRINTF(5, 6) fail(struct csvin *c, enum csvin_fault fault,
    const char *byte, struct err *e, const char *format, ...)
{
	int64_t line;
	size_t column;
	va_list args;

	reset_parser(c);
	c->fault = fault;
	c->fault_at = (size_t)(byte - c->raw);
	c->fields.n = 0;
	if ((c->muted >> fault & 1) != 0)
		return EX_DATAERR;
	va_start(args, format);
	err_vset(e, EX_DATAERR, format, args);
	va_end(args);
	if (c->judge)
		return EX_DATAERR;
	csvin_locate(c, byte, &line, &column);
	return err_wrap(e, "%s:%lld:%zu", csvin_name(c), (long long)line,
	    column);
}

/* Behind the line of the byte: the next one of the record, or its end. */
static const char *
next_line(const struct csvin *c, const char *byte)
{
	const char *end = c->raw + c->raw_len;
	const char *newline = memchr(byte, '\n', (size_t)(end - byte));

	return newline != NULL ? newline + 1 : end;
}

/* The quote at the byte does not close: go on behind its line, if asked to. */
static int
unclosed(struct csvin *c, const char *quote, const char *why, struct err *e)
{
	const char *rest = next_line(c, quote), *end = c->raw + c->raw_len;
	int rc = fail(c, CSVIN_UNCLOSED_QUOTE, quote, e,
	    "unclosed quote: opened here, and %s", why);

	if (c->judge) {
		csvin_lines_back(&c->lines, rest, (size_t)(end - rest));
		c->raw_len = (size_t)(rest - c->raw);
	}
	c->ended = !c->judge;
	return rc;
}

static int
unclosed_at_end(struct csvin *c, struct err *e)
{
	return unclosed(c, csvin_start(c, c->fields.n),
	    "the file ends before it closes", e);
}

/* Whether the line behind that of the byte is like the first record. */
static bool
goes_on(const struct csvin *c, const char *byte)
{
	const char *p = next_line(c, byte);
	const char *end = next_line(c, p), *next;
	size_t n = 1;

	for (; (next = memchr(p, c->delimiter, (size_t)(end - p)));
	     p = next + 1)
		n++;
	return end < c->raw + c->raw_len && n == c->width;
}

/* Whether the record's last line of n bytes leaves the quotes open that it
 * began in. */
static bool
stays_open(const struct csvin *c, size_t n)
{
	bool open = true;

	for (size_t i = c->raw_len - n; i < c->raw_len; i++)
		open ^= c->raw[i] == '"';
	return open;
}

/*
 * Of the last line n bytes were read, which is all of it, or 0, and then it is
 * still to be passed over.
 */
static int
too_long(struct csvin *c, bool in_quotes, size_t n, struct err *e)
{
	const char *byte = in_quotes ? csvin_start(c, c->fields.n) : c->raw;
	int rc = 0;

	if (c->judge && in_quotes && goes_on(c, byte))
		return unclosed(c, byte, "it does not close for long", e);
	(void)fail(c, CSVIN_TOO_LONG, byte, e,
	    "record is longer than %zu bytes%s", CSVIN_RECORD_MAX,
	    in_quotes ? ": is this quote closed?" : "");
	c->ended = !c->judge || c->width == 0;
	if (!c->ended && (n == 0 || (in_quotes && stays_open(c, n))))
		rc = csvin_lines_skip(&c->lines, in_quotes, e);
	return rc != 0 ? rc : EX_DATAERR;
}

/* libcsv stopped at a quote, or behind one, that no strict field has. */
static int
stray(struct csvin *c, const char *byte, struct err *e)
{
	const char *start = csvin_start(c, c->fields.n);
	const char *end = c->raw + c->raw_len;
	char shown[CSVIN_SHOWN_SIZE];

	if (c->judge && *start == '"' && next_line(c, start) <= byte)
		return unclosed(c, start, "text follows the next quote", e);
	while (end > start && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	csvin_show(start, (size_t)(end - start), shown);
	return fail(c, CSVIN_STRAY_QUOTE, byte, e, "stray quote: %s: %s",
	    *start == '"' ? "text follows the closing quote"
			  : "the field does not start with one",
	    shown);
}

/* The length of a line without its newline. */
static size_t
content(const char *line, size_t n)
{
	if (n > 0 && line[n - 1] == '\n')
		n -= n > 1 && line[n - 2] == '\r' ? 2 : 1;
	return n;
}

/*
 * Read a line and make it the end of the record.  What came before it must
 * be in joined.
 */
static int
read_line(struct csvin *c, size_t *n, struct err *e)
{
	int64_t offset = c->lines.offset;
	const char *line;
	int rc;

	rc = csvin_lines_next(&c->lines,
	    CSVIN_RECORD_MAX + NEWLINE_MAX - c->raw_len, &line, n, e);
	if (rc != 0 && rc != IN_LONG)
		return rc;
	if (c->raw_len == 0) {
		c->first_line = c->lines.line + (rc == IN_LONG);
		c->offset = offset;
		c->raw = line;
	}
	if (rc == IN_LONG)
		return too_long(c, c->raw_len > 0, 0, e);
	if (c->raw_len > 0) {
		buf_add(&c->joined, line, *n);
		c->raw = c->joined.data;
	}
	c->raw_len += *n;
	c->cut = line[*n - 1] != '\n';
	if (content(c->raw, c->raw_len) > CSVIN_RECORD_MAX)
		return too_long(c, c->raw_len > *n, *n, e);
	return 0;
}

/* Is the line text at all. */
static int
check_bytes(struct csvin *c, const char *line, size_t n, struct err *e)
{
	const char *nul = memchr(line, '\0', n);
	size_t valid = utf8_valid(line, n);

	if (c->lines.line == 1 && n >= 2 &&
	    (memcmp(line, "\xff\xfe", 2) == 0 ||
		memcmp(line, "\xfe\xff", 2) == 0))
		return fail(c, CSVIN_INVALID_UTF8, line, e,
		    "the file is UTF-16: convert it to UTF-8 first");
	if (nul != NULL && nul < line + valid)
		return fail(c, CSVIN_NUL_BYTE, nul, e,
		    "NUL byte: the file is not plain text%s",
		    c->lines.line == 1 ? ", perhaps UTF-16" : "");
	if (valid < n)
		return fail(c, CSVIN_INVALID_UTF8, line + valid, e,
		    "byte 0x%02x is not valid UTF-8 here",
		    (unsigned int)(unsigned char)line[valid]);
	return 0;
}

/*
 * Hand the line to libcsv, up to each carriage return that could end a record
 * where no newline does.
 */
static int
parse(struct csvin *c, const char *line, size_t n, struct err *e)
{
	const char *end = line + n, *stop, *cr;
	size_t used;

	for (; line < end; line = stop) {
		cr = memchr(line, '\r', (size_t)(end - line));
		while (cr != NULL && cr + 1 < end && cr[1] == '\n')
			cr = memchr(cr + 1, '\r', (size_t)(end - cr - 1));
		stop = cr != NULL ? cr + 1 : end;
		used = csv_parse(c->parser, line, (size_t)(stop - line),
		    on_field, on_row, c);
		if (used < (size_t)(stop - line))
			return stray(c, line + used, e);
		if (cr != NULL && c->complete)
			return fail(c, CSVIN_LONE_CR, cr, e,
			    "carriage return without a newline after it");
	}
	if (!c->cut || c->complete)
		return 0;
	if (csv_fini(c->parser, on_field, on_row, c) != 0)
		return unclosed_at_end(c, e);
	return 0;
}

/* A blank line is no record. */
static int
blank(struct csvin *c, struct err *e)
{
	if (c->judge)
		return fail(c, CSVIN_BLANK_LINE, c->raw, e, "blank line");
	c->raw_len = c->bom = 0;
	return 0;
}

/* Take the line of n bytes that ends the raw record so far. */
static int
take_line(struct csvin *c, size_t n, struct err *e)
{
	const char *line = c->raw + c->raw_len - n;
	bool first = c->raw_len == n;
	size_t bom = 0, used = content(line, n);
	int rc;

	if (first && used > 0 && csvin_split_plain(c, line, used))
		return 0;
	rc = check_bytes(c, line, n, e);
	if (rc != 0)
		return rc;
	if (c->lines.line == 1 && n >= 3 &&
	    memcmp(line, "\xef\xbb\xbf", 3) == 0)
		bom = 3;
	if (first)
		c->bom = bom;
	if (first && used == bom)
		return blank(c, e);
	if (first && csvin_split(c, line + bom, used - bom))
		return 0;
	return parse(c, line + bom, n - bom, e);
}

/* Before the first line of a record.  At the end there is none, and its memory
 * may be gone. */
static void
start(struct csvin *c)
{
	c->fault = CSVIN_OK;
	c->complete = c->plain = c->cut = c->wide = false;
	c->raw = "";
	c->raw_len = c->bom = c->fields.n = 0;
	buf_reset(&c->joined);
	buf_reset(&c->text);
}

int
csvin_next(struct csvin *c, struct err *e)
{
	size_t n;
	int rc;

	start(c);
	if (c->ended)
		return CSVIN_END;
	while (!c->complete) {
		/* The next line takes the place of this one in memory. */
		if (c->raw_len > c->joined.len) {
			buf_add(&c->joined, c->raw, c->raw_len);
			c->raw = c->joined.data;
		}
		rc = read_line(c, &n, e);
		if (rc == IN_END && c->raw_len > 0)
			return unclosed_at_end(c, e);
		if (rc == 0)
			rc = take_line(c, n, e);
		if (rc != 0)
			return rc;
	}
	if (c->wide)
		return fail(c, CSVIN_TOO_LONG, c->raw, e,
		    "record has more than %zu fields", CSVIN_FIELDS_MAX);
	settle(c);
	return 0;
}

bool
csvin_again(const struct csvin *c)
{
	return !csvin_lines_fresh(&c->lines);
}

void
csvin_pass(struct csvin *c, size_t n, int64_t lines)
{
	in_pass(c->lines.in, n);
	c->lines.line += lines;
	c->lines.offset += (int64_t)n;
}
