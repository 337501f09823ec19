/* SPDX-License-Identifier: MIT */
/* Rows of a market-data file, checked, as bars. */
#include "market/bars.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"
#include "base/when.h"
#include "machine/path.h"
#include "market/bars_source.h"

static int
find_symbol(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;

	pick_init(&s->pick, b->opts->symbol);
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
	if (rc != 0)
		return rc;
	rc = columns_read(&s->columns, s->csv, e);
	if (rc != 0)
		return rc;
	return find_symbol(b, e);
}

int
bars_begin(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	char delimiter = b->opts->delimiter != 0 ? b->opts->delimiter : ',';
	int rc = read_header(b, e);

	if (rc != 0)
		return rc;
	fast_init(&s->fast, &s->columns, delimiter);
	s->fast.pick = &s->pick;
	s->fast.stamp = &s->stamp;
	if (b->opts->parser == BARS_FAST)
		fast_vectors(&s->fast);
	return 0;
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
	s->stem = path_stem(path);
	bars_cache_open(b);
	rc = s->cache.reading ? 0 : bars_begin(b, e);
	if (rc != 0)
		bars_close(b);
	return rc;
}

void
bars_on_read(struct bars *b, struct hook hook)
{
	b->source->in.on_read = hook;
}

void
bars_on_wait(struct bars *b, struct fd_wait wait)
{
	b->source->in.wait = wait;
}

void
bars_close(struct bars *b)
{
	struct bars_source *s = b->source;

	if (s == NULL)
		return;
	batch_release(&s->one);
	fast_release(&s->fast);
	range_release(&s->range);
	pick_release(&s->pick);
	free(s->stem);
	cache_close(&s->cache);
	free(s->cached);
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

/* The scale grows until it holds all digits of the price. */
static void
widen(struct bars_source *s, const struct bars_price *p)
{
	static const int64_t rest[] = {1000000000, 100000000, 10000000, 1000000,
	    100000, 10000, 1000, 100, 10, 1};

	while (p->exact && p->units % rest[s->scale] != 0)
		s->scale++;
}

/* The row that was read is a bar. */
static void
use_row(struct bars_source *s, const struct bar *bar, enum when_form form)
{
	if (!s->stamp.any)
		s->first_ns = bar->ts_ns;
	stamp_used(&s->stamp, &s->row, bar->ts_ns, form);
	widen(s, &bar->open);
	widen(s, &bar->high);
	widen(s, &bar->low);
	widen(s, &bar->close);
}

static int
next_row(struct bars *b, struct bar *bar, struct err *e)
{
	struct bars_source *s = b->source;
	enum when_form form;
	int rc;

	s->row.fault = ROW_FATAL;
	rc = csvin_next(s->csv, e);
	/* Compressed data may be no rows at all. */
	if (rc == 0 || csvin_fault(s->csv) != CSVIN_OK)
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
	if (rc == 0)
		use_row(s, bar, form);
	return rc;
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
int
bars_finish(const struct bars *b, struct err *e)
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
give(struct bars *b, struct batch *batch)
{
	struct bars_source *s = b->source;
	struct range_bar next;

	if (!range_give(&s->range, &next, &b->before))
		return false;
	if (batch->n == 0)
		batch->first = b->before > 0 ? -b->before : s->given;
	batch_add(batch, &next.bar, next.line);
	batch->before += b->before > 0;
	b->warmup += b->before > 0;
	s->given += b->before == 0;
	b->exact = b->exact && !batch->any_loose;
	return true;
}

/* What became of the rows that were added from ${first} on. */
static void
count_added(struct bars *b, struct batch *batch, size_t first)
{
	struct bars_source *s = b->source;
	const struct range_opts *range = &b->opts->range;
	struct range_bar bar;

	s->matched += (int64_t)(batch->n - first);
	cache_write_rows(&s->cache.write, batch, first, s->scale);
	if (range->has_from && !s->range.begun) {
		/* There is one at most, and those that wait may go before. */
		if (batch->n == first)
			return;
		batch->n = first;
		bar.line = batch_line(batch, first);
		batch_bar(batch, first, &bar.bar);
		range_take(&s->range, &bar);
	}
	while (range->has_to && batch->n > first &&
	    batch->ts_ns[batch->n - 1] >= range->to_ns) {
		batch->n--;
		s->range.outside++;
	}
	b->outside = s->range.outside;
	if (batch->n == first)
		return;
	if (first == 0)
		batch->first = s->given;
	s->given += (int64_t)(batch->n - first);
	b->before = 0;
}

/* Read plain rows, as many as there are and the batch has room for. */
static bool
take_fast(struct bars *b, struct batch *batch)
{
	struct bars_source *s = b->source;
	size_t first = batch->n;
	int64_t line = csvin_next_line(s->csv);
	const char *start = s->in.data + s->in.pos;
	struct fast_run run = {.at = start,
	    .end = s->in.data + s->in.len,
	    .line = line,
	    .batch = batch,
	    .room = batch->cap,
	    .scale = s->scale};

	while (run.end > run.at && run.end[-1] != '\n')
		run.end--;
	if (b->opts->range.has_from && !s->range.begun)
		run.room = first + 1;
	fast_rows(&s->fast, &run);
	csvin_pass(s->csv, (size_t)(run.at - start), run.line - line);
	s->scale = run.scale;
	b->rows += run.line - line;
	count_added(b, batch, first);
	return run.at > start;
}

/* Read a row; it may be one that is passed over. */
static int
take_row(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	struct range_bar row;
	int rc = next_row(b, &row.bar, e);

	if (rc == CSVIN_END) {
		bars_cache_end(b);
		return bars_finish(b, e);
	}
	if (rc == EX_DATAERR && b->opts->skip && s->row.fault != ROW_FATAL) {
		b->skipped[s->row.fault]++;
		return 0;
	}
	if (rc == PICK_OTHER)
		return 0;
	if (rc != 0)
		return rc;
	row.line = csvin_line(s->csv);
	cache_write_bar(&s->cache.write, &row.bar, row.line, s->scale);
	range_take(&s->range, &row);
	b->outside = s->range.outside;
	return 0;
}

/* Have a whole line in memory, if a block more makes one. */
static int
have_line(struct bars_source *s, struct err *e)
{
	const struct in *in = &s->in;
	size_t left = in->len - in->pos;

	if (in->eof || left >= IN_BLOCK ||
	    (left > 0 && memchr(in->data + in->pos, '\n', left) != NULL))
		return 0;
	return in_more(&s->in, e);
}

static int
take(struct bars *b, struct batch *batch, struct err *e)
{
	int rc = 0;

	/* Rows passed over may go on for long. */
	if (sig_seen() != 0)
		return BARS_SIGNAL;
	if (b->opts->parser == BARS_GENERAL)
		return take_row(b, e);
	if (batch->n == 0)
		rc = have_line(b->source, e);
	if (rc != 0 || take_fast(b, batch))
		return rc;
	return take_row(b, e);
}

/* What ended the batch before, once its rows are used. */
static int
take_late(struct bars_source *s, struct err *e)
{
	int rc = s->late;

	s->late = 0;
	if (rc > 0)
		*e = s->late_err;
	return rc;
}

int
bars_read(struct bars *b, struct batch *batch, struct err *e)
{
	struct bars_source *s = b->source;
	int rc = take_late(s, e);

	batch_reset(batch);
	while (rc == 0 && batch->n < batch->cap) {
		if (give(b, batch))
			continue;
		if (batch->n > 0 && !csvin_ready(&s->in))
			break;
		rc = take(b, batch, batch->n > 0 ? &s->late_err : e);
	}
	batch->scale = s->scale;
	if (batch->n == 0)
		return rc;
	s->late = rc;
	return 0;
}

int
bars_fill(struct bars *b, struct batch *batch, struct err *e)
{
	return b->source->cache.reading ? bars_cache_fill(b, batch, e)
					: bars_read(b, batch, e);
}

int
bars_next(struct bars *b, struct bar *bar, struct err *e)
{
	struct batch *one = &b->source->one;
	int rc;

	/* No row is read before it is wanted. */
	if (one->cap == 0)
		batch_init(one, 1);
	rc = bars_fill(b, one, e);
	if (rc == 0)
		batch_bar(one, 0, bar);
	return rc;
}

int
bars_wrap_row(const struct bars *b, const struct batch *batch, size_t i,
    struct err *e)
{
	return err_wrap(e, "%s:%lld:1", csvin_name(b->source->csv),
	    (long long)batch_line(batch, i));
}

int
bars_wrap(const struct bars *b, struct err *e)
{
	return bars_wrap_row(b, &b->source->one, 0, e);
}
