/* SPDX-License-Identifier: MIT */
/* Rows of a market-data file, checked, as bars. */
#include "market/bars.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/sig.h"
#include "base/when.h"
#include "format/csvin.h"
#include "machine/in.h"
#include "machine/path.h"
#include "market/columns.h"
#include "market/pick.h"

/* The error is not one that a row can be refused for: nothing can follow. */
#define FATAL BARS_FAULTS

struct bars_source {
	struct in in;
	struct csvin *csv;
	struct columns columns;
	enum bars_fault fault; /* of the last row, or FATAL */
	char *stem;	       /* owned: of the file's name */
	struct pick pick;
	int64_t matched; /* rows of the symbol */
	int64_t used;	 /* bars handed out; the next three are of the last */
	enum when_form form;
	int64_t ts_ns;
	int64_t line;
};

static int
refuse(struct bars_source *s, enum bars_fault fault, int status)
{
	s->fault = fault;
	return status;
}

static const struct csvin_field *
field(const struct bars_source *s, enum columns_what what)
{
	return csvin_field(s->csv, s->columns.at[what]);
}

static const char *
show(const struct bars_source *s, enum columns_what what,
    char to[CSVIN_SHOWN_SIZE])
{
	const struct csvin_field *f = field(s, what);

	return csvin_show(f->text, f->len, to);
}

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
	return csvin_err(s->csv, 0, e, "no column 'symbol' to find '%s' in",
	    b->symbol);
}

static int
read_header(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	int rc;

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
	rc = in_open(&s->in, path, e);
	if (rc != 0) {
		free(s);
		b->source = NULL;
		return rc;
	}
	s->csv = csvin_new(&s->in, ',');
	rc = read_header(b, e);
	if (rc != 0)
		bars_close(b);
	return rc;
}

void
bars_close(struct bars *b)
{
	struct bars_source *s = b->source;

	if (s == NULL)
		return;
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
    [CSVIN_OK] = FATAL,
    [CSVIN_NUL_BYTE] = BARS_NUL_BYTE,
    [CSVIN_INVALID_UTF8] = BARS_INVALID_UTF8,
    [CSVIN_STRAY_QUOTE] = BARS_STRAY_QUOTE,
    [CSVIN_LONE_CR] = BARS_LONE_CR,
    [CSVIN_UNCLOSED_QUOTE] = FATAL,
    [CSVIN_TOO_LONG] = FATAL,
};

static int
check_width(struct bars_source *s, struct err *e)
{
	size_t n = csvin_count(s->csv), width = s->columns.width;

	if (n == width)
		return 0;
	if (n < width && csvin_cut(s->csv))
		return refuse(s, BARS_TRUNCATED_LAST_LINE,
		    csvin_err(s->csv, n, e,
			"last line is cut off: %zu of %zu fields, no newline",
			n, width));
	return refuse(s, BARS_COLUMN_COUNT,
	    csvin_err(s->csv, n < width ? n : width, e,
		"row has %zu field%s, the header has %zu", n, n == 1 ? "" : "s",
		width));
}

static int
empty(struct bars_source *s, enum columns_what what, struct err *e)
{
	return refuse(s, BARS_MISSING_VALUE,
	    csvin_err(s->csv, s->columns.at[what], e, "%s is empty",
		columns_name(what)));
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
		return empty(s, COLUMNS_SYMBOL, e);
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
bad_time(struct bars_source *s, enum when_result result, struct err *e)
{
	static const char *const why[] = {
	    [WHEN_SYNTAX] = "is not a time",
	    [WHEN_NO_DATE] = "is not in the calendar",
	    [WHEN_RANGE] = "is outside the years 1678 to 2261",
	};
	char shown[CSVIN_SHOWN_SIZE];

	return refuse(s, BARS_BAD_TIMESTAMP,
	    csvin_err(s->csv, s->columns.at[COLUMNS_TIMESTAMP], e,
		"timestamp '%s' %s", show(s, COLUMNS_TIMESTAMP, shown),
		why[result]));
}

static int
bad_form(struct bars_source *s, enum when_form form, struct err *e)
{
	static const char *const forms[] = {
	    [WHEN_LOCAL] = "without a time zone",
	    [WHEN_ZONED] = "with a time zone",
	    [WHEN_EPOCH] = "a count since 1970",
	};
	char shown[CSVIN_SHOWN_SIZE];

	return refuse(s, BARS_ZONE_MISMATCH,
	    csvin_err(s->csv, s->columns.at[COLUMNS_TIMESTAMP], e,
		"timestamp '%s' is %s, those before are %s",
		show(s, COLUMNS_TIMESTAMP, shown), forms[form],
		forms[s->form]));
}

static int
bad_order(struct bars_source *s, bool repeated, struct err *e)
{
	char shown[CSVIN_SHOWN_SIZE], before[WHEN_TEXT_SIZE];

	when_put_short(before, s->ts_ns);
	return refuse(s,
	    repeated ? BARS_DUPLICATE_TIMESTAMP : BARS_NOT_MONOTONIC,
	    csvin_err(s->csv, s->columns.at[COLUMNS_TIMESTAMP], e,
		"timestamp '%s' %s %s in line %lld",
		show(s, COLUMNS_TIMESTAMP, shown),
		repeated ? "repeats" : "is before", before,
		(long long)s->line));
}

static int
read_time(struct bars_source *s, int64_t *ts_ns, struct err *e)
{
	const struct csvin_field *f = field(s, COLUMNS_TIMESTAMP);
	enum when_form form;
	enum when_result result;

	if (f->len == 0)
		return empty(s, COLUMNS_TIMESTAMP, e);
	result = when_read(f->text, f->len, ts_ns, &form);
	if (result != WHEN_OK)
		return bad_time(s, result, e);
	if (s->used == 0) {
		s->form = form;
		return 0;
	}
	if (form != s->form)
		return bad_form(s, form, e);
	if (*ts_ns <= s->ts_ns)
		return bad_order(s, *ts_ns == s->ts_ns, e);
	return 0;
}

/* Does the text name what no number is: nan, or an infinity. */
static bool
names_no_number(const char *text)
{
	text += *text == '-' || *text == '+';
	return strcasecmp(text, "nan") == 0 || strcasecmp(text, "inf") == 0 ||
	    strcasecmp(text, "infinity") == 0;
}

static int
bad_number(struct bars_source *s, enum columns_what what,
    enum num_result result, struct err *e)
{
	const struct csvin_field *f = field(s, what);
	bool infinite = result == NUM_HUGE || names_no_number(f->text);
	char shown[CSVIN_SHOWN_SIZE];

	if (f->len == 0)
		return empty(s, what, e);
	return refuse(s, infinite ? BARS_NOT_FINITE : BARS_NOT_A_NUMBER,
	    csvin_err(s->csv, s->columns.at[what], e, "%s '%s' is not a %s",
		columns_name(what), csvin_show(f->text, f->len, shown),
		infinite ? "finite number" : "number"));
}

static int
bad_sign(struct bars_source *s, enum columns_what what, bool zero,
    struct err *e)
{
	enum bars_fault fault = zero ? BARS_ZERO_PRICE : BARS_NEGATIVE_PRICE;
	char shown[CSVIN_SHOWN_SIZE];

	if (what == COLUMNS_VOLUME)
		fault = BARS_NEGATIVE_VOLUME;
	return refuse(s, fault,
	    csvin_err(s->csv, s->columns.at[what], e, "%s %s is %s",
		columns_name(what), show(s, what, shown),
		zero ? "zero" : "negative"));
}

static int
read_price(struct bars_source *s, enum columns_what what,
    struct bars_price *price, struct err *e)
{
	const struct csvin_field *f = field(s, what);
	enum num_result result;

	price->exact = true;
	if (num_read_price(f->text, f->len, &price->units) == NUM_OK) {
		if (price->units <= 0)
			return bad_sign(s, what, price->units == 0, e);
		return 0;
	}
	price->exact = false;
	result = num_read_double(f->text, f->len, &price->value);
	if (result != NUM_OK)
		return bad_number(s, what, result, e);
	if (price->value <= 0)
		return bad_sign(s, what, price->value >= 0, e);
	/* Money has 18 decimals: such a price would lose its digits there. */
	if (price->value < 1e-9)
		return refuse(s, BARS_ZERO_PRICE,
		    csvin_err(s->csv, s->columns.at[what], e,
			"%s is below 0.000000001", columns_name(what)));
	return 0;
}

static int
read_volume(struct bars_source *s, double *volume, struct err *e)
{
	const struct csvin_field *f = field(s, COLUMNS_VOLUME);
	enum num_result result;

	result = num_read_double(f->text, f->len, volume);
	if (result != NUM_OK)
		return bad_number(s, COLUMNS_VOLUME, result, e);
	if (*volume < 0)
		return bad_sign(s, COLUMNS_VOLUME, false, e);
	*volume += 0.0; /* -0 is 0 */
	return 0;
}

double
bars_price_value(const struct bars_price *p)
{
	return p->exact ? num_price(p->units) : p->value;
}

static bool
below(const struct bars_price *a, const struct bars_price *b)
{
	if (a->exact && b->exact)
		return a->units < b->units;
	return bars_price_value(a) < bars_price_value(b);
}

static int
bad_range(struct bars_source *s, enum columns_what what,
    enum columns_what bound, struct err *e)
{
	static const enum bars_fault faults[] = {
	    [COLUMNS_HIGH] = BARS_HIGH_BELOW_LOW,
	    [COLUMNS_OPEN] = BARS_OPEN_OUTSIDE_RANGE,
	    [COLUMNS_CLOSE] = BARS_CLOSE_OUTSIDE_RANGE,
	};
	char shown[CSVIN_SHOWN_SIZE], limit[CSVIN_SHOWN_SIZE];

	return refuse(s, faults[what],
	    csvin_err(s->csv, s->columns.at[what], e, "%s %s is %s %s %s",
		columns_name(what), show(s, what, shown),
		bound == COLUMNS_LOW ? "below" : "above", columns_name(bound),
		show(s, bound, limit)));
}

static int
check_range(struct bars_source *s, const struct bar *bar, struct err *e)
{
	if (below(&bar->high, &bar->low))
		return bad_range(s, COLUMNS_HIGH, COLUMNS_LOW, e);
	if (below(&bar->open, &bar->low))
		return bad_range(s, COLUMNS_OPEN, COLUMNS_LOW, e);
	if (below(&bar->high, &bar->open))
		return bad_range(s, COLUMNS_OPEN, COLUMNS_HIGH, e);
	if (below(&bar->close, &bar->low))
		return bad_range(s, COLUMNS_CLOSE, COLUMNS_LOW, e);
	if (below(&bar->high, &bar->close))
		return bad_range(s, COLUMNS_CLOSE, COLUMNS_HIGH, e);
	return 0;
}

static int
read_bar(struct bars_source *s, struct bar *bar, struct err *e)
{
	int rc;

	rc = read_time(s, &bar->ts_ns, e);
	if (rc == 0)
		rc = read_price(s, COLUMNS_OPEN, &bar->open, e);
	if (rc == 0)
		rc = read_price(s, COLUMNS_HIGH, &bar->high, e);
	if (rc == 0)
		rc = read_price(s, COLUMNS_LOW, &bar->low, e);
	if (rc == 0)
		rc = read_price(s, COLUMNS_CLOSE, &bar->close, e);
	if (rc == 0)
		rc = read_volume(s, &bar->volume, e);
	if (rc == 0)
		rc = check_range(s, bar, e);
	return rc;
}

static int
next_row(struct bars *b, struct bar *bar, struct err *e)
{
	struct bars_source *s = b->source;
	int rc;

	s->fault = FATAL;
	rc = csvin_next(s->csv, e);
	if (rc == 0 || rc == EX_DATAERR)
		b->rows++;
	if (rc == EX_DATAERR)
		return refuse(s, csv_faults[csvin_fault(s->csv)], rc);
	if (rc == 0)
		rc = check_width(s, e);
	if (rc == 0)
		rc = check_symbol(b, e);
	if (rc != 0)
		return rc;
	s->matched++;
	rc = read_bar(s, bar, e);
	if (rc != 0)
		return rc;
	s->used++;
	s->ts_ns = bar->ts_ns;
	s->line = csvin_line(s->csv);
	b->exact = b->exact && bar->open.exact && bar->high.exact &&
	    bar->low.exact && bar->close.exact;
	return 0;
}

/* The end is an error when there was nothing before it. */
static int
finish(const struct bars *b, struct err *e)
{
	const struct bars_source *s = b->source;

	if (s->used > 0)
		return BARS_END;
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

int
bars_next(struct bars *b, struct bar *bar, struct err *e)
{
	struct bars_source *s = b->source;
	int rc;

	for (;;) {
		rc = next_row(b, bar, e);
		if (rc == CSVIN_END)
			return finish(b, e);
		if (rc == CSVIN_SIGNAL)
			return BARS_SIGNAL;
		if (rc == EX_DATAERR && b->opts->skip && s->fault != FATAL)
			b->skipped[s->fault]++;
		else if (rc != PICK_OTHER)
			return rc;
		/* Rows passed over may go on for long. */
		if (sig_seen() != 0)
			return BARS_SIGNAL;
	}
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
