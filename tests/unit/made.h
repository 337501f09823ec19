/* SPDX-License-Identifier: MIT */
/* Made-up bars for qte-verify's series rules. */
#ifndef MADE_H
#define MADE_H

#include "base/num.h"
#include "random.h"
#include "series/inner.h"
#include "unit.h"

#define BARS_MAX 6000
#define MINUTE (60 * WHEN_SECOND)

struct bars {
	int n;
	struct series_bar at[BARS_MAX];
};

static struct bars bars;
static struct calendar calendar;
static struct series_opts opts;

static inline int64_t
at(const char *text)
{
	enum when_form form;
	int64_t ns = 0;

	CHECK(when_read(text, strlen(text), &ns, &form) == WHEN_OK);
	return ns;
}

static inline void
place(void *arg, enum series_value value, struct finding *f)
{
	(void)arg;
	f->field = (size_t)value + 1;
}

/* Afresh: no bars, and nothing known of the market. */
static inline void
fresh(void)
{
	calendar_release(&calendar);
	calendar_init(&calendar);
	opts = (struct series_opts){.max_move = NUM_PRICE_ONE / 5,
	    .limit_ns = WHEN_END,
	    .calendar = &calendar};
	bars.n = 0;
	random_state = 1;
}

static inline void
add(int64_t ts)
{
	int64_t last = bars.n > 0 ? bars.at[bars.n - 1].price[SERIES_CLOSE]
				  : 100 * NUM_PRICE_ONE;
	int64_t move = ((int64_t)random_below(41) - 20) * NUM_PRICE_ONE / 100;
	int64_t close = last +
	    (last < 50 * NUM_PRICE_ONE ? 20 * NUM_PRICE_ONE / 100 : move);
	struct series_bar *b = &bars.at[bars.n++];

	*b = (struct series_bar){.named = true,
	    .right = SERIES_ALL,
	    .ts_ns = ts,
	    .volume = (double)(1000 + random_below(1000)),
	    .place = place};
	b->price[SERIES_OPEN] = last;
	b->price[SERIES_CLOSE] = close;
	b->price[SERIES_HIGH] = last > close ? last : close;
	b->price[SERIES_LOW] = last < close ? last : close;
}

/* Bars of ${step} on the days of Shanghai from 2024-01-22 on, as UTC. */
static inline void
fill_sessions(int64_t step, int days)
{
	int64_t day = when_day(at("2024-01-22"));
	struct err e = {0};

	CHECK_INT(calendar_sessions(&calendar, "09:30-11:30,13:00-15:00", &e),
	    0);
	*VEC_PUSH(&calendar.dates) =
	    (struct calendar_date){.day = when_day(at("2024-01-25"))};
	*VEC_PUSH(&calendar.dates) =
	    (struct calendar_date){.day = when_day(at("2024-01-30"))};
	calendar.dates.at[1].hours.n = 1;
	calendar.dates.at[1].hours.at[0] = calendar.hours.at[0];
	for (; days > 0; day++) {
		const struct calendar_hours *h = calendar_day(&calendar, day);

		days -= h != NULL;
		for (size_t i = 0; h != NULL && i < h->n; i++)
			for (int64_t t = h->at[i].from_ns;
			     t < h->at[i].until_ns; t += step)
				add(day * WHEN_DAY + t);
	}
}

static inline void
erase(int i, int n)
{
	for (int k = i; k + n < bars.n; k++)
		bars.at[k] = bars.at[k + n];
	bars.n -= n;
}

static inline void
insert(int i, struct series_bar b)
{
	for (int k = bars.n++; k > i; k--)
		bars.at[k] = bars.at[k - 1];
	bars.at[i] = b;
}

/* All prices from ${i} on are this many times as high. */
static inline void
scale_from(int i, int64_t times, int64_t parts)
{
	for (; i < bars.n; i++)
		for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
			bars.at[i].price[v] =
			    bars.at[i].price[v] * times / parts;
}

#endif
