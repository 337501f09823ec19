/* SPDX-License-Identifier: MIT */
/* What the account is worth over a span of bars. */
#include <math.h>

#include "run.h"

static num_i128
worth_money(const struct run_worth *w)
{
	if (w->one == 0)
		return w->money;
	return (num_i128)w->whole * (NUM_MONEY_ONE / (int64_t)w->one);
}

/* From nothing, or from debt, there is no return. */
static double
change(num_i128 now, num_i128 before)
{
	return before > 0 ? num_change(now, before) : (double)NAN;
}

double
run_mark(struct run *run, num_i128 money)
{
	double equity = num_money(money);

	stats_curve_add_return(&run->curve, equity,
	    change(money, worth_money(&run->worth)));
	run->worth = (struct run_worth){.money = money};
	if (run->text)
		spark_add(&run->spark, equity);
	return equity;
}

/* By exact money, where the line does not hold. */
static int
mark_exactly(struct run *run, struct run_span *span, struct err *e)
{
	for (; span->from < span->to; span->from++) {
		struct bar bar;
		num_i128 money;

		batch_bar(&span->tape->batch, span->from, &bar);
		int rc = book_equity(&run->book, &bar.close, &money, e);

		if (rc != 0)
			return rc;
		(void)run_mark(run, money);
	}
	return 0;
}

static double
whole_at(const struct stats_line *line, double ticks)
{
	return line->cash + line->quantity * ticks;
}

/* The line holds for the batch, and nowhere comes to nothing. */
static bool
line_holds(const struct run_line *line, const struct tape *tape)
{
	return tape->exact &&
	    fabs(line->at.quantity) * tape->highest <= line->room &&
	    whole_at(&line->at, tape->lowest) > 0 &&
	    whole_at(&line->at, tape->highest) > 0;
}

/* In one unit, where doubles hold both, a return costs one division. */
static double
return_between(const struct run_worth *before, const struct run_worth *now)
{
	double from = before->whole, to = now->whole;

	if (now->one > before->one)
		from *= now->one / before->one;
	else if (now->one < before->one)
		to *= before->one / now->one;
	if (before->one > 0 && from > 0 && from <= (double)NUM_WHOLE &&
	    to <= (double)NUM_WHOLE)
		return (to - from) / from;
	return change(worth_money(now), worth_money(before));
}

static void
draw_spark(struct run *run, const double *close, size_t n)
{
	const struct stats_line *line = &run->line.at;

	for (size_t i = 0; i < n; i++)
		spark_add(&run->spark, whole_at(line, close[i]) / line->one);
}

int
run_span(struct run *run, struct run_span *span, struct err *e)
{
	const struct tape *tape = span->tape;
	const struct stats_line *line = &run->line.at;
	const double *close = tape->close + span->from;
	size_t n = span->to - span->from;

	if (!run->line.drawn || run->line.scale != tape->batch.scale)
		run_draw(run, tape->batch.scale);
	if (!line_holds(&run->line, tape))
		return mark_exactly(run, span, e);
	struct run_worth now = {whole_at(line, close[0]), line->one, 0};

	stats_curve_follow(&run->curve, line, close, n,
	    return_between(&run->worth, &now));
	run->worth =
	    (struct run_worth){whole_at(line, close[n - 1]), line->one, 0};
	if (run->text)
		draw_spark(run, close, n);
	return 0;
}

static void
add_times(struct run *run, const int64_t *ts, size_t n)
{
	if (run->zone.name == NULL) {
		stats_spacing_add_many(&run->spacing, ts, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		run->spacing.ahead_ns = zone_offset(&run->zone, ts[i]);
		stats_spacing_add(&run->spacing, ts[i]);
	}
}

void
run_tape(struct run *run, const struct tape *tape)
{
	const struct batch *b = &tape->batch;
	struct bar bar;

	add_times(run, b->ts_ns + b->before, b->n - b->before);
	for (size_t i = b->before; run->text && i < b->n; i++) {
		batch_bar(b, i, &bar);
		stats_curve_add(&run->hold, bars_price_value(&bar.close));
	}
	if (run->text || b->before == b->n)
		return;
	batch_bar(b, b->n - 1, &bar);
	stats_curve_skip(&run->hold, bars_price_value(&bar.close),
	    b->n - b->before);
}
