/* SPDX-License-Identifier: MIT */
/* Plain rows of bars, many at a time. */
#include "plain.h"

#include <string.h>

#include "base/sig.h"
#include "base/when.h"
#include "wrong.h"

void
plain_init(struct plain *p, struct value *v)
{
	*p = (struct plain){.value = v};
	batch_init(&p->batch, BATCH_ROWS);
	memset(p->right, SERIES_ALL, sizeof(p->right));
	fast_init(&p->fast, &v->columns, v->sheet->check->options->delimiter);
	fast_vectors(&p->fast);
	p->fast.pick = &p->pick;
	p->fast.stamp = &v->stamp;
	p->fast.symbols = &p->symbols;
}

void
plain_release(struct plain *p)
{
	fast_release(&p->fast);
	batch_release(&p->batch);
	roster_release(&p->symbols);
}

const char *
plain_symbol(const struct plain *p, size_t i, size_t *n)
{
	*n = 0;
	/* A row without its fields has none. */
	if (p->value->columns.at[COLUMNS_SYMBOL] == COLUMNS_NONE ||
	    p->right[i] == 0)
		return NULL;
	return roster_name(&p->symbols, p->batch.symbol[i], n);
}

/* The start of row ${i}; each row is a line. */
static const char *
find_row(struct plain *p, size_t i)
{
	if (i < p->row) {
		p->row = 0;
		p->at = p->start;
	}
	for (; p->row < i; p->row++)
		p->at = strchr(p->at, '\n') + 1;
	return p->at;
}

void
plain_place(struct plain *p, size_t i, enum columns_what what,
    struct finding *f)
{
	const char *row = find_row(p, i), *end = strchr(row, '\n');
	const char *text = row;
	char delimiter = p->fast.delimiter;
	size_t column = p->value->columns.at[what];

	for (size_t skip = column; skip > 0; skip--)
		text = strchr(text, delimiter) + 1;
	f->line = p->line + (int64_t)i;
	f->field = column + 1;
	f->column = p->value->sheet->names.at[column];
	f->col = (size_t)(text - row) + 1;
	f->offset = p->offset + (text - p->start);
	f->row = row;
	f->row_len = (size_t)(end - row);
	f->value = text;
	while (text < end && *text != delimiter && *text != '\r')
		text++;
	f->value_len = (size_t)(text - f->value);
}

void
plain_judged(struct plain *p, size_t i)
{
	const char *row = find_row(p, i), *end = strchr(row, '\n') + 1;

	sheet_judged(p->value->sheet, row, (size_t)(end - row));
}

static void
add(struct plain *p, size_t i, enum columns_what what, struct finding *f)
{
	struct report *report = p->value->sheet->report;

	if (!report_shows(report, f->rule)) {
		report_count(report, f->rule);
		return;
	}
	plain_place(p, i, what, f);
	f->symbol = plain_symbol(p, i, &f->symbol_len);
	f->dated = (p->right[i] & SERIES_RIGHT(SERIES_TIME)) != 0;
	f->bar_ts_ns = p->batch.ts_ns[i];
	report_add(report, f);
}

/* A line that ends in another way than the first one, once. */
static void
check_eol(struct plain *p, const char *end)
{
	struct sheet *s = p->value->sheet;
	const char *start = p->start, *at = start, *row = start;
	size_t lines = 0;
	struct finding f = {.rule = RULE_MIXED_EOL};

	if (s->mixed || report_off(s->report, f.rule))
		return;
	if (s->eol == '\n')
		at = memchr(start, '\r', (size_t)(end - start));
	else
		while (at < end &&
		    (at = memchr(at, '\n', (size_t)(end - at))) && at > start &&
		    at[-1] == '\r')
			at++;
	if (at == NULL || at == end)
		return;
	for (const char *c = start;
	     (c = memchr(c, '\n', (size_t)(at - c))) != NULL; row = ++c)
		lines++;
	s->mixed = true;
	f.message = sheet_mixed(s->eol);
	f.line = p->line + (int64_t)lines;
	f.col = (size_t)(at - row) + 1;
	f.offset = p->offset + (at - start);
	f.row = row;
	f.row_len = (size_t)(at - row);
	report_add(s->report, &f);
}

static void
check_future(struct plain *p)
{
	const struct batch *b = &p->batch;
	int64_t limit = value_limit(p->value), latest = INT64_MIN;
	struct finding f = {.rule = RULE_FUTURE_TIMESTAMP};

	for (size_t i = 0; i < b->n; i++)
		latest = b->ts_ns[i] > latest ? b->ts_ns[i] : latest;
	if (latest <= limit)
		return;
	for (size_t i = 0; i < b->n; i++)
		if (b->ts_ns[i] > limit &&
		    (p->right[i] & SERIES_RIGHT(SERIES_TIME)) != 0) {
			f.message = VALUE_FUTURE;
			add(p, i, COLUMNS_TIMESTAMP, &f);
		}
}

static void
check_range(struct plain *p)
{
	const unsigned needed = SERIES_RIGHT(SERIES_HIGH) |
	    SERIES_RIGHT(SERIES_LOW) | SERIES_RIGHT(SERIES_VOLUME);
	const struct batch *b = &p->batch;
	const int64_t *high = b->price[BATCH_HIGH], *low = b->price[BATCH_LOW];
	struct finding f = {.rule = RULE_VOLUME_WITHOUT_RANGE,
	    .message = VALUE_NO_RANGE};

	if (report_off(p->value->sheet->report, f.rule))
		return;
	for (size_t i = 0; i < b->n; i++)
		if (high[i] == low[i] && b->volume[i] > 0 &&
		    (p->right[i] & needed) == needed)
			add(p, i, COLUMNS_VOLUME, &f);
}

/* Have whole lines in memory, if a block more makes them. */
static int
have_lines(struct plain *p, struct err *e)
{
	struct in *in = &p->value->sheet->in;
	size_t left = in->len - in->pos;

	if (in->eof || left >= IN_BLOCK ||
	    (left > 0 && memchr(in->data + in->pos, '\n', left) != NULL))
		return 0;
	return in_more(in, e);
}

/* Hand the lines in memory to the fast reader. */
static const char *
take(struct plain *p)
{
	struct sheet *s = p->value->sheet;
	struct in *in = &s->in;
	struct fast_run run = {.at = in->data + in->pos,
	    .end = in->data + in->len,
	    .line = csvin_next_line(s->csv),
	    .batch = &p->batch,
	    .room = p->batch.cap};

	p->start = p->at = run.at;
	p->row = 0;
	p->line = run.line;
	p->offset = in->bytes;
	while (run.end > run.at && run.end[-1] != '\n')
		run.end--;
	p->fast.unit_ns = p->value->unit_ns;
	do {
		fast_rows(&p->fast, &run);
	} while (wrong_rows(p, &run));
	csvin_pass(s->csv, (size_t)(run.at - p->start), run.line - p->line);
	return run.at;
}

int
plain_read(struct plain *p, struct err *e)
{
	struct sheet *s = p->value->sheet;
	const char *end;
	int rc;

	batch_reset(&p->batch);
	if (p->wrong)
		memset(p->right, SERIES_ALL, sizeof(p->right));
	p->wrong = false;
	p->blanks = 0;
	if (s->ended || csvin_again(s->csv) ||
	    s->check->options->parser == PARSER_GENERAL)
		return 0;
	if (sig_seen() != 0)
		return CHECK_STOPPED;
	rc = have_lines(p, e);
	if (rc != 0)
		return sheet_broken(s, rc, e);
	end = take(p);
	if (p->batch.n == 0)
		return 0;
	s->rows += (int64_t)(p->batch.n - p->blanks);
	s->cut = false;
	check_eol(p, end);
	check_future(p);
	check_range(p);
	return 0;
}
