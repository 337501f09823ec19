/* SPDX-License-Identifier: MIT */
/* The rows of a file of ticks. */
#include "feed.h"
#include "rows.h"
#include "value.h"

int
ticks_rows(struct sheet *s, const struct header *h, struct err *e)
{
	struct row_column price = {h->at[TICKS_PRICE], "price"};
	struct row_column volume = {h->at[TICKS_VOLUME], "volume"};
	struct bars_price at;
	struct value v;
	struct feed f;
	double traded;
	int rc;

	value_init(&v, s, h);
	feed_open(&f, &v, true);
	f.column[SERIES_TIME] = h->at[TICKS_TIMESTAMP];
	while ((rc = sheet_next(s, e)) == 0 || rc == SHEET_BAD) {
		bool named = rc == 0 && value_begin(&v, h->at[TICKS_SYMBOL]);

		if (rc == SHEET_BAD)
			continue;
		if (value_time(&v, feed_begin(&f, named)))
			feed_time(&f);
		if (value_price(&v, price, &at))
			feed_price(&f, SERIES_CLOSE, &at);
		if (value_volume(&v, volume, &traded))
			feed_volume(&f, traded);
		feed_end(&f);
		sheet_judged_record(s);
	}
	feed_close(&f, &s->totals);
	return rc;
}
