/* SPDX-License-Identifier: MIT */
/* A CSV file under check. */
#include "sheet.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/word.h"
#include "paths.h"

/* A byte-order mark takes so many bytes. */
#define BOM 3

void
sheet_add(struct sheet *s, enum rule rule, const char *message)
{
	struct finding f = {.rule = rule, .message = message, .offset = -1};

	report_add(s->report, &f);
}

/* Place ${f} at byte ${at} of the record. */
static void
place(const struct sheet *s, size_t at, struct finding *f)
{
	size_t n, start = at;
	const char *raw = csvin_raw(s->csv, &n), *end;

	while (start > 0 && raw[start - 1] != '\n')
		start--;
	end = n > start ? memchr(raw + start, '\n', n - start) : NULL;
	f->line = csvin_line(s->csv);
	f->offset = csvin_offset(s->csv) + (int64_t)at;
	f->col = at - start + 1;
	f->row = raw + start;
	f->row_len = end != NULL ? (size_t)(end - f->row) : n - start;
}

void
sheet_field(const struct sheet *s, size_t i, struct finding *f)
{
	size_t n, at = csvin_span(s->csv, i, &n);
	const struct csvin_field *field = NULL;

	place(s, at, f);
	f->field = i + 1;
	if (i < s->names.n)
		f->column = s->names.at[i];
	if (i < csvin_count(s->csv))
		field = csvin_field(s->csv, i);
	if (field != NULL) {
		f->value = field->text;
		f->value_len = field->len;
	}
}

/* A finding about byte ${at} of the record. */
static void
add_at(struct sheet *s, enum rule rule, size_t at, const char *message)
{
	struct finding f = {.rule = rule, .message = message};

	if (!report_shows(s->report, rule)) {
		report_count(s->report, rule);
		return;
	}
	place(s, at, &f);
	report_add(s->report, &f);
}

/* The message of ${e}, which begins with the path, without it. */
static const char *
without_path(const struct sheet *s, const struct err *e)
{
	size_t n = strlen(s->path);

	if (strncmp(e->msg, s->path, n) == 0 &&
	    strncmp(e->msg + n, ": ", 2) == 0)
		return e->msg + n + 2;
	return e->msg;
}

int
sheet_broken(struct sheet *s, int rc, const struct err *e)
{
	s->ended = true;
	if (rc == IN_SIGNAL)
		return CHECK_STOPPED;
	if (rc == EX_UNAVAILABLE)
		return rc;
	sheet_add(s, RULE_FILE_UNREADABLE, without_path(s, e));
	return SHEET_END;
}

/* Before each block: say how far the work is. */
static void
on_read(void *arg)
{
	struct sheet *s = arg;
	struct progress_state state = {
	    .done = report_counts(s->report)->rows + s->rows};

	if (!progress_look(s->check->progress, state.done))
		return;
	(void)in_position(&s->in, &state.at, &state.size);
	progress_show(s->check->progress, &state);
}

static int
open_file(struct sheet *s, struct err *e)
{
	struct stat st = {0};
	int rc;

	if (strcmp(s->path, "-") != 0 && stat(s->path, &st) != 0 &&
	    (errno == ENOENT || errno == ENOTDIR)) {
		s->ended = true;
		sheet_add(s, RULE_FILE_MISSING, "there is no such file");
		return SHEET_END;
	}
	if (strcmp(s->path, "-") != 0 && S_ISDIR(st.st_mode)) {
		s->ended = true;
		if (paths_is_data(s->path))
			sheet_add(s, RULE_FILE_UNREADABLE, "is a directory");
		else
			sheet_add(s, RULE_FILE_MISSING,
			    "no file of data is in the directory");
		return SHEET_END;
	}
	rc = in_open(&s->in, s->path, e);
	if (rc != 0) {
		s->in.fd = -1;
		return sheet_broken(s, rc, e);
	}
	if (fstat(s->in.fd, &s->before) != 0)
		s->before.st_mode = 0;
	if (s->check->progress != NULL)
		s->in.on_read = (struct hook){on_read, s};
	return 0;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* Look at the first bytes. */
static int
look(struct sheet *s, struct err *e)
{
	struct in *in = &s->in;
	int rc = 0;

	while (rc == 0 && in->len < BOM && !in->eof)
		rc = in_more(in, e);
	if (rc != 0)
		return sheet_broken(s, rc, e);
	if (in->stream != NULL && strcmp(s->path, "-") != 0 &&
	    !ends_with(s->path, ".gz") && !ends_with(s->path, ".zst") &&
	    !ends_with(s->path, ".xz")) {
		err_set(e, EX_DATAERR,
		    "compressed data, and the name does not say so");
		return sheet_broken(s, EX_DATAERR, e);
	}
	if (in->len == 0) {
		s->ended = true;
		sheet_add(s, RULE_FILE_EMPTY, "the file is empty");
		return SHEET_END;
	}
	return 0;
}

/* What is wrong with a record that is none. */
static int
refused(struct sheet *s, const struct err *e)
{
	static const enum rule rules[] = {
	    [CSVIN_NUL_BYTE] = RULE_NUL_BYTE,
	    [CSVIN_INVALID_UTF8] = RULE_INVALID_UTF8,
	    [CSVIN_STRAY_QUOTE] = RULE_STRAY_QUOTE,
	    [CSVIN_LONE_CR] = RULE_LONE_CR,
	    [CSVIN_UNCLOSED_QUOTE] = RULE_UNCLOSED_QUOTE,
	    [CSVIN_TOO_LONG] = RULE_RECORD_TOO_LONG,
	    [CSVIN_BLANK_LINE] = RULE_BLANK_LINE,
	};
	enum csvin_fault fault = csvin_fault(s->csv);

	if (fault == CSVIN_OK)
		return sheet_broken(s, e->status, e);
	/* A byte-order mark alone is no line. */
	if (fault == CSVIN_BLANK_LINE && csvin_cut(s->csv))
		return SHEET_BAD;
	s->rows += fault != CSVIN_BLANK_LINE;
	add_at(s, rules[fault], csvin_fault_at(s->csv), e->msg);
	if (!report_shows(s->report, rules[fault]))
		csvin_mute(s->csv, fault);
	return SHEET_BAD;
}

const char *
sheet_mixed(char eol)
{
	return eol == '\r' ? "the line ends in LF, those before in CRLF"
			   : "the line ends in CRLF, those before in LF";
}

/* The end of the record's last line, and whether it is like the first one. */
static void
check_eol(struct sheet *s)
{
	size_t n;
	const char *raw = csvin_raw(s->csv, &n);
	char eol =
	    n > 1 && raw[n - 1] == '\n' && raw[n - 2] == '\r' ? '\r' : '\n';

	s->cut = csvin_cut(s->csv);
	if (s->cut || s->mixed || s->eol == eol)
		return;
	s->mixed = s->eol != 0;
	if (s->mixed)
		add_at(s, RULE_MIXED_EOL, n - (eol == '\r' ? 2 : 1),
		    sheet_mixed(s->eol));
	s->eol = eol;
}

/* The first control character of the record, or its length. */
static size_t
find_control(const char *raw, size_t n)
{
	for (size_t i = 0; i < n;) {
		uint32_t rune;

		if (n - i >= WORD_BYTES && word_odd(word_load(raw + i)) == 0) {
			i += WORD_BYTES;
			continue;
		}
		size_t len = utf8_next(raw + i, n - i, &rune);

		if (utf8_control(rune) && rune != '\t' && rune != '\n' &&
		    rune != '\r')
			return i;
		i += len;
	}
	return n;
}

static void
check_controls(struct sheet *s)
{
	size_t n, at;
	const char *raw = csvin_raw(s->csv, &n);
	struct buf text = {0};
	uint32_t rune = 0;

	if (csvin_plain(s->csv) ||
	    report_off(s->report, RULE_CONTROL_CHARACTER))
		return;
	at = find_control(raw, n);
	if (at == n)
		return;
	(void)utf8_next(raw + at, n - at, &rune);
	if (report_shows(s->report, RULE_CONTROL_CHARACTER))
		buf_fmt(&text, "control character U+%04X", (unsigned)rune);
	add_at(s, RULE_CONTROL_CHARACTER, at, buf_text(&text));
	buf_release(&text);
}

static bool
is_header(const struct sheet *s)
{
	if (csvin_count(s->csv) != s->names.n)
		return false;
	for (size_t i = 0; i < s->names.n; i++)
		if (strcmp(csvin_field(s->csv, i)->text, s->names.at[i]) != 0)
			return false;
	return true;
}

/* More or fewer fields than the header has. */
static int
bad_width(struct sheet *s)
{
	size_t n = csvin_count(s->csv), width = s->names.n;
	bool cut = n < width && s->cut;
	struct finding f = {
	    .rule = cut ? RULE_TRUNCATED_LAST_LINE : RULE_COLUMN_COUNT};
	struct buf text = {0}, wanted = {0};

	s->cut = s->cut && !cut;
	if (!report_shows(s->report, f.rule)) {
		report_count(s->report, f.rule);
		return SHEET_BAD;
	}
	sheet_field(s, n < width ? n : width, &f);
	buf_fmt(&text, "%s %zu field%s, the header has %zu",
	    cut ? "the last line is cut off: it has" : "the row has", n,
	    n == 1 ? "" : "s", width);
	buf_fmt(&wanted, "%zu fields", width);
	f.message = buf_text(&text);
	f.expected = buf_text(&wanted);
	report_add(s->report, &f);
	buf_release(&text);
	buf_release(&wanted);
	return SHEET_BAD;
}

static int
read_record(struct sheet *s, struct err *e)
{
	int rc = csvin_next(s->csv, e);

	if (rc == CSVIN_SIGNAL)
		return CHECK_STOPPED;
	if (rc == EX_DATAERR)
		return refused(s, e);
	if (rc > 0)
		return sheet_broken(s, rc, e);
	if (rc != 0)
		return SHEET_END;
	check_eol(s);
	check_controls(s);
	return 0;
}

/* A record that is to be handed out, or why not. */
static int
next_record(struct sheet *s, struct err *e)
{
	int rc = read_record(s, e);

	if (rc != 0)
		return rc;
	if (is_header(s)) {
		add_at(s, RULE_HEADER_REPEATED, 0,
		    "the header stands here again");
		return SHEET_BAD;
	}
	s->rows++;
	return csvin_count(s->csv) == s->names.n ? 0 : bad_width(s);
}

int
sheet_next(struct sheet *s, struct err *e)
{
	int64_t rows = s->rows;
	int rc = s->ended ? SHEET_END : next_record(s, e);

	s->lost = rc == SHEET_BAD && s->rows > rows;
	if (rc == SHEET_BAD)
		sheet_judged_record(s);
	return rc;
}

void
sheet_judged(struct sheet *s, const char *row, size_t n)
{
	int64_t errors = report_errors(s->report);

	if (errors == s->errors)
		return;
	s->errors = errors;
	if (s->check->options->split_bad == NULL)
		return;
	/* It stands there once for each file. */
	if (s->header.len > 0)
		report_split(s->report, s->header.data, s->header.len);
	buf_reset(&s->header);
	report_split(s->report, row, n);
}

void
sheet_judged_record(struct sheet *s)
{
	size_t n;
	const char *raw = csvin_raw(s->csv, &n);

	sheet_judged(s, raw, n);
}

static int
read_header(struct sheet *s, struct err *e)
{
	const char *raw;
	size_t n;
	int rc;

	do {
		rc = read_record(s, e);
	} while (rc == SHEET_BAD && csvin_fault(s->csv) == CSVIN_BLANK_LINE);
	s->rows = 0;
	if (rc == SHEET_BAD) {
		/* What does not begin as text is none. */
		s->ended = true;
		return SHEET_END;
	}
	if (rc != 0)
		return rc;
	raw = csvin_raw(s->csv, &n);
	buf_add(&s->header, raw, n);
	for (size_t i = 0; i < csvin_count(s->csv); i++) {
		const struct csvin_field *f = csvin_field(s->csv, i);

		*VEC_PUSH(&s->names) = mem_text(f->text, f->len);
	}
	return 0;
}

int
sheet_open(struct sheet *s, const struct check *check, const char *path,
    struct err *e)
{
	int rc;

	*s = (struct sheet){.check = check,
	    .report = check->report,
	    .path = path,
	    .in = {.fd = -1}};
	rc = open_file(s, e);
	if (rc == 0)
		rc = look(s, e);
	if (rc != 0)
		return rc;
	s->csv = csvin_new(&s->in, check->options->delimiter);
	csvin_judge(s->csv);
	if (s->in.len >= BOM && memcmp(s->in.data, "\xef\xbb\xbf", BOM) == 0) {
		struct finding f = {.rule = RULE_BOM,
		    .message = "the file begins with a byte-order mark",
		    .line = 1,
		    .col = 1};

		report_add(s->report, &f);
	}
	rc = read_header(s, e);
	if (rc == SHEET_END && !s->ended) {
		s->ended = true;
		sheet_add(s, RULE_FILE_EMPTY, "the file has only blank lines");
	}
	return rc;
}

/* Whether somebody wrote to the file, or put another in its place. */
static bool
changed(const struct sheet *s)
{
	struct stat now, there;

	if (!S_ISREG(s->before.st_mode) || fstat(s->in.fd, &now) != 0)
		return false;
	if (now.st_size != s->before.st_size ||
	    now.st_mtim.tv_sec != s->before.st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != s->before.st_mtim.tv_nsec)
		return true;
	return strcmp(s->path, "-") != 0 &&
	    (stat(s->path, &there) != 0 || there.st_ino != now.st_ino ||
		there.st_dev != now.st_dev);
}

static void
check_end(struct sheet *s)
{
	struct finding f = {.rule = RULE_NO_FINAL_NEWLINE,
	    .message = "the last line has no newline",
	    .offset = s->in.bytes};

	if (s->cut && !s->ended) {
		f.line = csvin_line(s->csv);
		report_add(s->report, &f);
	}
	if (s->rows == 0 && !s->ended)
		sheet_add(s, RULE_NO_DATA_ROWS, "no row follows the header");
	if (s->in.fd >= 0 && changed(s))
		sheet_add(s, RULE_CHANGED_DURING_CHECK,
		    "the file changed while it was read");
}

void
sheet_close(struct sheet *s)
{
	check_end(s);
	s->totals.rows = s->rows;
	s->totals.bytes = s->in.bytes;
	buf_release(&s->header);
	csvin_free(s->csv);
	in_close(&s->in);
	for (size_t i = 0; i < s->names.n; i++)
		free(s->names.at[i]);
	VEC_RELEASE(&s->names);
}
