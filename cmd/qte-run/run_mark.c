/* SPDX-License-Identifier: MIT */
/* What the account is worth over a span of bars. */
#include "run.h"

/* Doubles hold every whole number up to here. */
#define WHOLE 9007199254740992.0

static void
mark_one(struct run *run, const struct run_span *span, size_t i, double equity)
{
	const struct batch *b = span->batch;
	struct bar bar;

	batch_bar(b, i, &bar);
	stats_curve_add(&run->curve, equity);
	stats_curve_add(&run->hold, bars_price_value(&bar.close));
	spark_add(&run->spark, equity);
	stats_spacing_add(&run->spacing, b->ts_ns[i]);
}

int
run_mark(struct run *run, const struct run_span *span, size_t *row,
    struct err *e)
{
	const struct batch *b = span->batch;

	for (*row = span->from; *row < span->to; ++*row) {
		struct bar bar;
		num_i128 equity;

		batch_bar(b, *row, &bar);
		int rc = book_equity(&run->book, &bar.close, &equity, e);

		if (rc != 0)
			return rc;
		mark_one(run, span, *row, num_money(equity));
	}
	return 0;
}
