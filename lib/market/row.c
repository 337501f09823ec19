/* SPDX-License-Identifier: MIT */
/* The fields of a row of market data. */
#include "market/row.h"

#include <string.h>
#include <strings.h>

#include "base/num.h"

/* No price is below. */
#define LOWEST 1e-9

const struct csvin_field *
row_field(const struct row *r, enum columns_what what)
{
	return csvin_field(r->csv, r->columns->at[what]);
}

struct row_column
row_column(const struct row *r, enum columns_what what)
{
	return (struct row_column){r->columns->at[what], columns_name(what)};
}

static const char *
show(const struct row *r, struct row_column c, char to[CSVIN_SHOWN_SIZE])
{
	const struct csvin_field *f = csvin_field(r->csv, c.at);

	return csvin_show(f->text, f->len, to);
}

const char *
row_show(const struct row *r, enum columns_what what, char to[CSVIN_SHOWN_SIZE])
{
	return show(r, row_column(r, what), to);
}

int
row_refuse(struct row *r, enum bars_fault fault, int status)
{
	r->fault = fault;
	return status;
}

static int
empty(struct row *r, struct row_column c, struct err *e)
{
	return row_refuse(r, BARS_MISSING_VALUE,
	    csvin_err(r->csv, c.at, e, "%s is empty", c.name));
}

int
row_empty(struct row *r, enum columns_what what, struct err *e)
{
	return empty(r, row_column(r, what), e);
}

/* Does the text name what no number is: nan, or an infinity. */
static bool
names_no_number(const char *text, size_t n)
{
	static const char *const names[] = {"nan", "inf", "infinity"};
	size_t sign = n > 0 && (*text == '-' || *text == '+');

	for (size_t i = 0; i < QTE_COUNT(names); i++)
		if (strlen(names[i]) == n - sign &&
		    strncasecmp(text + sign, names[i], n - sign) == 0)
			return true;
	return false;
}

/* Why a text is no number, which ${result} says. */
static enum bars_fault
no_number(const char *text, size_t n, enum num_result result)
{
	if (n == 0)
		return BARS_MISSING_VALUE;
	return result == NUM_HUGE || names_no_number(text, n)
	    ? BARS_NOT_FINITE
	    : BARS_NOT_A_NUMBER;
}

bool
row_price_right(const char *text, size_t n, struct bars_price *price,
    enum bars_fault *fault)
{
	enum num_result result = num_read_price(text, n, &price->units);

	price->exact = result == NUM_OK;
	if (price->exact) {
		*fault =
		    price->units == 0 ? BARS_ZERO_PRICE : BARS_NEGATIVE_PRICE;
		return price->units > 0;
	}
	if (result == NUM_WIDE)
		result = num_read_double(text, n, &price->value);
	if (result != NUM_OK) {
		*fault = no_number(text, n, result);
		return false;
	}
	*fault = price->value < 0 ? BARS_NEGATIVE_PRICE : BARS_ZERO_PRICE;
	/* Money has 18 decimals: a lower price would lose its digits there. */
	return price->value >= LOWEST;
}

bool
row_volume_right(const char *text, size_t n, double *volume,
    enum bars_fault *fault)
{
	enum num_result result = num_read_double(text, n, volume);

	*fault = result == NUM_OK ? BARS_NEGATIVE_VOLUME
				  : no_number(text, n, result);
	return result == NUM_OK && *volume >= 0;
}

/* Refuse what stands in a column. */
static int
bad_value(struct row *r, struct row_column c, enum bars_fault fault,
    struct err *e)
{
	char shown[CSVIN_SHOWN_SIZE];

	if (e == NULL)
		return row_refuse(r, fault, EX_DATAERR);
	switch (fault) {
	case BARS_MISSING_VALUE:
		return empty(r, c, e);
	case BARS_NOT_A_NUMBER:
	case BARS_NOT_FINITE:
		return row_refuse(r, fault,
		    csvin_err(r->csv, c.at, e, "%s '%s' is not a %s", c.name,
			show(r, c, shown),
			fault == BARS_NOT_FINITE ? "finite number" : "number"));
	default:
		return row_refuse(r, fault,
		    csvin_err(r->csv, c.at, e, "%s %s is %s", c.name,
			show(r, c, shown),
			fault == BARS_ZERO_PRICE ? "zero" : "negative"));
	}
}

int
row_price(struct row *r, struct row_column c, struct bars_price *price,
    struct err *e)
{
	const struct csvin_field *f = csvin_field(r->csv, c.at);
	enum bars_fault fault;

	if (row_price_right(f->text, f->len, price, &fault))
		return 0;
	if (fault == BARS_ZERO_PRICE && !price->exact && price->value > 0)
		return row_refuse(r, fault,
		    csvin_err(r->csv, c.at, e, "%s is below 0.000000001",
			c.name));
	return bad_value(r, c, fault, e);
}

int
row_volume(struct row *r, struct row_column c, double *volume, struct err *e)
{
	const struct csvin_field *f = csvin_field(r->csv, c.at);
	enum bars_fault fault;

	return row_volume_right(f->text, f->len, volume, &fault)
	    ? 0
	    : bad_value(r, c, fault, e);
}

static int
bad_range(struct row *r, enum columns_what what, enum columns_what bound,
    struct err *e)
{
	static const enum bars_fault faults[] = {
	    [COLUMNS_HIGH] = BARS_HIGH_BELOW_LOW,
	    [COLUMNS_OPEN] = BARS_OPEN_OUTSIDE_RANGE,
	    [COLUMNS_CLOSE] = BARS_CLOSE_OUTSIDE_RANGE,
	};
	char shown[CSVIN_SHOWN_SIZE], limit[CSVIN_SHOWN_SIZE];

	if (e == NULL)
		return row_refuse(r, faults[what], EX_DATAERR);
	return row_refuse(r, faults[what],
	    csvin_err(r->csv, r->columns->at[what], e, "%s %s is %s %s %s",
		columns_name(what), row_show(r, what, shown),
		bound == COLUMNS_LOW ? "below" : "above", columns_name(bound),
		row_show(r, bound, limit)));
}

static const struct bars_price *
price_of(const struct bar *bar, enum columns_what what)
{
	switch (what) {
	case COLUMNS_OPEN:
		return &bar->open;
	case COLUMNS_HIGH:
		return &bar->high;
	case COLUMNS_LOW:
		return &bar->low;
	default:
		return &bar->close;
	}
}

bool
row_below(const struct row *r, const struct bar *bar, enum columns_what a,
    enum columns_what b)
{
	const struct bars_price *x = price_of(bar, a), *y = price_of(bar, b);
	const struct csvin_field *f = row_field(r, a), *g = row_field(r, b);

	/* Of two that are not whole numbers of units doubles may be the same.
	 */
	return x->exact && y->exact
	    ? x->units < y->units
	    : num_below(f->text, f->len, g->text, g->len);
}

int
row_range(struct row *r, const struct bar *bar, enum columns_what what,
    struct err *e)
{
	if (row_below(r, bar, what, COLUMNS_LOW))
		return bad_range(r, what, COLUMNS_LOW, e);
	if (what != COLUMNS_HIGH && row_below(r, bar, COLUMNS_HIGH, what))
		return bad_range(r, what, COLUMNS_HIGH, e);
	return 0;
}

static int
read_price(struct row *r, enum columns_what what, struct bars_price *price,
    struct err *e)
{
	return row_price(r, row_column(r, what), price, e);
}

int
row_prices(struct row *r, struct bar *bar, struct err *e)
{
	int rc;

	rc = read_price(r, COLUMNS_OPEN, &bar->open, e);
	if (rc == 0)
		rc = read_price(r, COLUMNS_HIGH, &bar->high, e);
	if (rc == 0)
		rc = read_price(r, COLUMNS_LOW, &bar->low, e);
	if (rc == 0)
		rc = read_price(r, COLUMNS_CLOSE, &bar->close, e);
	if (rc == 0)
		rc = row_volume(r, row_column(r, COLUMNS_VOLUME), &bar->volume,
		    e);
	if (rc == 0)
		rc = row_range(r, bar, COLUMNS_HIGH, e);
	if (rc == 0)
		rc = row_range(r, bar, COLUMNS_OPEN, e);
	if (rc == 0)
		rc = row_range(r, bar, COLUMNS_CLOSE, e);
	return rc;
}
