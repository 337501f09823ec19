/* SPDX-License-Identifier: MIT */
/* The rows of a file as the series rules take them. */
#include "feed.h"

#include "base/num.h"

static void
place(void *arg, enum series_value value, struct finding *to)
{
	const struct feed *f = arg;

	sheet_field(f->value->sheet, f->column[value], to);
}

void
feed_open(struct feed *f, const struct value *v, bool ticks)
{
	const struct check *check = v->sheet->check;
	const struct options *o = check->options;
	struct series_opts opts = {.ticks = ticks,
	    .interval_ns = o->interval.given ? o->interval.ns : 0,
	    .max_move = o->max_move,
	    .max_age_ns = o->max_age.given ? o->max_age.ns : 0,
	    .now_ns = check->now_ns,
	    .calendar = check->calendar};

	*f = (struct feed){.value = v,
	    .series = series_new(&opts, v->sheet->report)};
	f->bar.place = place;
	f->bar.arg = f;
}

int64_t
feed_begin(struct feed *f, bool named)
{
	const struct value *v = f->value;

	f->bar.right = 0;
	f->bar.line = csvin_line(v->sheet->csv);
	f->bar.named = named;
	f->bar.symbol = v->symbol;
	f->bar.symbol_len = v->symbol != NULL ? v->symbol_len : 0;
	return named ? series_last(f->series, v->symbol, f->bar.symbol_len)
		     : INT64_MIN;
}

void
feed_time(struct feed *f)
{
	f->bar.ts_ns = f->value->ts_ns;
	f->bar.right |= SERIES_RIGHT(SERIES_TIME);
	if (!f->dated || f->bar.ts_ns < f->first_ns)
		f->first_ns = f->bar.ts_ns;
	if (!f->dated || f->bar.ts_ns > f->last_ns)
		f->last_ns = f->bar.ts_ns;
	f->dated = true;
}

void
feed_price(struct feed *f, enum series_value value,
    const struct bars_price *price)
{
	num_i128 units = price->units;

	if (!price->exact &&
	    (!num_round(price->value, NUM_PRICE_SCALE, &units) || units < 1 ||
		units > INT64_MAX))
		return;
	f->bar.price[value] = (int64_t)units;
	f->bar.right |= SERIES_RIGHT(value);
}

void
feed_volume(struct feed *f, double volume)
{
	f->bar.volume = volume;
	f->bar.right |= SERIES_RIGHT(SERIES_VOLUME);
}

void
feed_end(struct feed *f)
{
	series_add(f->series, &f->bar);
}

void
feed_lost(struct feed *f)
{
	f->bar.right = 0;
	series_add(f->series, &f->bar);
}

void
feed_close(struct feed *f, struct report_totals *t)
{
	series_end(f->series);
	t->symbols = series_counts(f->series).symbols;
	t->dated = f->dated;
	t->first_ns = f->first_ns;
	t->last_ns = f->last_ns;
	series_free(f->series);
}
