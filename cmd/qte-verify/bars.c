/* SPDX-License-Identifier: MIT */
/* The rows of a file of bars. */
#include "feed.h"
#include "rows.h"
#include "value.h"

_Static_assert((int)SERIES_TIME == (int)COLUMNS_TIMESTAMP &&
	(int)SERIES_OPEN == (int)COLUMNS_OPEN &&
	(int)SERIES_VOLUME == (int)COLUMNS_VOLUME,
    "the columns of bars are the values of series");

struct bars_rows {
	struct sheet *sheet;
	const struct header *header;
	struct value value;
	struct feed feed;
	struct bar bar;
	bool right[COLUMNS_NEEDED]; /* of the bar */
};

/* Judge the record that was read. */
static void
judge(struct bars_rows *b)
{
	struct value *v = &b->value;
	struct bar *bar = &b->bar;
	struct bars_price *prices[] = {
	    [COLUMNS_OPEN] = &bar->open,
	    [COLUMNS_HIGH] = &bar->high,
	    [COLUMNS_LOW] = &bar->low,
	    [COLUMNS_CLOSE] = &bar->close,
	};
	bool named = value_begin(v, b->header->at[COLUMNS_SYMBOL]);
	bool *right = b->right;

	right[COLUMNS_TIMESTAMP] = value_time(v, feed_begin(&b->feed, named));
	for (enum columns_what w = COLUMNS_OPEN; w <= COLUMNS_CLOSE; w++)
		right[w] = value_price(v, row_column(&v->row, w), prices[w]);
	right[COLUMNS_VOLUME] =
	    value_volume(v, row_column(&v->row, COLUMNS_VOLUME), &bar->volume);
	if (!right[COLUMNS_HIGH] || !right[COLUMNS_LOW])
		return;
	if (!value_range(v, bar, COLUMNS_HIGH)) {
		right[COLUMNS_HIGH] = right[COLUMNS_LOW] = false;
		return;
	}
	if (right[COLUMNS_OPEN])
		right[COLUMNS_OPEN] = value_range(v, bar, COLUMNS_OPEN);
	if (right[COLUMNS_CLOSE])
		right[COLUMNS_CLOSE] = value_range(v, bar, COLUMNS_CLOSE);
}

static void
hand_on(struct bars_rows *b)
{
	const struct bars_price *prices[] = {
	    [SERIES_OPEN] = &b->bar.open,
	    [SERIES_HIGH] = &b->bar.high,
	    [SERIES_LOW] = &b->bar.low,
	    [SERIES_CLOSE] = &b->bar.close,
	};

	if (b->right[COLUMNS_TIMESTAMP])
		feed_time(&b->feed);
	for (enum series_value w = SERIES_OPEN; w <= SERIES_CLOSE; w++)
		if (b->right[w])
			feed_price(&b->feed, w, prices[w]);
	if (b->right[COLUMNS_VOLUME])
		feed_volume(&b->feed, b->bar.volume);
	feed_end(&b->feed);
}

int
bars_rows(struct sheet *s, const struct header *h, struct err *e)
{
	struct bars_rows b = {.sheet = s, .header = h};
	int rc;

	value_init(&b.value, s, h);
	feed_open(&b.feed, &b.value, false);
	for (enum columns_what w = 0; w < COLUMNS_NEEDED; w++)
		b.feed.column[w] = h->at[w];
	while ((rc = sheet_next(s, e)) == 0 || rc == SHEET_BAD) {
		if (rc == 0) {
			judge(&b);
			hand_on(&b);
		} else {
			feed_lost(&b.feed);
		}
	}
	feed_close(&b.feed, &s->totals);
	return rc;
}
