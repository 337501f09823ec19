/* SPDX-License-Identifier: MIT */
/* Findings out. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/vec.h"
#include "format/rec.h"
#include "raw.h"

/* So much is laid out before some of it is written early. */
#define HELD_MAX ((size_t)4 * 1024 * 1024)

#define RED "\033[31m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* A finding that is laid out. */
struct item {
	int64_t line;
	size_t col;
	size_t seq; /* of two in one place the first stays first */
	size_t at, len;
};

struct report {
	const struct report_opts *opts; /* borrowed, and so is the next */
	struct out *stream, *split;	/* or NULL */
	const char *name;
	struct report_counts file, all;
	struct rec rec;
	struct buf held; /* findings of the file, in the order they came */
	struct {
		VEC(struct item);
	} items;	 /* in held */
	struct buf done; /* of the files before, and of this one */
	struct buf bad;	 /* the rows with an error, of all of them */
};

struct report *
report_new(const struct report_opts *opts)
{
	struct report *r = mem_alloc(1, sizeof(*r));

	r->opts = opts;
	rec_init(&r->rec, NULL);
	return r;
}

void
report_free(struct report *r)
{
	if (r == NULL)
		return;
	rec_release(&r->rec);
	buf_release(&r->held);
	VEC_RELEASE(&r->items);
	buf_release(&r->done);
	buf_release(&r->bad);
	free(r);
}

void
report_stream(struct report *r, struct out *out, struct out *split)
{
	r->stream = out;
	r->split = split;
}

/* Write what was laid out, if there is somewhere to. */
static void
let_out(struct report *r)
{
	if (r->stream != NULL) {
		out_write(r->stream, r->done.data, r->done.len);
		buf_reset(&r->done);
	}
	if (r->split != NULL) {
		out_write(r->split, r->bad.data, r->bad.len);
		buf_reset(&r->bad);
	}
}

int64_t
report_errors(const struct report *r)
{
	return r->file.by_severity[SEVERITY_ERROR];
}

void
report_split(struct report *r, const char *row, size_t n)
{
	buf_add(&r->bad, row, n);
	if (n == 0 || row[n - 1] != '\n')
		buf_char(&r->bad, '\n');
	if (r->bad.len > HELD_MAX)
		let_out(r);
}

bool
report_off(const struct report *r, enum rule rule)
{
	return r->opts->off[rule];
}

bool
report_shows(const struct report *r, enum rule rule)
{
	int64_t max = r->opts->max_per_rule;

	return !r->opts->off[rule] && (max == 0 || r->file.by_rule[rule] < max);
}

void
report_count(struct report *r, enum rule rule)
{
	enum severity severity = r->opts->severity[rule];

	if (r->opts->off[rule])
		return;
	r->file.suppressed += !report_shows(r, rule);
	r->file.by_rule[rule]++;
	r->file.by_severity[severity]++;
	r->file.failed = r->file.failed || severity >= r->opts->fail_on;
}

static void
put_place(struct rec *rec, const struct finding *f)
{
	if (f->line > 0)
		rec_int(rec, "line", f->line);
	if (f->column != NULL)
		rec_text(rec, "column", f->column);
	if (f->field > 0)
		rec_int(rec, "field", (int64_t)f->field);
	if (f->col > 0)
		rec_int(rec, "col", (int64_t)f->col);
	if (f->offset >= 0 && f->line > 0)
		rec_int(rec, "offset", f->offset);
	if (f->symbol != NULL)
		raw_put(rec, "symbol", f->symbol, f->symbol_len);
	if (f->dated)
		rec_time(rec, "bar_ts", f->bar_ts_ns);
}

static void
put_record(struct report *r, const struct finding *f)
{
	struct rec *rec = &r->rec;

	rec_begin(rec, "finding");
	if (!r->opts->reproducible)
		rec_time(rec, "ts", r->opts->now_ns);
	rec_text(rec, "rule", rule_id(f->rule));
	rec_text(rec, "severity",
	    rule_severity_name(r->opts->severity[f->rule]));
	rec_text(rec, "file", r->name);
	put_place(rec, f);
	if (f->path != NULL)
		raw_name(rec, "path", f->path, f->path_len);
	if (f->value != NULL)
		raw_put(rec, "value", f->value, f->value_len);
	if (f->expected != NULL)
		rec_text(rec, "expected", f->expected);
	rec_text(rec, "message", f->message);
	rec_end(rec);
	buf_add(&r->held, rec->line.data, rec->line.len);
}

/* The severity as a word of its colour. */
static void
put_severity(struct report *r, enum severity severity)
{
	static const char *const colors[SEVERITIES] = {"", YELLOW, RED};
	bool color = r->opts->color && severity > SEVERITY_INFO;

	buf_fmt(&r->held, "%s%s:%s ", color ? colors[severity] : "",
	    rule_severity_name(severity), color ? PLAIN : "");
}

/* The row, and a caret below the place in it. */
static void
put_row(struct report *r, const struct finding *f)
{
	struct err e = {0};

	if (f->row == NULL || f->row_len == 0)
		return;
	err_caret(&e, f->row, f->row_len, f->col > 0 ? f->col - 1 : 0,
	    f->width > 0 ? f->width : f->value_len);
	for (const char *line = e.excerpt; line[0] != '\0';) {
		size_t n = strcspn(line, "\n");

		buf_str(&r->held, "  ");
		buf_add(&r->held, line, n);
		buf_char(&r->held, '\n');
		line += n + (line[n] == '\n');
	}
}

static void
put_text(struct report *r, const struct finding *f)
{
	buf_shown(&r->held, r->name);
	if (f->line > 0)
		buf_fmt(&r->held, ":%lld", (long long)f->line);
	if (f->line > 0 && f->col > 0)
		buf_fmt(&r->held, ":%zu", f->col);
	buf_str(&r->held, ": ");
	put_severity(r, r->opts->severity[f->rule]);
	buf_shown(&r->held, f->message);
	buf_fmt(&r->held, " [%s]\n", rule_id(f->rule));
	put_row(r, f);
}

static int
by_line(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->col != y->col)
		return x->col < y->col ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

/* Move the first ${n} findings, in the order of their lines, to what is done.
 */
static void
settle(struct report *r, size_t n)
{
	struct buf rest = {0};

	if (r->items.n > 0)
		qsort(r->items.at, r->items.n, sizeof(r->items.at[0]), by_line);
	for (size_t i = 0; i < r->items.n; i++) {
		struct item *item = &r->items.at[i];
		struct buf *to = i < n ? &r->done : &rest;
		size_t at = to->len;

		buf_add(to, r->held.data + item->at, item->len);
		item->at = at;
	}
	r->items.n -= n;
	if (r->items.n > 0)
		memmove(r->items.at, r->items.at + n,
		    r->items.n * sizeof(r->items.at[0]));
	buf_release(&r->held);
	r->held = rest;
}

void
report_add(struct report *r, const struct finding *f)
{
	bool shown = report_shows(r, f->rule);
	size_t at = r->held.len;

	report_count(r, f->rule);
	if (!shown)
		return;
	if (r->opts->text)
		put_text(r, f);
	else
		put_record(r, f);
	*VEC_PUSH(&r->items) = (struct item){.line = f->line,
	    .col = f->col,
	    .seq = r->items.n,
	    .at = at,
	    .len = r->held.len - at};
	if (r->stream != NULL && r->held.len > HELD_MAX) {
		/* What comes late belongs before what came last at most. */
		settle(r, r->items.n / 2);
		let_out(r);
	}
}

void
report_begin(struct report *r, const char *name)
{
	r->name = name;
	r->file = (struct report_counts){.files = 1};
}

void
report_findings(struct rec *rec, const struct report_counts *c)
{
	rec_open(rec, "findings", '{');
	for (enum severity s = SEVERITIES; s-- > 0;)
		rec_int(rec, rule_severity_name(s), c->by_severity[s]);
	rec_shut(rec, '}');
	rec_open(rec, "by_rule", '{');
	for (enum rule i = 0; i < RULES; i++)
		if (c->by_rule[i] > 0)
			rec_int(rec, rule_id(i), c->by_rule[i]);
	rec_shut(rec, '}');
	rec_int(rec, "suppressed", c->suppressed);
}

const char *
report_verdict(const struct report_counts *c, bool stopped)
{
	return stopped ? "stopped" : c->failed ? "failed" : "ok";
}

static void
put_verified(struct report *r, const struct report_totals *t)
{
	struct rec *rec = &r->rec;

	rec_begin(rec, "verified");
	if (!r->opts->reproducible)
		rec_time(rec, "ts", r->opts->now_ns);
	rec_text(rec, "file", r->name);
	rec_int(rec, "rows", t->rows);
	rec_int(rec, "bytes", t->bytes);
	if (t->dated) {
		rec_time(rec, "first_ts", t->first_ns);
		rec_time(rec, "last_ts", t->last_ns);
	}
	rec_int(rec, "symbols", t->symbols);
	if (t->untracked > 0)
		rec_int(rec, "symbols_untracked", t->untracked);
	report_findings(rec, &r->file);
	rec_text(rec, "verdict", report_verdict(&r->file, t->stopped));
	rec_end(rec);
	buf_add(&r->done, rec->line.data, rec->line.len);
}

static void
put_closing(struct report *r, const struct report_totals *t)
{
	const char *separator = ": ";

	buf_str(&r->done,
	    t->stopped		 ? "STOPPED: "
		: r->file.failed ? "FAILED: "
				 : "OK: ");
	buf_shown(&r->done, r->name);
	buf_fmt(&r->done, " - %lld row%s", (long long)t->rows,
	    t->rows == 1 ? "" : "s");
	for (enum severity s = SEVERITIES; s-- > 0;) {
		int64_t n = r->file.by_severity[s];

		if (n == 0)
			continue;
		buf_fmt(&r->done, "%s%lld %s%s", separator, (long long)n,
		    rule_severity_name(s),
		    n == 1 || s == SEVERITY_INFO ? "" : "s");
		separator = ", ";
	}
	if (r->file.suppressed > 0)
		buf_fmt(&r->done, "; %lld not shown (--max-per-rule)",
		    (long long)r->file.suppressed);
	if (t->untracked > 0)
		buf_fmt(&r->done,
		    "; %lld symbol%s too many for outlier, split-like and "
		    "volume-spike",
		    (long long)t->untracked,
		    t->untracked == 1 ? " is" : "s are");
	buf_char(&r->done, '\n');
}

void
report_join(struct report_counts *all, const struct report_counts *more)
{
	all->files += more->files;
	all->rows += more->rows;
	all->bytes += more->bytes;
	for (size_t i = 0; i < RULES; i++)
		all->by_rule[i] += more->by_rule[i];
	for (size_t i = 0; i < SEVERITIES; i++)
		all->by_severity[i] += more->by_severity[i];
	all->suppressed += more->suppressed;
	all->failed = all->failed || more->failed;
}

void
report_take(struct report *r, struct report *other)
{
	buf_add(&r->done, other->done.data, other->done.len);
	report_join(&r->all, &other->all);
	let_out(r);
}

void
report_end(struct report *r, const struct report_totals *t)
{
	settle(r, r->items.n);
	r->file.rows = t->rows;
	r->file.bytes = t->bytes;
	if (r->opts->text)
		put_closing(r, t);
	else
		put_verified(r, t);
	report_join(&r->all, &r->file);
	r->name = NULL;
	let_out(r);
}

void
report_append(struct report *r, const struct report *more)
{
	buf_add(&r->done, more->done.data, more->done.len);
	buf_add(&r->bad, more->bad.data, more->bad.len);
	report_join(&r->all, &more->all);
	let_out(r);
}

const struct report_counts *
report_counts(const struct report *r)
{
	return &r->all;
}
