/* SPDX-License-Identifier: MIT */
/* The rows of a file as the series rules take them. */
#include "feed.h"

#include "base/num.h"
#include "book/judge.h"

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
	    .limit_ns = value_limit(v),
	    .calendar = check->calendar,
	    .dates =
		v->columns.at[COLUMNS_TIME] == COLUMNS_NONE ? &o->zone : NULL};

	*f = (struct feed){.value = v,
	    .book = check->book,
	    .series = series_new(&opts, v->sheet->report)};
	f->bar.place = place;
	f->bar.arg = f;
}

static void
give(struct feed *f, const struct series_bar *bar)
{
	if (f->book != NULL)
		judge_bar(f->book, bar);
	else
		series_add(f->series, bar);
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
	if (f->book != NULL)
		return judge_last(f->book, &f->bar);
	return named && v->stamp.zone.name != NULL
	    ? series_last(f->series, v->symbol, f->bar.symbol_len)
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
	give(f, &f->bar);
}

void
feed_lost(struct feed *f)
{
	const struct sheet *s = f->value->sheet;

	/* Nothing is left of the row before. */
	f->bar.right = 0;
	f->bar.named = false;
	f->bar.symbol = NULL;
	f->bar.symbol_len = 0;
	if (f->book == NULL)
		series_add(f->series, &f->bar);
	else if (s->lost)
		judge_lost(f->book, csvin_line(s->csv));
}

static void
place_plain(void *arg, enum series_value value, struct finding *to)
{
	const struct feed *f = arg;

	/* They have the numbers of the columns. */
	plain_place(f->plain, f->row, (enum columns_what)value, to);
}

static void
span_plain(struct feed *f, const struct plain *p)
{
	const struct batch *b = &p->batch;

	for (size_t i = 0; i < b->n; i++) {
		int64_t ts_ns = b->ts_ns[i];

		if ((p->right[i] & SERIES_RIGHT(SERIES_TIME)) == 0)
			continue;
		if (!f->dated)
			f->first_ns = f->last_ns = ts_ns;
		f->dated = true;
		f->first_ns = ts_ns < f->first_ns ? ts_ns : f->first_ns;
		f->last_ns = ts_ns > f->last_ns ? ts_ns : f->last_ns;
	}
}

void
feed_plain(struct feed *f, struct plain *p)
{
	const struct batch *b = &p->batch;
	struct series_bar bar = {.place = place_plain, .arg = f};

	struct sheet *sheet = p->value->sheet;

	span_plain(f, p);
	f->plain = p;
	for (f->row = 0; f->row < b->n; f->row++) {
		size_t i = f->row;

		bar.right = p->right[i] & SERIES_ALL;
		bar.named = (p->right[i] & PLAIN_FIELDS) != 0;
		bar.symbol = plain_symbol(p, i, &bar.symbol_len);
		bar.ts_ns = b->ts_ns[i];
		bar.price[SERIES_OPEN] = b->price[BATCH_OPEN][i];
		bar.price[SERIES_HIGH] = b->price[BATCH_HIGH][i];
		bar.price[SERIES_LOW] = b->price[BATCH_LOW][i];
		bar.price[SERIES_CLOSE] = b->price[BATCH_CLOSE][i];
		bar.volume = b->volume[i];
		bar.line = b->line[i];
		if (p->late || p->mixed != NULL ||
		    bar.price[SERIES_HIGH] == bar.price[SERIES_LOW])
			plain_judge(p, i);
		give(f, &bar);
		if (report_errors(sheet->report) != sheet->errors)
			plain_judged(p, i);
	}
}

void
feed_close(struct feed *f, struct report_totals *t)
{
	const struct sheet *s = f->value->sheet;

	series_end(f->series);
	if (f->book != NULL && s->ended)
		judge_lost(f->book, csvin_next_line(s->csv));
	t->symbols = f->book != NULL ? f->book->nlisted
				     : series_counts(f->series).symbols;
	t->untracked = series_counts(f->series).untracked;
	t->dated = f->dated;
	t->first_ns = f->first_ns;
	t->last_ns = f->last_ns;
	series_free(f->series);
}
