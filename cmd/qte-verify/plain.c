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
	memset(p->right, PLAIN_ALL, sizeof(p->right));
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
	    (p->right[i] & PLAIN_FIELDS) == 0)
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

/* Where the field at ${text} ends, which may have quotes around it. */
static const char *
find_end(const struct plain *p, const char *text, const char *end)
{
	if (*text == '"')
		return (const char *)memchr(text + 1, '"',
			   (size_t)(end - text)) +
		    1;
	while (text < end && *text != p->fast.delimiter && *text != '\r')
		text++;
	return text;
}

void
plain_place(struct plain *p, size_t i, enum columns_what what,
    struct finding *f)
{
	const char *row = find_row(p, i), *end = strchr(row, '\n');
	const char *text = row;
	size_t column = p->value->columns.at[what];

	for (size_t skip = column; skip > 0; skip--)
		text = find_end(p, text, end) + 1;
	f->line = p->line + (int64_t)i;
	f->field = column + 1;
	f->column = p->value->sheet->names.at[column];
	f->col = (size_t)(text - row) + 1;
	f->offset = p->offset + (text - p->start);
	f->row = row;
	f->row_len = (size_t)(end - row);
	f->value = text + (*text == '"');
	f->value_len =
	    (size_t)(find_end(p, text, end) - f->value) - (*text == '"');
}

void
plain_judged(struct plain *p, size_t i)
{
	const char *row = find_row(p, i), *end = strchr(row, '\n') + 1;

	sheet_judged(p->value->sheet, row, (size_t)(end - row));
}

static bool
is_right(const struct plain *p, size_t i, unsigned values)
{
	return (p->right[i] & values) == values;
}

static void
add(struct plain *p, size_t i, enum columns_what what, enum rule rule)
{
	struct report *report = p->value->sheet->report;

	if (!report_shows(report, rule)) {
		report_count(report, rule);
		return;
	}

	struct finding f = {.rule = rule,
	    .message =
		rule == RULE_FUTURE_TIMESTAMP ? VALUE_FUTURE : VALUE_NO_RANGE,
	    .dated = is_right(p, i, SERIES_RIGHT(SERIES_TIME)),
	    .bar_ts_ns = p->batch.ts_ns[i]};

	plain_place(p, i, what, &f);
	f.symbol = plain_symbol(p, i, &f.symbol_len);
	report_add(report, &f);
}

/* Find a line that ends in another way than the first one; the first alone
 * counts. */
static void
find_mixed(struct plain *p, const char *end)
{
	struct sheet *s = p->value->sheet;
	const char *start = p->start, *at = start;

	p->mixed = NULL;
	if (s->mixed || report_off(s->report, RULE_MIXED_EOL))
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
	s->mixed = true;
	p->mixed = at;
}

static void
tell_mixed(struct plain *p, size_t i)
{
	const char *row = find_row(p, i);
	struct finding f = {.rule = RULE_MIXED_EOL,
	    .message = sheet_mixed(p->value->sheet->eol),
	    .line = p->line + (int64_t)i,
	    .col = (size_t)(p->mixed - row) + 1,
	    .offset = p->offset + (p->mixed - p->start),
	    .row = row,
	    .row_len = (size_t)(p->mixed - row)};

	report_add(p->value->sheet->report, &f);
	p->mixed = NULL;
}

/* Whether a time is too late, that of a row perhaps which is not right. */
static bool
find_late(const struct plain *p)
{
	const struct batch *b = &p->batch;
	int64_t latest = INT64_MIN;

	for (size_t i = 0; i < b->n; i++)
		latest = b->ts_ns[i] > latest ? b->ts_ns[i] : latest;
	return latest > value_limit(p->value);
}

void
plain_judge(struct plain *p, size_t i)
{
	const struct batch *b = &p->batch;

	if (p->mixed != NULL &&
	    memchr(find_row(p, i), '\n', (size_t)(p->mixed - find_row(p, i))) ==
		NULL)
		tell_mixed(p, i);
	if (p->late && b->ts_ns[i] > value_limit(p->value) &&
	    is_right(p, i, SERIES_RIGHT(SERIES_TIME)))
		add(p, i, COLUMNS_TIMESTAMP, RULE_FUTURE_TIMESTAMP);
	if (b->price[BATCH_HIGH][i] == b->price[BATCH_LOW][i] &&
	    b->volume[i] > 0 &&
	    is_right(p, i,
		SERIES_RIGHT(SERIES_HIGH) | SERIES_RIGHT(SERIES_LOW) |
		    SERIES_RIGHT(SERIES_VOLUME)))
		add(p, i, COLUMNS_VOLUME, RULE_VOLUME_WITHOUT_RANGE);
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
		memset(p->right, PLAIN_ALL, sizeof(p->right));
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
	find_mixed(p, end);
	p->late = find_late(p);
	return 0;
}
