/* SPDX-License-Identifier: MIT */
/* The values of a record. */
#include "value.h"

#include <string.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"

/* Counts since 1970 below are of times that no file is of. */
#define COUNT_MIN INT64_C(100000000)

/* NUM_WHOLE. */
#define WHOLE_TEXT "9007199254740992"

void
value_init(struct value *v, struct sheet *s, const struct header *h)
{
	*v = (struct value){.sheet = s};
	header_columns(h, s, &v->columns);
	v->row = (struct row){.csv = s->csv, .columns = &v->columns};
	stamp_init(&v->stamp, &s->check->options->zone);
	v->stamp.unordered = true;
}

void
value_add(struct value *v, size_t i, enum rule rule, const char *message,
    const char *expected)
{
	struct finding f = {.rule = rule,
	    .message = message,
	    .expected = expected,
	    .symbol = v->symbol,
	    .symbol_len = v->symbol_len,
	    .dated = v->dated,
	    .bar_ts_ns = v->ts_ns};

	sheet_field(v->sheet, i, &f);
	report_add(v->sheet->report, &f);
}

static bool
shows(const struct value *v, enum rule rule)
{
	if (report_shows(v->sheet->report, rule))
		return true;
	report_count(v->sheet->report, rule);
	return false;
}

enum rule
value_rule(enum bars_fault fault)
{
	static const enum rule rules[] = {
	    [BARS_MISSING_VALUE] = RULE_MISSING_VALUE,
	    [BARS_NOT_A_NUMBER] = RULE_NOT_A_NUMBER,
	    [BARS_NOT_FINITE] = RULE_NOT_FINITE,
	    [BARS_ZERO_PRICE] = RULE_ZERO_PRICE,
	    [BARS_NEGATIVE_PRICE] = RULE_NEGATIVE_PRICE,
	    [BARS_NEGATIVE_VOLUME] = RULE_NEGATIVE_VOLUME,
	    [BARS_HIGH_BELOW_LOW] = RULE_HIGH_BELOW_LOW,
	    [BARS_OPEN_OUTSIDE_RANGE] = RULE_OPEN_OUTSIDE_RANGE,
	    [BARS_CLOSE_OUTSIDE_RANGE] = RULE_CLOSE_OUTSIDE_RANGE,
	    [BARS_BAD_TIMESTAMP] = RULE_BAD_TIMESTAMP,
	    [BARS_SKIPPED_TIME] = RULE_BAD_TIMESTAMP,
	    [BARS_ZONE_MISMATCH] = RULE_ZONE_MISMATCH,
	};

	return rules[fault];
}

/* What the row was refused for, and whether the reason is to be told. */
static bool
refused(struct value *v, size_t at, enum rule *rule)
{
	*rule = value_rule(v->row.fault);
	/* Nothing where the file ends is not there because it is cut off. */
	if (*rule == RULE_MISSING_VALUE && at + 1 == v->columns.width &&
	    v->sheet->cut) {
		*rule = RULE_TRUNCATED_LAST_LINE;
		v->sheet->cut = false;
	}
	return shows(v, *rule);
}

/* What would be right in place of a number. */
static const char *
expected_number(enum rule rule)
{
	switch (rule) {
	case RULE_ZERO_PRICE:
	case RULE_NEGATIVE_PRICE:
		return "> 0";
	case RULE_NEGATIVE_VOLUME:
		return ">= 0";
	case RULE_NOT_A_NUMBER:
		return "digits, perhaps with a point";
	default:
		return NULL;
	}
}

bool
value_begin(struct value *v, size_t symbol)
{
	const struct csvin_field *f;

	v->dated = v->date = false;
	v->symbol = NULL;
	if (symbol == COLUMNS_NONE)
		return true;
	f = csvin_field(v->sheet->csv, symbol);
	if (f->len == 0) {
		value_add(v, symbol, RULE_MISSING_VALUE, "symbol is empty",
		    NULL);
		return false;
	}
	v->symbol = f->text;
	v->symbol_len = f->len;
	return true;
}

/* A value is right, but not all of its digits are kept. */
static void
imprecise(struct value *v, struct row_column c, const char *expected)
{
	struct buf text = {0};

	if (!shows(v, RULE_PRECISION))
		return;
	buf_fmt(&text, "%s has more digits than are kept", c.name);
	value_add(v, c.at, RULE_PRECISION, buf_text(&text), expected);
	buf_release(&text);
}

/* Say why a price or a volume is not right. */
static void
tell_price(struct value *v, struct row_column c, enum rule rule)
{
	struct bars_price price;
	struct err e = {0};

	(void)!row_price(&v->row, c, &price, &e);
	value_add(v, c.at, rule, e.msg, expected_number(rule));
}

static void
tell_volume(struct value *v, struct row_column c, enum rule rule)
{
	double volume;
	struct err e = {0};

	(void)!row_volume(&v->row, c, &volume, &e);
	value_add(v, c.at, rule, e.msg, expected_number(rule));
}

bool
value_price(struct value *v, struct row_column c, struct bars_price *price)
{
	enum rule rule;

	if (row_price(&v->row, c, price, NULL) == 0) {
		if (!price->exact)
			imprecise(v, c, "at most 9 decimals");
		return true;
	}
	if (refused(v, c.at, &rule))
		tell_price(v, c, rule);
	return false;
}

bool
value_volume_kept(const char *text, size_t n, double volume)
{
	/* The whole number above is rounded to it. */
	return volume < (double)NUM_WHOLE ||
	    (volume == (double)NUM_WHOLE &&
		!num_below(WHOLE_TEXT, strlen(WHOLE_TEXT), text, n));
}

bool
value_volume(struct value *v, struct row_column c, double *volume)
{
	const struct csvin_field *f = csvin_field(v->sheet->csv, c.at);
	enum rule rule;

	if (row_volume(&v->row, c, volume, NULL) == 0) {
		if (!value_volume_kept(f->text, f->len, *volume))
			imprecise(v, c, "at most " WHOLE_TEXT);
		return true;
	}
	if (refused(v, c.at, &rule))
		tell_volume(v, c, rule);
	return false;
}

/* The rule that a text breaks which is no number. */
static enum rule
number_rule(struct value *v, struct row_column c)
{
	struct bars_price price;
	enum bars_fault fault;

	if (row_price(&v->row, c, &price, NULL) == 0)
		return RULE_PRECISION;
	fault = v->row.fault;
	return fault == BARS_MISSING_VALUE ? RULE_MISSING_VALUE
	    : fault == BARS_NOT_FINITE	   ? RULE_NOT_FINITE
	    : fault == BARS_NOT_A_NUMBER   ? RULE_NOT_A_NUMBER
					   : RULE_PRECISION;
}

bool
value_money(struct value *v, struct row_column c, num_i128 *units)
{
	const struct csvin_field *f = csvin_field(v->sheet->csv, c.at);
	enum rule rule;
	int64_t price;

	/* Most have few digits, and are read faster so. */
	if (num_read_price(f->text, f->len, &price) == NUM_OK) {
		*units = (num_i128)price * NUM_PRICE_ONE;
		return true;
	}
	if (num_read_money(f->text, f->len, units) == NUM_OK)
		return true;
	rule = number_rule(v, c);
	if (rule == RULE_PRECISION)
		imprecise(v, c, "at most 18 decimals");
	else if (shows(v, rule))
		tell_price(v, c, rule);
	return false;
}

/* Say why a price is outside the others. */
static void
tell_range(struct value *v, const struct bar *bar, enum columns_what what,
    enum rule rule)
{
	struct err e = {0};
	struct buf expected = {0};
	enum columns_what bound = COLUMNS_HIGH;
	char shown[CSVIN_SHOWN_SIZE];

	(void)!row_range(&v->row, bar, what, &e);
	if (what == COLUMNS_HIGH || row_below(&v->row, bar, what, COLUMNS_LOW))
		bound = COLUMNS_LOW;
	buf_fmt(&expected, "%s %s (%s)",
	    bound == COLUMNS_LOW ? ">=" : "<=", row_show(&v->row, bound, shown),
	    columns_name(bound));
	value_add(v, v->columns.at[what], rule, e.msg, buf_text(&expected));
	buf_release(&expected);
}

bool
value_range(struct value *v, const struct bar *bar, enum columns_what what)
{
	enum rule rule;

	if (row_range(&v->row, bar, what, NULL) == 0)
		return true;
	if (refused(v, v->columns.at[what], &rule))
		tell_range(v, bar, what, rule);
	return false;
}

/* The unit of a count since 1970, which its size tells (base/when.h). */
static int64_t
count_unit(int64_t count)
{
	uint64_t size = count < 0 ? -(uint64_t)count : (uint64_t)count;

	return size < UINT64_C(100000000000)	  ? WHEN_SECOND
	    : size < UINT64_C(100000000000000)	  ? WHEN_SECOND / 1000
	    : size < UINT64_C(100000000000000000) ? WHEN_SECOND / 1000000
						  : 1;
}

static void
check_count(struct value *v)
{
	const struct csvin_field *f = row_field(&v->row, COLUMNS_TIMESTAMP);
	int64_t count, unit;
	bool small;

	if (num_read_int(f->text, f->len, &count) != NUM_OK)
		return;
	unit = count_unit(count);
	small = count > -COUNT_MIN && count < COUNT_MIN;
	if (v->unit_ns == 0)
		v->unit_ns = unit;
	if ((unit != v->unit_ns || small) && shows(v, RULE_EPOCH_UNIT))
		value_add(v, v->columns.at[COLUMNS_TIMESTAMP], RULE_EPOCH_UNIT,
		    small ? "the count is of a time near 1970: of which unit?"
			  : "the count is of another unit than those before",
		    NULL);
}

int64_t
value_limit(const struct value *v)
{
	return v->sheet->check->now_ns + WHEN_DAY;
}

static void
check_future(struct value *v)
{
	if (v->ts_ns > value_limit(v) && shows(v, RULE_FUTURE_TIMESTAMP))
		value_add(v, v->columns.at[COLUMNS_TIMESTAMP],
		    RULE_FUTURE_TIMESTAMP, VALUE_FUTURE, NULL);
}

/* Say why a time is none, at the column ${at}. */
static void
tell_time(struct value *v, size_t at, enum rule rule)
{
	struct err e = {0};
	enum when_form form;
	int64_t ns;

	(void)!stamp_read(&v->stamp, &v->row, &ns, &form, &e);
	value_add(v, at, rule, e.msg, NULL);
}

/* There is no time, which is told unless nobody wants to hear it. */
static void
refuse_time(struct value *v)
{
	size_t at = v->columns.at[stamp_column(&v->row)];
	enum rule rule;

	if (refused(v, at, &rule))
		tell_time(v, at, rule);
}

bool
value_time(struct value *v, int64_t last_ns)
{
	enum when_form form;

	v->stamp.ts_ns = last_ns;
	if (stamp_read(&v->stamp, &v->row, &v->ts_ns, &form, NULL) != 0) {
		refuse_time(v);
		return false;
	}
	v->dated = true;
	v->date = form == WHEN_LOCAL &&
	    v->columns.at[COLUMNS_TIME] == COLUMNS_NONE &&
	    row_field(&v->row, COLUMNS_TIMESTAMP)->len < sizeof("2020-01-02");
	stamp_used(&v->stamp, &v->row, v->ts_ns, form);
	if (form == WHEN_EPOCH)
		check_count(v);
	check_future(v);
	return true;
}
