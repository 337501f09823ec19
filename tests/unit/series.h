/* SPDX-License-Identifier: MIT */
/* Series of bars for tests, and what texts of the language make of them. */
#ifndef SERIES_H
#define SERIES_H

#include "rule.h"
#include "unit.h"

#define SERIES_MAX 400
#define GONE ((double)NAN)
#define SERIES_ROUNDED 1e-12 /* what a few operations may lose */

struct series {
	int n;
	struct bar bar[SERIES_MAX];
	double high[SERIES_MAX], low[SERIES_MAX], close[SERIES_MAX];
	double volume[SERIES_MAX];
};

/* series_add(s, prices, volume): a bar of open, high, low, close. */
static inline void
series_add(struct series *s, const double prices[4], double volume)
{
	struct bar *bar = &s->bar[s->n];
	struct bars_price *to[] = {&bar->open, &bar->high, &bar->low,
	    &bar->close};

	*bar = (struct bar){.ts_ns = s->n * INT64_C(60000000000),
	    .volume = volume};
	for (int i = 0; i < 4; i++)
		*to[i] = (struct bars_price){true,
		    {.units = llround(prices[i] * 1e9)}};
	s->high[s->n] = prices[1];
	s->low[s->n] = prices[2];
	s->close[s->n] = prices[3];
	s->volume[s->n++] = volume;
}

/* series_closes(s, n, closes): bars that have but one price. */
static inline void
series_closes(struct series *s, int n, const double *closes)
{
	s->n = 0;
	for (int i = 0; i < n; i++)
		series_add(s,
		    (const double[]){closes[i], closes[i], closes[i],
			closes[i]},
		    1);
}

static inline int64_t
series_random(uint64_t *seed, int64_t reach)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1;
	return (int64_t)(*seed >> 33) % (2 * reach + 1) - reach;
}

/* series_walk(s, seed, start, reach): closes, in cents, from ${start} on. */
static inline void
series_walk(struct series *s, uint64_t seed, int64_t start, int64_t reach)
{
	double closes[SERIES_MAX];

	for (int i = 0; i < SERIES_MAX; i++) {
		start += series_random(&seed, reach);
		start = start < 1 ? 1 : start;
		closes[i] = (double)start / 100;
	}
	series_closes(s, SERIES_MAX, closes);
}

/*
 * series_market(s, seed, start, reach): whole bars, where equal prices, bars
 * without a range and bars without volume are common when ${reach} is small.
 */
static inline void
series_market(struct series *s, uint64_t seed, int64_t start, int64_t reach)
{
	s->n = 0;
	while (s->n < SERIES_MAX) {
		int64_t open = start + series_random(&seed, reach);
		int64_t above = series_random(&seed, reach);
		int64_t below = series_random(&seed, reach);
		int64_t volume = series_random(&seed, 5);
		int64_t high, low;

		open = open < reach + 1 ? reach + 1 : open;
		start = open + series_random(&seed, reach);
		start = start < reach + 1 ? reach + 1 : start;
		high = (open > start ? open : start) + (above > 0 ? above : 0);
		low = (open < start ? open : start) - (below > 0 ? below : 0);
		series_add(s,
		    (const double[]){(double)open / 100, (double)high / 100,
			(double)low / 100, (double)start / 100},
		    volume > 0 ? (double)volume * 100 : 0);
	}
}

/* series_run(text, s, got): the number ${text} at each bar; NaN: absent. */
static inline void
series_run(const char *text, const struct series *s, double *got)
{
	struct rule r = {0};

	rule_open_number(&r, text);
	if (!CHECK_INT(r.rc, 0))
		printf("# %s: %s\n", text, r.e.msg);
	for (int i = 0; r.rc == 0 && i < s->n; i++) {
		(void)rule_step(&r, &s->bar[i]);
		got[i] = rule_double(&r);
	}
	rule_close(&r);
}

static inline bool
series_near(double a, double b, double tolerance)
{
	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b);
	return fabs(a - b) <= tolerance * fmax(1, fmax(fabs(a), fabs(b)));
}

/* series_check(text, s, want, tolerance): ${text} against ${want}. */
static inline void
series_check(const char *text, const struct series *s, const double *want,
    double tolerance)
{
	double got[SERIES_MAX] = {0};

	series_run(text, s, got);
	for (int i = 0; i < s->n; i++) {
		if (series_near(got[i], want[i], tolerance))
			continue;
		printf("# %s at bar %d: got %.17g, want %.17g\n", text, i,
		    got[i], want[i]);
		CHECK(false);
		return;
	}
}

/* SERIES_BY_HAND(text, s, ...): the same against the values given. */
#define SERIES_BY_HAND(text, s, ...)                                 \
	do {                                                         \
		const double want_[] = {__VA_ARGS__};                \
                                                                     \
		CHECK_INT(sizeof(want_) / sizeof(want_[0]), (s)->n); \
		series_check(text, s, want_, SERIES_ROUNDED);        \
	} while (0)

#endif
