/* SPDX-License-Identifier: MIT */
/* The fields of a row of market data. */
#include "market/row.h"

#include <strings.h>

#include "base/num.h"

const struct csvin_field *
row_field(const struct row *r, enum columns_what what)
{
	return csvin_field(r->csv, r->columns->at[what]);
}

const char *
row_show(const struct row *r, enum columns_what what, char to[CSVIN_SHOWN_SIZE])
{
	const struct csvin_field *f = row_field(r, what);

	return csvin_show(f->text, f->len, to);
}

int
row_refuse(struct row *r, enum bars_fault fault, int status)
{
	r->fault = fault;
	return status;
}

int
row_empty(struct row *r, enum columns_what what, struct err *e)
{
	return row_refuse(r, BARS_MISSING_VALUE,
	    csvin_err(r->csv, r->columns->at[what], e, "%s is empty",
		columns_name(what)));
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
bad_number(struct row *r, enum columns_what what, enum num_result result,
    struct err *e)
{
	const struct csvin_field *f = row_field(r, what);
	bool infinite = result == NUM_HUGE || names_no_number(f->text);
	char shown[CSVIN_SHOWN_SIZE];

	if (f->len == 0)
		return row_empty(r, what, e);
	return row_refuse(r, infinite ? BARS_NOT_FINITE : BARS_NOT_A_NUMBER,
	    csvin_err(r->csv, r->columns->at[what], e, "%s '%s' is not a %s",
		columns_name(what), csvin_show(f->text, f->len, shown),
		infinite ? "finite number" : "number"));
}

static int
bad_sign(struct row *r, enum columns_what what, bool zero, struct err *e)
{
	enum bars_fault fault = zero ? BARS_ZERO_PRICE : BARS_NEGATIVE_PRICE;
	char shown[CSVIN_SHOWN_SIZE];

	if (what == COLUMNS_VOLUME)
		fault = BARS_NEGATIVE_VOLUME;
	return row_refuse(r, fault,
	    csvin_err(r->csv, r->columns->at[what], e, "%s %s is %s",
		columns_name(what), row_show(r, what, shown),
		zero ? "zero" : "negative"));
}

static int
read_price(struct row *r, enum columns_what what, struct bars_price *price,
    struct err *e)
{
	const struct csvin_field *f = row_field(r, what);
	enum num_result result;

	price->exact = true;
	if (num_read_price(f->text, f->len, &price->units) == NUM_OK) {
		if (price->units <= 0)
			return bad_sign(r, what, price->units == 0, e);
		return 0;
	}
	price->exact = false;
	result = num_read_double(f->text, f->len, &price->value);
	if (result != NUM_OK)
		return bad_number(r, what, result, e);
	if (price->value <= 0)
		return bad_sign(r, what, price->value >= 0, e);
	/* Money has 18 decimals: such a price would lose its digits there. */
	if (price->value < 1e-9)
		return row_refuse(r, BARS_ZERO_PRICE,
		    csvin_err(r->csv, r->columns->at[what], e,
			"%s is below 0.000000001", columns_name(what)));
	return 0;
}

static int
read_volume(struct row *r, double *volume, struct err *e)
{
	const struct csvin_field *f = row_field(r, COLUMNS_VOLUME);
	enum num_result result;

	result = num_read_double(f->text, f->len, volume);
	if (result != NUM_OK)
		return bad_number(r, COLUMNS_VOLUME, result, e);
	if (*volume < 0)
		return bad_sign(r, COLUMNS_VOLUME, false, e);
	*volume += 0.0; /* -0 is 0 */
	return 0;
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

	return row_refuse(r, faults[what],
	    csvin_err(r->csv, r->columns->at[what], e, "%s %s is %s %s %s",
		columns_name(what), row_show(r, what, shown),
		bound == COLUMNS_LOW ? "below" : "above", columns_name(bound),
		row_show(r, bound, limit)));
}

static int
check_range(struct row *r, const struct bar *bar, struct err *e)
{
	if (bars_price_below(&bar->high, &bar->low))
		return bad_range(r, COLUMNS_HIGH, COLUMNS_LOW, e);
	if (bars_price_below(&bar->open, &bar->low))
		return bad_range(r, COLUMNS_OPEN, COLUMNS_LOW, e);
	if (bars_price_below(&bar->high, &bar->open))
		return bad_range(r, COLUMNS_OPEN, COLUMNS_HIGH, e);
	if (bars_price_below(&bar->close, &bar->low))
		return bad_range(r, COLUMNS_CLOSE, COLUMNS_LOW, e);
	if (bars_price_below(&bar->high, &bar->close))
		return bad_range(r, COLUMNS_CLOSE, COLUMNS_HIGH, e);
	return 0;
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
		rc = read_volume(r, &bar->volume, e);
	if (rc == 0)
		rc = check_range(r, bar, e);
	return rc;
}
