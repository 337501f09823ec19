/* SPDX-License-Identifier: MIT */
/* Tests of qte-verify's series rules: prices, volumes and symbols. */
#include "found.h"

UNIT_TEST("series: a defect of prices is found, and nothing else")
{
	fresh();
	fill_sessions(MINUTE, 12);

	static struct bars whole;

	whole = bars;
	opts.max_move = NUM_PRICE_ONE / 5;
	for (int round = 0; round < 20; round++) {
		int i = 500 + (int)random_below(1500);

		bars = whole;
		for (int k = 1; k < 5; k++) {
			int64_t ts = bars.at[i + k].ts_ns;

			bars.at[i + k] = bars.at[i];
			bars.at[i + k].ts_ns = ts;
		}
		FINDS("%d stale", i + 6);

		bars = whole;
		scale_from(i, 5, 4);
		FINDS("%d jump, %d outlier", i + 2, i + 2);

		bars = whole;
		scale_from(i, 1, 2);
		FINDS("%d outlier, %d split-like", i + 2, i + 2);

		bars = whole;
		bars.at[i].right &= ~SERIES_RIGHT(SERIES_CLOSE);
		bars.at[i].price[SERIES_CLOSE] *= 100;
		FINDS("%s", "");
	}
}

UNIT_TEST("series: limits are exact: at them nothing is said")
{
	const int64_t one = NUM_PRICE_ONE;

	for (int over = 0; over < 2; over++) {
		fresh();
		for (int i = 0; i < 40; i++)
			add(at("2024-01-01") + i * MINUTE);
		struct series_bar *b = &bars.at[39];

		bars.at[38].price[SERIES_CLOSE] = 100 * one;
		b->price[SERIES_OPEN] = 120 * one + over;
		b->price[SERIES_CLOSE] = 120 * one;
		opts.max_move = one / 5;
		CHECK_INT(strstr(found(), "41 jump") != NULL, over);
		b->price[SERIES_OPEN] = 100 * one;
		b->price[SERIES_CLOSE] = 80 * one - over;
		CHECK_INT(strstr(found(), "41 jump") != NULL, over);
		b->price[SERIES_CLOSE] = 105 * one + over;
		bars.at[38].price[SERIES_OPEN] = 100 * one;
		CHECK_STR(found(), over ? "41 outlier" : "");
		b->price[SERIES_CLOSE] = 100 * one;
		for (int i = 0; i < 39; i++)
			bars.at[i].volume = i % 2 == 0 ? 0.29 : 0.31;
		b->volume = over ? 15.001 : 15;
		for (int i = 0; i < 7; i++)
			bars.at[i].volume = 0;
		CHECK_STR(found(), over ? "41 volume-spike" : "");
	}
}

UNIT_TEST("series: a split is near a ratio, and the price stays")
{
	const int64_t one = NUM_PRICE_ONE;
	const struct {
		int64_t open, close[3];
		const char *rule;
	} cases[] = {
	    {51500000000, {52000000000, 53000000000, 51000000000},
		"split-like"},
	    {51500000001, {52000000000, 53000000000, 51000000000}, "jump"},
	    {48500000000, {48000000000, 48000000000, 48000000000},
		"split-like"},
	    {50000000000, {57500000000, 50000000000, 42500000000},
		"split-like"},
	    {50000000000, {50000000000, 57500000001, 50000000000}, "jump"},
	    {50000000000, {50000000000, 50000000000, 42499999999}, "jump"},
	    {300000000000, {300000000000, 300000000000, 300000000000},
		"split-like"},
	    {66666666667, {66000000000, 66000000000, 66000000000},
		"split-like"},
	    {10000000000, {10000000000, 10000000000, 10000000000},
		"split-like"},
	    {75000000000, {75000000000, 75000000000, 75000000000}, "jump"},
	};

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		char want[64];

		fresh();
		for (int k = 0; k < 14; k++) {
			add(at("2024-01-01") + k * MINUTE);
			for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
				bars.at[k].price[v] = 100 * one;
		}
		for (int k = 10; k < 14; k++)
			for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
				bars.at[k].price[v] = k == 10
				    ? cases[i].open
				    : cases[i].close[k - 11];
		(void)snprintf(want, sizeof(want), "12 %s", cases[i].rule);
		CHECK_STR(found(), want);
	}
	bars.n = 13;
	CHECK_STR(found(), "12 jump");
}

UNIT_TEST("series: a time after the limit is none")
{
	fresh();
	for (int i = 0; i < 40; i++)
		add(at("2024-01-02") + i * MINUTE);
	opts.limit_ns = bars.at[39].ts_ns;
	CHECK_STR(found(), "");
	bars.at[20].ts_ns = opts.limit_ns + 1;
	CHECK_STR(found(), "");
	bars.at[20].ts_ns = opts.limit_ns;
	CHECK_STR(found(), "23 not-monotonic");
}

UNIT_TEST("series: symbols have nothing to do with one another")
{
	static const char *const names[] = {"A", "B", "", "A.very.long.name"};
	struct bars *one = &bars;
	static struct bars all;

	fresh();
	fill_sessions(5 * MINUTE, 6);
	all.n = 0;
	for (int i = 0; i < one->n; i++)
		for (size_t k = 0; k < QTE_COUNT(names); k++) {
			struct series_bar *b = &all.at[all.n++];

			*b = one->at[i];
			b->symbol = names[k];
			b->symbol_len = strlen(names[k]);
			for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
				b->price[v] *= (int64_t)(k + 1);
		}
	bars = all;
	CHECK_STR(found(), "");
	erase(401, 1);
	CHECK_STR(found(), "406 gap 1");
	bars.at[801].ts_ns -= 30 * WHEN_DAY;
	CHECK_STR(found(), "406 gap 1, 803 not-monotonic");
}

UNIT_TEST("series: the last bar of each symbol has its age")
{
	fresh();
	for (int i = 0; i < 20; i++) {
		add(at("2024-01-01") + i / 2 * MINUTE);
		bars.at[i].symbol = i % 2 == 0 ? "A" : "B";
		bars.at[i].symbol_len = 1;
	}
	erase(18, 1);
	opts.max_age_ns = WHEN_HOUR;
	opts.now_ns = bars.at[16].ts_ns + WHEN_HOUR;
	CHECK_STR(found(), "");
	opts.now_ns++;
	CHECK_STR(found(), "18 too-old");
	opts.now_ns += MINUTE;
	CHECK_STR(found(), "18 too-old, 20 too-old");
}

UNIT_TEST("series: ticks may come at one time, but not twice")
{
	fresh();
	opts.ticks = true;
	for (int i = 0; i < 20; i++) {
		add(at("2024-01-01") + i / 3 * WHEN_SECOND);
		bars.at[i].right = SERIES_RIGHT(SERIES_TIME) |
		    SERIES_RIGHT(SERIES_CLOSE) | SERIES_RIGHT(SERIES_VOLUME);
	}
	CHECK_STR(found(), "");
	bars.at[10] = bars.at[9];
	CHECK_STR(found(), "12 duplicate-row");
	bars.at[15].ts_ns -= 60 * WHEN_SECOND;
	CHECK_STR(found(), "12 duplicate-row, 17 not-monotonic");
}

UNIT_TEST("series: rows of any kind are borne, and told alike twice")
{
	static const char *const names[] = {"A", "B", "C"};
	static char first[4096];

	for (int round = 0; round < 60; round++) {
		fresh();
		random_state = (uint64_t)round + 1;
		if (round % 3 == 0)
			fill_sessions(MINUTE, 1);
		bars.n = 0;
		opts.interval_ns = round % 2 == 0 ? 0 : 5 * MINUTE;
		opts.ticks = round % 5 == 0;
		opts.max_age_ns = round % 7 == 0 ? MINUTE : 0;
		opts.now_ns = at("2024-02-01");
		for (int i = 0; i < 1500; i++) {
			int64_t ts = at("2024-01-22 09:30") + i * MINUTE;
			struct series_bar *b = &bars.at[i];

			add(random_below(9) == 0
				? ts + (int64_t)random_below(100) * MINUTE -
				    50 * MINUTE
				: ts);
			b->symbol = names[random_below(3)];
			b->symbol_len = random_below(50) == 0 ? 0 : 1;
			b->named = random_below(40) != 0;
			if (random_below(10) == 0)
				b->right = (unsigned)random_below(64);
			if (random_below(20) == 0)
				b->price[1 + random_below(4)] =
				    1 + (int64_t)(random_bits() >> 1);
			if (random_below(20) == 0)
				b->volume = (double)random_sized();
		}
		(void)snprintf(first, sizeof(first), "%s", found());
		CHECK_STR(found(), first);
	}
}

UNIT_TEST("series: times as far apart as there are do not overflow")
{
	struct err e = {0};

	fresh();
	opts.interval_ns = MINUTE;
	for (int i = 0; i < 40; i++) {
		add(at("2024-01-01"));
		bars.at[i].ts_ns = i % 2 == 0 ? WHEN_BEGIN + i : WHEN_END - i;
	}
	(void)found();
	opts.interval_ns = WHEN_DAY;
	(void)found();
	opts.interval_ns = 1;
	CHECK_INT(calendar_sessions(&calendar, "00:00-23:59", &e), 0);
	(void)found();
	opts.interval_ns = 0;
	CHECK(found() != NULL);
}
