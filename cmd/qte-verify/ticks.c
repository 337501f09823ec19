/* SPDX-License-Identifier: MIT */
/* The rows of a file of ticks. */
#include "rows.h"
#include "value.h"

int
ticks_rows(struct sheet *s, const struct header *h, struct err *e)
{
	struct row_column price = {h->at[TICKS_PRICE], "price"};
	struct row_column volume = {h->at[TICKS_VOLUME], "volume"};
	struct bars_price at;
	struct value v;
	double traded;
	int rc;

	value_init(&v, s, h);
	while ((rc = sheet_next(s, e)) == 0 || rc == SHEET_BAD) {
		if (rc == SHEET_BAD)
			continue;
		(void)value_begin(&v, h->at[TICKS_SYMBOL]);
		(void)value_time(&v, v.stamp.ts_ns);
		(void)value_price(&v, price, &at);
		(void)value_volume(&v, volume, &traded);
	}
	return rc;
}
