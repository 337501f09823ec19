/* SPDX-License-Identifier: MIT */
/* Rows of bars that are wrong, and only count. */
#include "wrong.h"

#include <string.h>

#include "base/when.h"
#include "base/word.h"
#include "fields.h"
#include "market/fast_time.h"
#include "series.h"

/* So many rows that are right show that the fast reader is of use again. */
#define RIGHT_ROWS 8

/* So many shapes of rows are learnt in one go. */
#define LESSONS 16

/* A row breaks at most one rule with its bytes, its time, each value, and two
 * with its range. */
#define BROKEN_MAX 9

/* By the decimals of a number: what its digits are in units of 1e-9, and what
 * they are divided by. */
static const int64_t units[WORD_BYTES] = {1000000000, 100000000, 10000000,
    1000000, 100000, 10000, 1000, 100};
static const double tens[WORD_BYTES] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7};

struct wrong {
	struct plain *plain;
	const char *at, *next; /* the row, and the one behind it */
	struct fields row;     /* unless it is ->shaped */
	bool fields;	       /* as many as there are columns; of them: */
	unsigned right;	       /* SERIES_RIGHT */
	unsigned loose;	       /* of prices that are not exact */
	int64_t ts_ns;
	int64_t price[SERIES_VOLUME]; /* by enum series_value */
	double volume;
	enum rule broken[BROKEN_MAX];
	size_t nbroken;
	bool blank;	 /* no row, but a line */
	bool shaped;	 /* it is read by its shape; then */
	uint32_t symbol; /* that of its symbol */
	unsigned lessons;
};

static void
broken(struct wrong *w, enum rule rule)
{
	w->broken[w->nbroken++] = rule;
}

/* The header may stand there again, as another record. */
static bool
like_header(const struct wrong *w)
{
	const char *name = w->plain->value->sheet->names.at[0];
	const char *first = w->row.at[0].at;
	size_t n = w->row.at[0].n;

	return (n == 0 || first[0] == name[0]) &&
	    strncmp(first, name, n) == 0 && name[n] == '\0';
}

/*
 * The time, or why it is none; false when the general reader has to say.  In a
 * zone what a clock shows depends on the rows before.
 */
static bool
take_time(struct wrong *w)
{
	struct fast *f = &w->plain->fast;
	const struct field *t = &w->row.at[f->columns.at[COLUMNS_TIMESTAMP]];
	enum when_form form;

	if (t->n == 0) {
		broken(w, RULE_MISSING_VALUE);
		return f->stamp->zone.name == NULL;
	}
	w->right |= SERIES_RIGHT(SERIES_TIME);
	if (fast_has_clock(f, t->at, t->n) && fast_today(f, t->at, &w->ts_ns))
		return true;
	if (f->stamp->zone.name != NULL || f->stamp->form == WHEN_EPOCH)
		return f->stamp->any &&
		    fast_time_any(f, t->at, t->n, &w->ts_ns);
	if (when_read(t->at, t->n, &w->ts_ns, &form) == WHEN_OK) {
		if (!f->stamp->any)
			return false;
		if (form == f->stamp->form)
			/* Its day is that of the rows that follow. */
			return fast_time_any(f, t->at, t->n, &w->ts_ns);
		broken(w, RULE_ZONE_MISMATCH);
	} else {
		broken(w, RULE_BAD_TIMESTAMP);
	}
	w->right &= ~SERIES_RIGHT(SERIES_TIME);
	return true;
}

/* The few digits that most values have, as a whole number of 10^-decimals. */
struct brief {
	int64_t digits;
	int decimals;
};

/* Read -?D+[.D+] of at most 8 digits and their point; false for the rest. */
static inline bool
read_brief(struct field t, struct brief *brief)
{
	bool negative = t.n > 0 && *t.at == '-';
	uint64_t x, points, point, blank;

	t.at += negative;
	t.n -= negative;
	if (t.n == 0 || t.n > WORD_BYTES)
		return false;
	/* To the end of the word, with zeros in front. */
	x = word_load(t.at) << 8 * (WORD_BYTES - t.n);
	blank = (UINT64_C(1) << (8 * (WORD_BYTES - t.n))) - 1;
	points = word_is(x, '.');
	point = points & -points;
	brief->decimals = 0;
	if (point != 0) {
		uint64_t before = (point >> 7) - 1;

		brief->decimals = (int)(WORD_BYTES - 1 - word_first(point));
		if (brief->decimals == 0 || (before & ~blank) == 0)
			return false;
		/* The digits in front take the place of the point. */
		x = (x & ~(before << 8 | 0xff)) | (x & before) << 8;
		blank = blank << 8 | 0xff;
	}
	x = (x | (WORD_ZEROS & blank)) ^ WORD_ZEROS;
	brief->digits = (int64_t)word_digits(x);
	if (negative)
		brief->digits = -brief->digits;
	return word_all_digits(x);
}

static void
judge_price(struct wrong *w, enum series_value i, int64_t price)
{
	if (price > 0) {
		w->price[i] = price;
		w->right |= SERIES_RIGHT(i);
		return;
	}
	broken(w,
	    value_rule(price < 0 ? BARS_NEGATIVE_PRICE : BARS_ZERO_PRICE));
}

static void
judge_volume(struct wrong *w, double volume)
{
	w->volume = volume;
	if (volume >= 0)
		w->right |= SERIES_RIGHT(SERIES_VOLUME);
	else
		broken(w, value_rule(BARS_NEGATIVE_VOLUME));
}

/* A right price that has more digits than are kept; false when it is too
 * large. */
static bool
take_loose(struct wrong *w, enum series_value i, double value)
{
	num_i128 rounded;

	if (!num_round(value, NUM_PRICE_SCALE, &rounded) || rounded < 1 ||
	    rounded > INT64_MAX)
		return false;
	broken(w, RULE_PRECISION);
	w->loose |= SERIES_RIGHT(i);
	w->right |= SERIES_RIGHT(i);
	w->price[i] = (int64_t)rounded;
	return true;
}

/* A price into ->price, when it is right; false when that has no place. */
static bool
take_price(struct wrong *w, enum series_value i, const struct field *t)
{
	struct bars_price price = {.exact = true};
	enum bars_fault fault;
	struct brief brief;

	if (read_brief(*t, &brief)) {
		price.units = brief.digits * units[brief.decimals];
	} else if (!row_price_right(t->at, t->n, &price, &fault)) {
		broken(w, value_rule(fault));
		return true;
	}
	if (!price.exact)
		return take_loose(w, i, price.value);
	judge_price(w, i, price.units);
	return true;
}

static bool
take_volume(struct wrong *w, const struct field *t)
{
	enum bars_fault fault;
	struct brief brief;
	double volume;

	if (read_brief(*t, &brief)) {
		/* Both are exact as doubles, so that this rounds once. */
		volume = (double)brief.digits / tens[brief.decimals];
	} else if (!row_volume_right(t->at, t->n, &volume, &fault)) {
		broken(w, value_rule(fault));
		return true;
	}
	if (!value_volume_kept(t->at, t->n, volume))
		broken(w, RULE_PRECISION);
	judge_volume(w, volume);
	return true;
}

/* The values; false when one has no place. */
static bool
take_values(struct wrong *w)
{
	const size_t *at = w->plain->fast.columns.at;

	return take_price(w, SERIES_OPEN, &w->row.at[at[COLUMNS_OPEN]]) &&
	    take_price(w, SERIES_HIGH, &w->row.at[at[COLUMNS_HIGH]]) &&
	    take_price(w, SERIES_LOW, &w->row.at[at[COLUMNS_LOW]]) &&
	    take_price(w, SERIES_CLOSE, &w->row.at[at[COLUMNS_CLOSE]]) &&
	    take_volume(w, &w->row.at[at[COLUMNS_VOLUME]]);
}

static bool
has(const struct wrong *w, unsigned right)
{
	return (w->right & right) == right;
}

static void
check_inside(struct wrong *w, enum series_value value, enum rule rule)
{
	int64_t price = w->price[value];

	if (!has(w, SERIES_RIGHT(value)) ||
	    (price >= w->price[SERIES_LOW] && price <= w->price[SERIES_HIGH]))
		return;
	broken(w, rule);
	w->right &= ~SERIES_RIGHT(value);
}

/*
 * Whether only all of their digits tell which is larger.  A price that is not
 * exact has been rounded to 53 bits and then to 1e-9, which keeps the order of
 * two of them; an exact one may be passed by less than the first rounding.
 */
static bool
is_close(const struct wrong *w, enum series_value a, enum series_value b)
{
	int64_t off = w->price[a] - w->price[b];

	return (w->loose & (SERIES_RIGHT(a) | SERIES_RIGHT(b))) != 0 &&
	    has(w, SERIES_RIGHT(a) | SERIES_RIGHT(b)) &&
	    (off < 0 ? -off : off) <= w->price[a] >> 50;
}

static bool
is_clear(const struct wrong *w)
{
	return w->loose == 0 ||
	    (!is_close(w, SERIES_LOW, SERIES_HIGH) &&
		!is_close(w, SERIES_OPEN, SERIES_LOW) &&
		!is_close(w, SERIES_OPEN, SERIES_HIGH) &&
		!is_close(w, SERIES_CLOSE, SERIES_LOW) &&
		!is_close(w, SERIES_CLOSE, SERIES_HIGH));
}

/* The prices against one another; plain has a look at the volume. */
static void
check_range(struct wrong *w)
{
	unsigned both = SERIES_RIGHT(SERIES_HIGH) | SERIES_RIGHT(SERIES_LOW);

	if (!has(w, both))
		return;
	if (w->price[SERIES_HIGH] < w->price[SERIES_LOW]) {
		broken(w, RULE_HIGH_BELOW_LOW);
		w->right &= ~both;
		return;
	}
	check_inside(w, SERIES_OPEN, RULE_OPEN_OUTSIDE_RANGE);
	check_inside(w, SERIES_CLOSE, RULE_CLOSE_OUTSIDE_RANGE);
}

/* Whether it ends as the first line does. */
static bool
has_eol(const struct wrong *w)
{
	return (w->plain->value->sheet->eol == '\r') ==
	    (w->next - w->at > 1 && w->next[-2] == '\r');
}

/* Rows are read by their shapes where no clock depends on those before. */
static bool
has_shapes(const struct plain *p)
{
	return p->fast.vector != NULL && p->fast.stamp->zone.name == NULL;
}

/* Judge a row that has a shape; false when that is not known. */
static bool
judge_shaped(struct wrong *w)
{
	struct fast_values v;
	size_t size;

	if (!w->shaped)
		return false;
	size = fast_vector_read(&w->plain->fast, w->at, &v);
	w->shaped = size > 0;
	if (!w->shaped)
		return false;
	w->next = w->at + size;
	w->fields = true;
	w->blank = false;
	w->nbroken = 0;
	w->loose = 0;
	w->right = SERIES_RIGHT(SERIES_TIME);
	w->ts_ns = v.ts_ns;
	w->symbol = v.symbol;
	for (unsigned k = 0; k < BATCH_PRICES; k++)
		judge_price(w, (enum series_value)(SERIES_OPEN + k),
		    (v.minus >> k & 1) != 0 ? -v.price[k] : v.price[k]);
	/* A zero has no sign. */
	judge_volume(w,
	    v.minus >> BATCH_PRICES != 0 && v.volume > 0 ? -v.volume
							 : v.volume);
	check_range(w);
	return true;
}

/* Judge the row as bars.c does; false when that has to. */
static bool
judge(struct wrong *w)
{
	const struct columns *c = &w->plain->fast.columns;
	const struct field *symbol;

	if (!fields_part(&w->row, &w->plain->fast, w->at))
		return false;
	w->next = w->row.next;
	w->right = 0;
	w->nbroken = 0;
	w->blank = false;
	w->loose = 0;
	if (w->row.control)
		broken(w, RULE_CONTROL_CHARACTER);
	w->fields = w->row.n == c->width;
	if (!w->fields) {
		w->blank =
		    w->row.n == 1 && w->row.at[0].n == 0 && !w->row.quoted;
		broken(w, w->blank ? RULE_BLANK_LINE : RULE_COLUMN_COUNT);
		/* How a blank line ends is nobody's concern. */
		return !w->blank || has_eol(w);
	}
	if (c->at[COLUMNS_SYMBOL] != COLUMNS_NONE) {
		symbol = &w->row.at[c->at[COLUMNS_SYMBOL]];
		if (symbol->n == 0 || symbol->n > ROSTER_SHORT)
			return false;
	}
	if (like_header(w) || !take_time(w) || !take_values(w) || !is_clear(w))
		return false;
	check_range(w);
	return true;
}

/* Whether nobody is told what the row breaks; then it counts. */
static bool
count(const struct wrong *w)
{
	struct report *report = w->plain->value->sheet->report;

	for (size_t i = 0; i < w->nbroken; i++)
		if (report_shows(report, w->broken[i]))
			return false;
	for (size_t i = 0; i < w->nbroken; i++)
		report_count(report, w->broken[i]);
	return true;
}

static void
add(struct wrong *w, struct fast_run *run)
{
	struct plain *p = w->plain;
	struct batch *b = run->batch;
	size_t i = b->n++, at = p->fast.columns.at[COLUMNS_SYMBOL];

	if (w->shaped)
		b->symbol[i] = w->symbol;
	else if (at != COLUMNS_NONE && w->fields)
		b->symbol[i] =
		    roster_take(&p->symbols, w->row.at[at].at, w->row.at[at].n);
	p->blanks += w->blank;
	p->right[i] = (uint8_t)(w->right | (w->fields ? PLAIN_FIELDS : 0));
	b->ts_ns[i] = w->ts_ns;
	b->price[BATCH_OPEN][i] = w->price[SERIES_OPEN];
	b->price[BATCH_HIGH][i] = w->price[SERIES_HIGH];
	b->price[BATCH_LOW][i] = w->price[SERIES_LOW];
	b->price[BATCH_CLOSE][i] = w->price[SERIES_CLOSE];
	b->volume[i] = w->volume;
	b->line[i] = run->line++;
	run->at = w->next;
}

/* Rows like the one that was judged are read by its shape. */
static void
learn(struct wrong *w)
{
	if (w->shaped || w->lessons == 0 || w->row.quoted ||
	    !has(w, SERIES_RIGHT(SERIES_TIME)))
		return;
	w->lessons--;
	w->shaped = fast_vector_learn(&w->plain->fast, w->at);
}

/* The fast reader takes no quotes. */
static bool
is_quoted(const struct wrong *w)
{
	return !w->shaped && w->row.quoted;
}

/* Rows have to be plain, and nobody wants those that are not right. */
static bool
applies(const struct plain *p)
{
	const struct check *check = p->value->sheet->check;

	return p->fast.columns.width <= FAST_FIELDS &&
	    p->fast.columns.at[COLUMNS_TIME] == COLUMNS_NONE &&
	    check->options->max_per_rule > 0 &&
	    check->options->split_bad == NULL && check->book == NULL;
}

bool
wrong_rows(struct plain *p, struct fast_run *run)
{
	struct wrong w = {.plain = p, .shaped = has_shapes(p)};
	unsigned right = 0;

	if (!applies(p))
		return false;
	w.lessons = w.shaped ? LESSONS : 0;
	while (run->at < run->end && run->batch->n < run->room) {
		w.at = run->at;
		if ((!judge_shaped(&w) && !judge(&w)) || !count(&w))
			return false;
		add(&w, run);
		learn(&w);
		right = w.nbroken == 0 && !is_quoted(&w) ? right + 1 : 0;
		p->wrong = p->wrong || w.nbroken > 0;
		if (right == RIGHT_ROWS)
			return true;
	}
	return false;
}
