/* SPDX-License-Identifier: MIT */
/* The rows of a file of bars. */
#include "rows.h"
#include "value.h"

struct bars_rows {
	struct sheet *sheet;
	const struct header *header;
	struct value value;
	struct bar bar;
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
	bool right[COLUMNS_NEEDED];

	(void)value_begin(v, b->header->at[COLUMNS_SYMBOL]);
	right[COLUMNS_TIMESTAMP] = value_time(v, v->stamp.ts_ns);
	for (enum columns_what w = COLUMNS_OPEN; w <= COLUMNS_CLOSE; w++)
		right[w] = value_price(v, row_column(&v->row, w), prices[w]);
	right[COLUMNS_VOLUME] =
	    value_volume(v, row_column(&v->row, COLUMNS_VOLUME), &bar->volume);
	if (!right[COLUMNS_HIGH] || !right[COLUMNS_LOW])
		return;
	if (!value_range(v, bar, COLUMNS_HIGH))
		return;
	if (right[COLUMNS_OPEN])
		right[COLUMNS_OPEN] = value_range(v, bar, COLUMNS_OPEN);
	if (right[COLUMNS_CLOSE])
		right[COLUMNS_CLOSE] = value_range(v, bar, COLUMNS_CLOSE);
}

int
bars_rows(struct sheet *s, const struct header *h, struct err *e)
{
	struct bars_rows b = {.sheet = s, .header = h};
	int rc;

	value_init(&b.value, s, h);
	while ((rc = sheet_next(s, e)) == 0 || rc == SHEET_BAD)
		if (rc == 0)
			judge(&b);
	return rc;
}
