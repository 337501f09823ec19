/* SPDX-License-Identifier: MIT */
/* CSV by libcsv, a physical line at a time. */
#include "format/csvin.h"

#include <csv.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/vec.h"

/* REPALL_NL: a row ended by a lone carriage return is then always reported. */
#define OPTIONS (CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL)

/* A line may have its CRLF beyond the record. */
#define NEWLINE_MAX 2

struct csvin {
	struct in *in; /* borrowed */
	struct csv_parser parser;
	char delimiter;
	bool ended;    /* nothing can follow */
	bool complete; /* libcsv has seen the end of the record */
	bool cut;
	enum csvin_fault fault;
	int64_t line;	    /* of the last line read, from 1 */
	int64_t first_line; /* of the record's first byte */
	const char *raw;    /* borrowed: the record's bytes in the file */
	size_t raw_len;
	size_t bom;	   /* bytes of a byte-order mark at the start of raw */
	struct buf joined; /* raw, when it has several lines */
	struct buf text;   /* the fields, each with its NUL */
	struct {
		VEC(struct csvin_field);
	} fields;
};

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

	c->in = in;
	c->delimiter = delimiter;
	csv_init(&c->parser, OPTIONS);
	csv_set_delim(&c->parser, (unsigned char)delimiter);
	csv_set_space_func(&c->parser, no_space);
	csv_set_realloc_func(&c->parser, grow);
	csv_set_blk_size(&c->parser, 4096);
	return c;
}

void
csvin_free(struct csvin *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	buf_release(&c->joined);
	buf_release(&c->text);
	VEC_RELEASE(&c->fields);
	free(c);
}

const char *
csvin_name(const struct csvin *c)
{
	return strcmp(c->in->name, "-") == 0 ? "standard input" : c->in->name;
}

static void
on_field(void *text, size_t n, void *data)
{
	struct csvin *c = data;

	buf_add(&c->text, text, n);
	buf_char(&c->text, '\0');
	VEC_PUSH(&c->fields)->len = n;
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
}

/* Bring the parser back to the start of a record, whatever state it is in. */
static void
reset_parser(struct csvin *c)
{
	/* Strict, csv_fini leaves a parser inside quotes as it is. */
	csv_set_opts(&c->parser, 0);
	csv_fini(&c->parser, NULL, NULL, NULL);
	csv_set_opts(&c->parser, OPTIONS);
}

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

static const char *
field_start(const struct csvin *c, size_t i)
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
static void
locate(const struct csvin *c, const char *byte, int64_t *line, size_t *column)
{
	const char *start = c->raw, *newline;

	*line = c->first_line;
	while ((newline = memchr(start, '\n', (size_t)(byte - start)))) {
		start = newline + 1;
		++*line;
	}
	*column = (size_t)(byte - start) + 1;
}

/* Give the record up because of what stands at the byte. */
static int QTE_PRINTF(5, 6) fail(struct csvin *c, enum csvin_fault fault,
    const char *byte, struct err *e, const char *format, ...)
{
	int64_t line;
	size_t column;
	va_list args;

	va_start(args, format);
	err_vset(e, EX_DATAERR, format, args);
	va_end(args);
	locate(c, byte, &line, &column);
	reset_parser(c);
	c->fault = fault;
	c->fields.n = 0;
	return err_wrap(e, "%s:%lld:%zu", csvin_name(c), (long long)line,
	    column);
}

static int
unclosed(struct csvin *c, struct err *e)
{
	c->ended = true;
	return fail(c, CSVIN_UNCLOSED_QUOTE, field_start(c, c->fields.n), e,
	    "unclosed quote: opened here, and the file ends before it closes");
}

static int
too_long(struct csvin *c, struct err *e)
{
	bool in_quotes = c->raw_len > 0;

	c->ended = true;
	return fail(c, CSVIN_TOO_LONG,
	    in_quotes ? field_start(c, c->fields.n) : c->raw, e,
	    "record is longer than %zu bytes%s", CSVIN_RECORD_MAX,
	    in_quotes ? ": is this quote closed?" : "");
}

/* libcsv stopped at a quote, or behind one, that no strict field has. */
static int
stray(struct csvin *c, const char *byte, struct err *e)
{
	const char *start = field_start(c, c->fields.n);
	const char *end = c->raw + c->raw_len;
	char shown[CSVIN_SHOWN_SIZE];

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
	const char *line;
	int rc;

	rc = in_line(c->in, CSVIN_RECORD_MAX + NEWLINE_MAX - c->raw_len, &line,
	    n, e);
	if (rc != 0 && rc != IN_LONG)
		return rc;
	c->line++;
	if (c->raw_len == 0) {
		c->first_line = c->line;
		c->raw = line;
	}
	if (rc == IN_LONG || c->raw_len + content(line, *n) > CSVIN_RECORD_MAX)
		return too_long(c, e);
	if (c->raw_len > 0) {
		buf_add(&c->joined, line, *n);
		c->raw = c->joined.data;
	}
	c->raw_len += *n;
	c->cut = line[*n - 1] != '\n';
	return 0;
}

/* Is the line text at all. */
static int
check_bytes(struct csvin *c, const char *line, size_t n, struct err *e)
{
	const char *nul = memchr(line, '\0', n);
	size_t valid = utf8_valid(line, n);

	if (c->line == 1 && n >= 2 &&
	    (memcmp(line, "\xff\xfe", 2) == 0 ||
		memcmp(line, "\xfe\xff", 2) == 0))
		return fail(c, CSVIN_INVALID_UTF8, line, e,
		    "the file is UTF-16: convert it to UTF-8 first");
	if (nul != NULL && nul < line + valid)
		return fail(c, CSVIN_NUL_BYTE, nul, e,
		    "NUL byte: the file is not plain text%s",
		    c->line == 1 ? ", perhaps UTF-16" : "");
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
		used = csv_parse(&c->parser, line, (size_t)(stop - line),
		    on_field, on_row, c);
		if (used < (size_t)(stop - line))
			return stray(c, line + used, e);
		if (cr != NULL && c->complete)
			return fail(c, CSVIN_LONE_CR, cr, e,
			    "carriage return without a newline after it");
	}
	if (!c->cut || c->complete)
		return 0;
	if (csv_fini(&c->parser, on_field, on_row, c) != 0)
		return unclosed(c, e);
	return 0;
}

/* Take the line of n bytes that ends the raw record so far. */
static int
take_line(struct csvin *c, size_t n, struct err *e)
{
	const char *line = c->raw + c->raw_len - n;
	size_t bom = 0;
	int rc;

	rc = check_bytes(c, line, n, e);
	if (rc != 0)
		return rc;
	if (c->line == 1 && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
		bom = 3;
	if (c->raw_len == n) {
		c->bom = bom;
		/* A blank line is no record. */
		if (content(line + bom, n - bom) == 0) {
			c->raw_len = 0;
			return 0;
		}
	}
	return parse(c, line + bom, n - bom, e);
}

int
csvin_next(struct csvin *c, struct err *e)
{
	size_t n;
	int rc;

	c->fault = CSVIN_OK;
	c->complete = c->cut = false;
	/* At the end there is no record, and its memory may be gone. */
	c->raw = "";
	c->raw_len = c->bom = c->fields.n = 0;
	buf_reset(&c->joined);
	buf_reset(&c->text);
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
			return unclosed(c, e);
		if (rc == 0)
			rc = take_line(c, n, e);
		if (rc != 0)
			return rc;
	}
	settle(c);
	return 0;
}

void
csvin_pass(struct csvin *c, size_t n, int64_t lines)
{
	in_pass(c->in, n);
	c->line += lines;
}

enum csvin_fault
csvin_fault(const struct csvin *c)
{
	return c->fault;
}

const char *
csvin_fault_name(enum csvin_fault fault)
{
	static const char *const names[] = {
	    [CSVIN_OK] = "ok",
	    [CSVIN_NUL_BYTE] = "nul-byte",
	    [CSVIN_INVALID_UTF8] = "invalid-utf8",
	    [CSVIN_STRAY_QUOTE] = "stray-quote",
	    [CSVIN_LONE_CR] = "lone-cr",
	    [CSVIN_UNCLOSED_QUOTE] = "unclosed-quote",
	    [CSVIN_TOO_LONG] = "record-too-long",
	};

	return names[fault];
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
	return c->line + 1;
}

bool
csvin_cut(const struct csvin *c)
{
	return c->cut;
}

void
csvin_place(const struct csvin *c, size_t i, int64_t *line, size_t *column)
{
	locate(c, field_start(c, i), line, column);
}

int
csvin_err(const struct csvin *c, size_t i, struct err *e, const char *format,
    ...)
{
	int64_t line;
	size_t column;
	va_list args;

	va_start(args, format);
	err_vset(e, EX_DATAERR, format, args);
	va_end(args);
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
