/* SPDX-License-Identifier: MIT */
/*
 * Tests of indicators at their edges: what no double holds, what doubles would
 * not tell apart, ties, and what is absent.
 */
#include "series.h"
#include "unit.h"

static struct series hand;

UNIT_TEST("edge: a step that no double holds is no step of nothing")
{
	/* From -1.7e308 to 1.7e308 at the third bar, and back at the fifth. */
	series_closes(&hand, 7, (const double[]){1, 1, 3, 3, 1, 1, 1});
	SERIES_BY_HAND("kama((close - 2) * 1.7e308, 2) / 1e308", &hand, GONE,
	    GONE, GONE, GONE, GONE, GONE, -1.7);
	/* A sum of steps that each are held. */
	SERIES_BY_HAND("kama((close - 2) * 0.8e308, 4) / 1e308", &hand, GONE,
	    GONE, GONE, GONE, GONE, GONE, -0.8);
}

UNIT_TEST("edge: what is carried beyond a double is absent from there on")
{
	series_closes(&hand, 6, (const double[]){1, 2, 2, 2, -2, 1});
	SERIES_BY_HAND("cum(close * 0.6e308) / 1e308", &hand, 0.6, GONE, GONE,
	    GONE, GONE, GONE);
	SERIES_BY_HAND("ema(close * 0.6e308, 2) / 1e308", &hand, GONE, GONE,
	    GONE, GONE, GONE, GONE);
	SERIES_BY_HAND("rma(close * 0.6e308, 1) / 1e308", &hand, 0.6, 1.2, 1.2,
	    1.2, GONE, GONE);
}

UNIT_TEST("edge: by hand, extremes since a condition was true")
{
	series_closes(&hand, 8, (const double[]){5, 3, 4, 6, 2, 6, 9, 1});
	SERIES_BY_HAND("highestsince(close == 3 or close == 2, close)", &hand,
	    GONE, 3, 4, 6, 2, 6, 9, 9);
	SERIES_BY_HAND("lowestsince(close == 3 or close == 6, close)", &hand,
	    GONE, 3, 3, 6, 2, 6, 6, 1);
	SERIES_BY_HAND("highestsince(true, close)", &hand, 5, 3, 4, 6, 2, 6, 9,
	    1);
	SERIES_BY_HAND("highestsince(false, close)", &hand, GONE, GONE, GONE,
	    GONE, GONE, GONE, GONE, GONE);
	/* Of negative values, and of means by their sums. */
	SERIES_BY_HAND("highestsince(bar == 1, -close)", &hand, GONE, -3, -3,
	    -3, -2, -2, -2, -1);
	SERIES_BY_HAND("lowestsince(bar == 1, sma(close,2))", &hand, GONE, 4,
	    3.5, 3.5, 3.5, 3.5, 3.5, 3.5);
}

UNIT_TEST("edge: absent values and conditions are no event")
{
	series_closes(&hand, 6, (const double[]){2, 4, 6, 8, 10, 7});
	/* 1/(close - 6) is absent at the third bar alone, the close is not. */
	SERIES_BY_HAND("highestsince(bar == 1, 1/(close - 6))", &hand, GONE,
	    -0.5, -0.5, 0.5, 0.5, 1);
	SERIES_BY_HAND("highestsince(bar == 2, 1/(close - 6))", &hand, GONE,
	    GONE, GONE, 0.5, 0.5, 1);
	SERIES_BY_HAND("lowestsince(1/(close - 6) < 0 or bar == 4, close)",
	    &hand, 2, 4, 4, 4, 10, 7);
	SERIES_BY_HAND("barssince(1/(close - 6) < 0)", &hand, 0, 0, 1, 2, 3, 4);
	SERIES_BY_HAND("barssince(1/(close - 6) > 0.2)", &hand, GONE, GONE,
	    GONE, 0, 0, 0);
	SERIES_BY_HAND("barssince(not (1/(close - 6) > 0))", &hand, 0, 0, 1, 2,
	    3, 4);
}

UNIT_TEST("edge: an extreme since an event is compared exactly")
{
	static const char *const closes[] = {"9000000000",
	    "9000000000.000000001", "9000000000"};
	struct rule r = {0};

	rule_open(&r, "highestsince(bar == 0, close) > close");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		CHECK_INT(value_true(rule_step(&r, &bar)), i == 2);
	}
	rule_close(&r);
}

UNIT_TEST("edge: means of unlike windows are compared by their sums")
{
	static const char *const closes[] = {"9000000000.000000001",
	    "9000000000", "9000000000"};
	struct rule three = {0}, two = {0}, above = {0};

	rule_open_number(&three, "sma(close,3)");
	rule_open_number(&two, "sma(close,2)");
	rule_open(&above, "sma(close,3) > sma(close,2)");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		(void)rule_step(&three, &bar);
		(void)rule_step(&two, &bar);
		CHECK_INT(value_true(rule_step(&above, &bar)), i == 2);
	}
	/* Doubles would not see it. */
	CHECK_DBL(rule_double(&three), rule_double(&two));
	rule_close(&three);
	rule_close(&two);
	rule_close(&above);
}

UNIT_TEST("edge: a weighted mean whose weights are too many is a double")
{
	struct bar bar = rule_bar(rule_price("5"));
	struct rule r = {0};

	/* 10^6 x 10^9 x 45150 is beyond 2^64. */
	rule_open_number(&r, "wma(sma(sma(close,1000),1000),300)");
	for (int i = 0; i < 2300; i++)
		(void)rule_step(&r, &bar);
	CHECK(series_near(rule_double(&r), 5, SERIES_ROUNDED));
	rule_close(&r);
}

UNIT_TEST("edge: a change is exact as far as a value of its kind may be")
{
	struct rule once = {0}, twice = {0};

	/* Means of 9e9, 4.5e9, 1 and 4.5e9, over and over. */
	rule_open_number(&once, "mom(sma(close,2),2)");
	rule_open_number(&twice, "mom(mom(sma(close,2),2),2)");
	for (int i = 0; i < 14; i++) {
		struct bar bar =
		    rule_bar(rule_price(i % 4 < 2 ? "9000000000" : "1"));
		double before = rule_double(&once);

		(void)rule_step(&once, &bar);
		(void)rule_step(&twice, &bar);
		if (i < 5 || i % 2 == 0)
			continue;
		CHECK_INT(rule_value(&once).kind, VALUE_EXACT);
		CHECK_DBL(fabs(rule_double(&once)), 8999999999);
		CHECK_INT(rule_value(&twice).kind, VALUE_DOUBLE);
		CHECK_DBL(fabs(rule_double(&twice)), 17999999998);
		CHECK_DBL(before, 0);
	}
	rule_close(&once);
	rule_close(&twice);
}

UNIT_TEST("edge: by hand, a ratchet that x touches")
{
	/* open and volume have no part: x is close, between low and high. */
	static const double bands[][4] = {{1, 12, 8, 10}, {1, 13, 8, 12},
	    {1, 14, 7, 11}, {1, 12, 9, 13}, {1, 12, 5, 9}, {1, 12, 5, 9.5},
	    {1, 12, 5, 8}};

	hand.n = 0;
	for (size_t i = 0; i < QTE_COUNT(bands); i++)
		series_add(&hand, bands[i], 1);
	SERIES_BY_HAND("ratchet(close,high,low)", &hand, 12, 12, 12, 9, 9, 9,
	    12);
}
