/* SPDX-License-Identifier: MIT */
/* Rows of a market-data file, checked, as bars. */
#include "market/bars.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"
#include "base/when.h"
#include "format/csvin.h"
#include "machine/in.h"
#include "machine/path.h"
#include "market/columns.h"
#include "market/pick.h"
#include "market/range.h"
#include "market/row.h"
#include "market/stamp.h"

struct bars_source {
	struct in in;
	struct csvin *csv;
	struct columns columns;
	struct row row;
	struct stamp stamp;
	int64_t first_ns; /* of the first row that was used */
	struct range range;
	char *stem; /* owned: of the file's name */
	struct pick pick;
	int64_t matched; /* rows of the symbol */
};

static int
find_symbol(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;

	pick_init(&s->pick, b->opts->symbol);
	s->stem = path_stem(s->in.name);
	b->symbol = s->stem;
	if (b->opts->symbol == NULL)
		return 0;
	b->symbol = b->opts->symbol;
	if (s->columns.at[COLUMNS_SYMBOL] != COLUMNS_NONE ||
	    strcmp(b->symbol, s->stem) == 0)
		return 0;
	if (b->opts->columns != NULL)
		return err_set(e, EX_USAGE,
		    "--columns: no column 'symbol' to find '%s' in", b->symbol);
	return csvin_err(s->csv, 0, e, "no column 'symbol' to find '%s' in",
	    b->symbol);
}

static int
read_header(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	int rc;

	if (b->opts->columns != NULL) {
		s->columns = *b->opts->columns;
		return find_symbol(b, e);
	}
	rc = csvin_next(s->csv, e);
	if (rc == CSVIN_END)
		return err_set(e, EX_DATAERR, "%s: is empty",
		    csvin_name(s->csv));
	if (rc == CSVIN_SIGNAL)
		return BARS_SIGNAL;
	if (rc != 0)
		return rc;
	rc = columns_read(&s->columns, s->csv, e);
	if (rc != 0)
		return rc;
	return find_symbol(b, e);
}

int
bars_open(struct bars *b, const char *path, const struct bars_opts *opts,
    struct err *e)
{
	struct bars_source *s = mem_alloc(1, sizeof(*s));
	int rc;

	*b = (struct bars){.opts = opts, .exact = true, .source = s};
	range_init(&s->range, &opts->range);
	stamp_init(&s->stamp, opts->zone);
	rc = in_open(&s->in, path, e);
	if (rc != 0) {
		free(s);
		b->source = NULL;
		return rc;
	}
	s->csv =
	    csvin_new(&s->in, opts->delimiter != 0 ? opts->delimiter : ',');
	s->row = (struct row){.csv = s->csv, .columns = &s->columns};
	rc = read_header(b, e);
	if (rc != 0)
		bars_close(b);
	return rc;
}

void
bars_on_read(struct bars *b, struct hook hook)
{
	b->source->in.on_read = hook;
}

bool
bars_position(const struct bars *b, int64_t *at, int64_t *size)
{
	return in_position(&b->source->in, at, size);
}

void
bars_close(struct bars *b)
{
	struct bars_source *s = b->source;

	if (s == NULL)
		return;
	range_release(&s->range);
	pick_release(&s->pick);
	free(s->stem);
	csvin_free(s->csv);
	in_close(&s->in);
	free(s);
	b->source = NULL;
	b->symbol = NULL;
}

/* What a record that is no CSV is refused for. */
static const enum bars_fault csv_faults[] = {
    [CSVIN_OK] = ROW_FATAL,
    [CSVIN_NUL_BYTE] = BARS_NUL_BYTE,
    [CSVIN_INVALID_UTF8] = BARS_INVALID_UTF8,
    [CSVIN_STRAY_QUOTE] = BARS_STRAY_QUOTE,
    [CSVIN_LONE_CR] = BARS_LONE_CR,
    [CSVIN_UNCLOSED_QUOTE] = ROW_FATAL,
    [CSVIN_TOO_LONG] = ROW_FATAL,
};

static int
check_width(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	size_t n = csvin_count(s->csv), width = s->columns.width;

	if (n == width)
		return 0;
	if (n < width && csvin_cut(s->csv))
		return row_refuse(&s->row, BARS_TRUNCATED_LAST_LINE,
		    csvin_err(s->csv, n, e,
			"last line is cut off: %zu of %zu fields, no newline",
			n, width));
	return row_refuse(&s->row, BARS_COLUMN_COUNT,
	    csvin_err(s->csv, n < width ? n : width, e,
		"row has %zu field%s, %s %zu", n, n == 1 ? "" : "s",
		b->opts->columns != NULL ? "--columns names" : "the header has",
		width));
}

static int
check_symbol(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	size_t at = s->columns.at[COLUMNS_SYMBOL];
	int rc;

	if (at == COLUMNS_NONE)
		return 0;
	if (csvin_field(s->csv, at)->len == 0)
		return row_empty(&s->row, COLUMNS_SYMBOL, e);
	/* It stands in every record, and those have their limit. */
	if (csvin_field(s->csv, at)->len > BARS_SYMBOL_MAX)
		return csvin_err(s->csv, at, e,
		    "symbol is longer than %d bytes", BARS_SYMBOL_MAX);
	rc = pick_row(&s->pick, s->csv, at, e);
	if (rc == 0 && s->pick.wanted == NULL)
		b->symbol = s->pick.first;
	return rc;
}

static int
next_row(struct bars *b, struct bar *bar, struct err *e)
{
	struct bars_source *s = b->source;
	enum when_form form;
	int rc;

	s->row.fault = ROW_FATAL;
	rc = csvin_next(s->csv, e);
	if (rc == 0 || rc == EX_DATAERR)
		b->rows++;
	if (rc == EX_DATAERR)
		return row_refuse(&s->row, csv_faults[csvin_fault(s->csv)], rc);
	if (rc == 0)
		rc = check_width(b, e);
	if (rc == 0)
		rc = check_symbol(b, e);
	if (rc != 0)
		return rc;
	s->matched++;
	rc = stamp_read(&s->stamp, &s->row, &bar->ts_ns, &form, e);
	if (rc == 0)
		rc = row_prices(&s->row, bar, e);
	if (rc != 0)
		return rc;
	if (!s->stamp.any)
		s->first_ns = bar->ts_ns;
	stamp_used(&s->stamp, &s->row, bar->ts_ns, form);
	return 0;
}

/* No bar of the file is in the range. */
static int
none_inside(const struct bars_source *s, struct err *e)
{
	const struct range_opts *o = s->range.opts;
	char from[WHEN_TEXT_SIZE], to[WHEN_TEXT_SIZE];
	struct buf range = {0};

	if (o->has_from && when_put(from, o->from_ns) > 0)
		buf_fmt(&range, " from %s", from);
	if (o->has_to && when_put(to, o->to_ns) > 0)
		buf_fmt(&range, " before %s", to);
	when_put(from, s->first_ns);
	when_put(to, s->stamp.ts_ns);
	err_set(e, EX_DATAERR,
	    "%s: no bars%s: the first is of %s, the last of %s",
	    csvin_name(s->csv), buf_text(&range), from, to);
	buf_release(&range);
	return e->status;
}

/* The end is an error when there was nothing before it. */
static int
finish(const struct bars *b, struct err *e)
{
	const struct bars_source *s = b->source;

	if (s->range.begun)
		return BARS_END;
	if (s->stamp.any)
		return none_inside(s, e);
	if (b->rows == 0)
		return err_set(e, EX_DATAERR, "%s: no data rows",
		    csvin_name(s->csv));
	if (s->matched == 0 && s->pick.nseen > 0)
		return pick_none(&s->pick, csvin_name(s->csv), e);
	return err_set(e, EX_DATAERR,
	    "%s: no usable data rows: all %lld were refused",
	    csvin_name(s->csv),
	    (long long)(b->opts->symbol != NULL ? s->matched : b->rows));
}

/* Hand out the next bar that is wanted, if there is one yet. */
static bool
give(struct bars *b, struct bar *bar)
{
	if (!range_give(&b->source->range, bar, &b->before))
		return false;
	b->warmup += b->before > 0;
	b->exact = b->exact && bar->open.exact && bar->high.exact &&
	    bar->low.exact && bar->close.exact;
	return true;
}

int
bars_next(struct bars *b, struct bar *bar, struct err *e)
{
	struct bars_source *s = b->source;
	struct bar row;
	int rc;

	while (!give(b, bar)) {
		/* Rows passed over may go on for long. */
		if (sig_seen() != 0)
			return BARS_SIGNAL;
		rc = next_row(b, &row, e);
		if (rc == CSVIN_END)
			return finish(b, e);
		if (rc == CSVIN_SIGNAL)
			return BARS_SIGNAL;
		if (rc == EX_DATAERR && b->opts->skip &&
		    s->row.fault != ROW_FATAL)
			b->skipped[s->row.fault]++;
		else if (rc != 0 && rc != PICK_OTHER)
			return rc;
		if (rc == 0)
			range_take(&s->range, &row);
		b->outside = s->range.outside;
	}
	return 0;
}

int
bars_wrap(const struct bars *b, struct err *e)
{
	int64_t line;
	size_t column;

	csvin_place(b->source->csv, b->source->columns.at[COLUMNS_TIMESTAMP],
	    &line, &column);
	return err_wrap(e, "%s:%lld:%zu", csvin_name(b->source->csv),
	    (long long)line, column);
}
