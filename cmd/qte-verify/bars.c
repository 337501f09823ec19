/* SPDX-License-Identifier: MIT */
/* The rows of a file of bars. */
#include "feed.h"
#include "rows.h"
#include "value.h"

_Static_assert((int)SERIES_TIME == (int)COLUMNS_TIMESTAMP &&
	(int)SERIES_OPEN == (int)COLUMNS_OPEN &&
	(int)SERIES_VOLUME == (int)COLUMNS_VOLUME,
    "the columns of bars are the values of series");

/* After so many rows that are not plain only one in so many is tried. */
#define MISSES_MAX 16

struct bars_rows {
	struct sheet *sheet;
	const struct header *header;
	struct value value;
	struct plain plain;
	struct feed feed;
	struct bar bar;
	bool right[COLUMNS_NEEDED]; /* of the bar */
	struct row_column columns[COLUMNS_NEEDED];
	unsigned misses; /* rows since the last that was plain */
};

/* The volume of a bar whose high and low are right. */
static void
check_volume(struct bars_rows *b)
{
	const struct bar *bar = &b->bar;

	if (b->right[COLUMNS_VOLUME] && bar->volume > 0 &&
	    !row_below(&b->value.row, bar, COLUMNS_LOW, COLUMNS_HIGH) &&
	    !report_off(b->sheet->report, RULE_VOLUME_WITHOUT_RANGE))
		value_add(&b->value, b->header->at[COLUMNS_VOLUME],
		    RULE_VOLUME_WITHOUT_RANGE, VALUE_NO_RANGE, NULL);
}

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
		right[w] = value_price(v, b->columns[w], prices[w]);
	right[COLUMNS_VOLUME] =
	    value_volume(v, b->columns[COLUMNS_VOLUME], &bar->volume);
	if (!right[COLUMNS_HIGH] || !right[COLUMNS_LOW])
		return;
	if (!value_range(v, bar, COLUMNS_HIGH)) {
		right[COLUMNS_HIGH] = right[COLUMNS_LOW] = false;
		return;
	}
	check_volume(b);
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

/*
 * The plain rows that stand here.  Where none were, it is not tried before each
 * row: a file may have hardly any.
 */
static int
take_plain(struct bars_rows *b, struct err *e)
{
	int rc;

	if (b->misses >= MISSES_MAX && b->misses % MISSES_MAX != 0) {
		b->misses++;
		batch_reset(&b->plain.batch);
		return 0;
	}
	rc = plain_read(&b->plain, e);
	feed_plain(&b->feed, &b->plain);
	b->misses = b->plain.batch.n > 0 ? 0 : b->misses + 1;
	return rc;
}

/* The row that is not plain, if there is one. */
static int
take_row(struct bars_rows *b, struct err *e)
{
	int rc = sheet_next(b->sheet, e);

	if (rc == SHEET_BAD) {
		feed_lost(&b->feed);
		return 0;
	}
	if (rc != 0)
		return rc;
	judge(b);
	hand_on(b);
	sheet_judged_record(b->sheet);
	return 0;
}

int
bars_rows(struct sheet *s, const struct header *h, struct err *e)
{
	struct bars_rows b = {.sheet = s, .header = h};
	int rc = 0;

	value_init(&b.value, s, h);
	plain_init(&b.plain, &b.value);
	feed_open(&b.feed, &b.value, false);
	for (enum columns_what w = 0; w < COLUMNS_NEEDED; w++) {
		b.feed.column[w] = h->at[w];
		b.columns[w] = row_column(&b.value.row, w);
	}
	while (rc == 0) {
		rc = take_plain(&b, e);
		if (rc == 0 && b.plain.batch.n < b.plain.batch.cap)
			rc = take_row(&b, e);
	}
	feed_close(&b.feed, &s->totals);
	plain_release(&b.plain);
	return rc;
}
