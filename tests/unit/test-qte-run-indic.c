/* SPDX-License-Identifier: MIT */
/* Tests of the indicators: by hand, exactness, and what is absent. */
#include "series.h"
#include "unit.h"

static struct series hand;

UNIT_TEST("indic: by hand, means and extremes")
{
	series_closes(&hand, 6, (const double[]){2, 4, 6, 8, 10, 1});
	SERIES_BY_HAND("sma(close,1)", &hand, 2, 4, 6, 8, 10, 1);
	SERIES_BY_HAND("sma(close,3)", &hand, GONE, GONE, 4, 6, 8, 19.0 / 3);
	SERIES_BY_HAND("ema(close,1)", &hand, 2, 4, 6, 8, 10, 1);
	SERIES_BY_HAND("ema(close,3)", &hand, GONE, GONE, 4, 6, 8, 4.5);
	SERIES_BY_HAND("highest(close,2)", &hand, GONE, 4, 6, 8, 10, 10);
	SERIES_BY_HAND("lowest(close,2)", &hand, GONE, 2, 4, 6, 8, 1);
	SERIES_BY_HAND("lowest(close,6)", &hand, GONE, GONE, GONE, GONE, GONE,
	    1);
	SERIES_BY_HAND("highest(close,2)[1]", &hand, GONE, GONE, 4, 6, 8, 10);
	SERIES_BY_HAND("sma(close,7)", &hand, GONE, GONE, GONE, GONE, GONE,
	    GONE);
}

UNIT_TEST("indic: by hand, rsi with its averages of rises and falls")
{
	/* Changes 1 -1 2 0 -3; U .5 1.25 .625 .3125, D .5 .25 .125 1.5625. */
	series_closes(&hand, 6, (const double[]){10, 11, 10, 12, 12, 9});
	SERIES_BY_HAND("rsi(close,2)", &hand, GONE, GONE, 50, 125 / 1.5,
	    62.5 / 0.75, 31.25 / 1.875);
	SERIES_BY_HAND("rsi(close,1)", &hand, GONE, 100, 0, 100, 50, 0);
}

UNIT_TEST("indic: by hand, rsi is 50 when nothing moves, 100 and 0 one way")
{
	series_closes(&hand, 4, (const double[]){5, 5, 5, 5});
	SERIES_BY_HAND("rsi(close,2)", &hand, GONE, GONE, 50, 50);
	series_closes(&hand, 4, (const double[]){5, 6, 6, 7});
	SERIES_BY_HAND("rsi(close,2)", &hand, GONE, GONE, 100, 100);
	series_closes(&hand, 4, (const double[]){5, 4, 4, 3});
	SERIES_BY_HAND("rsi(close,2)", &hand, GONE, GONE, 0, 0);
}

UNIT_TEST("indic: by hand, deviation and bands")
{
	series_closes(&hand, 8, (const double[]){2, 4, 4, 4, 5, 5, 7, 9});
	SERIES_BY_HAND("stddev(close,8)", &hand, GONE, GONE, GONE, GONE, GONE,
	    GONE, GONE, 2);
	SERIES_BY_HAND("stddev(close,1)", &hand, 0, 0, 0, 0, 0, 0, 0, 0);
	SERIES_BY_HAND("bbands(close,8,2).upper", &hand, GONE, GONE, GONE, GONE,
	    GONE, GONE, GONE, 9);
	SERIES_BY_HAND("bbands(close,8,2).mid", &hand, GONE, GONE, GONE, GONE,
	    GONE, GONE, GONE, 5);
	SERIES_BY_HAND("bbands(close,8,1.5).lower", &hand, GONE, GONE, GONE,
	    GONE, GONE, GONE, GONE, 2);
}

UNIT_TEST("indic: by hand, macd, its signal and what is between them")
{
	series_closes(&hand, 4, (const double[]){3, 6, 9, 6});
	SERIES_BY_HAND("macd(1,2,2).macd", &hand, GONE, 1.5, 1.5, -0.5);
	SERIES_BY_HAND("macd(1,2,2).signal", &hand, GONE, GONE, 1.5,
	    1.5 - 4.0 / 3);
	SERIES_BY_HAND("macd(1,2,2).hist", &hand, GONE, GONE, 0,
	    -0.5 - (1.5 - 4.0 / 3));
}

static const struct {
	const char *text;
	int first;
} firsts[] = {
    {"sma(close,1)", 0},
    {"sma(close,5)", 4},
    {"ema(close,1)", 0},
    {"ema(close,5)", 4},
    {"rsi(close,1)", 1},
    {"rsi(close,5)", 5},
    {"stddev(close,5)", 4},
    {"highest(high,5)", 4},
    {"lowest(low,5)", 4},
    {"highest(high,5)[1]", 5},
    {"bbands(close,5,2).upper", 4},
    {"bbands(close,5,2).mid", 4},
    {"bbands(close,5,2).lower", 4},
    {"macd(3,7,4).macd", 6},
    {"macd(3,7,4).signal", 9},
    {"macd(3,7,4).hist", 9},
    {"macd(7,3,4).macd", 6},
    {"sma(sma(close,3),4)", 5},
    {"ema(sma(close,3),4)", 5},
    {"rsi(sma(close,3),4)", 6},
    {"stddev(ema(close,3),4)", 5},
    {"highest(rsi(close,3),4)", 6},
    {"rma(close,1)", 0},
    {"rma(close,5)", 4},
    {"wma(close,5)", 4},
    {"kama(close,5)", 5},
    {"meandev(close,5)", 4},
    {"highestbars(high,5)", 4},
    {"lowestbars(low,5)", 4},
    {"mom(close,5)", 5},
    {"roc(close,5)", 5},
    {"cum(close)", 0},
    {"zscore(close,5)", 4},
    {"slope(close,5)", 4},
    {"linreg(close,5)", 4},
    {"linreg(close,1)", 0},
    {"tr", 0},
    {"tr()", 0},
    {"atr(1)", 1},
    {"atr(5)", 5},
    {"stoch(5,3,4).k", 6},
    {"stoch(5,3,4).d", 9},
    {"stoch(1,1,1).d", 0},
    {"willr(5)", 4},
    {"cci(5)", 4},
    {"obv", 0},
    {"vwap(5)", 4},
    {"vwma(close,5)", 4},
    {"plus_di(5)", 5},
    {"minus_di(5)", 5},
    {"adx(5)", 9},
    {"mfi(5)", 5},
    {"aroon(5).up", 5},
    {"aroon(5).down", 5},
    {"aroon(5).osc", 5},
    {"trix(close,5)", 13},
    {"keltner(5,2).upper", 5},
    {"keltner(5,2).mid", 4},
    {"keltner(5,2).lower", 5},
    {"supertrend(5,2)", 5},
    {"hl2 + hlc3 + ohlc4", 0},
};

UNIT_TEST("indic: each is valid from its first bar on, and not before")
{
	double got[SERIES_MAX];
	struct series s;

	series_walk(&s, 1, 10000, 50);
	for (size_t i = 0; i < QTE_COUNT(firsts); i++) {
		int first = 0;

		series_run(firsts[i].text, &s, got);
		while (first < s.n && isnan(got[first]))
			first++;
		if (first != firsts[i].first)
			printf("# %s\n", firsts[i].text);
		CHECK_INT(first, firsts[i].first);
		for (int k = first; k < s.n; k++)
			CHECK(!isnan(got[k]));
	}
}

UNIT_TEST("indic: means that are equal are equal, to the last bar")
{
	int64_t ties = 0, seen[3] = {0};
	struct rule rules[3] = {0};
	struct series s;

	rule_open(&rules[0], "sma(close,3) < sma(close,7)");
	rule_open(&rules[1], "sma(close,3) == sma(close,7)");
	rule_open(&rules[2], "sma(close,3) > sma(close,7)");
	series_walk(&s, 5, 1000, 1);
	for (int i = 0; i < s.n; i++) {
		int64_t three = 0, seven = 0;
		bool wanted[3];

		for (int k = i - 6; k <= i && i >= 6; k++) {
			seven += s.bar[k].close.units;
			three += k > i - 3 ? s.bar[k].close.units : 0;
		}
		wanted[0] = three * 7 < seven * 3;
		wanted[1] = i >= 6 && three * 7 == seven * 3;
		wanted[2] = three * 7 > seven * 3;
		for (int r = 0; r < 3; r++) {
			CHECK_INT(value_true(rule_step(&rules[r], &s.bar[i])),
			    wanted[r]);
			seen[r] += wanted[r];
		}
		ties += wanted[1];
	}
	/* The series has to have them for the test to mean anything. */
	CHECK(ties >= 10 && seen[0] > 100 && seen[2] > 100);
	for (int r = 0; r < 3; r++)
		rule_close(&rules[r]);
}

UNIT_TEST("indic: a mean of decimals is not off by a bit, as doubles are")
{
	struct rule r = {0};
	static const char *const closes[] = {"0.1", "0.2", "0.3"};
	bool last = false;

	CHECK((0.1 + 0.2 + 0.3) / 3 > 0.2);
	rule_open(&r, "sma(close,3) == 0.2 and sma(sma(close,2),2) == 0.2");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		last = value_true(rule_step(&r, &bar));
	}
	CHECK(last);
	rule_close(&r);
}

UNIT_TEST("indic: exact through mean, extreme and past; a double after that")
{
	static const struct {
		const char *text;
		enum value_kind kind;
	} table[] = {
	    {"close", VALUE_EXACT},
	    {"sma(close,3)", VALUE_EXACT},
	    {"sma(sma(close,3),5)[1]", VALUE_EXACT},
	    {"highest(sma(close,3),4)", VALUE_EXACT},
	    {"lowest(close,4)", VALUE_EXACT},
	    {"bbands(close,3,2).mid", VALUE_EXACT},
	    {"-close", VALUE_EXACT},
	    {"hl2", VALUE_EXACT},
	    {"sma(hlc3,3)", VALUE_EXACT},
	    {"ohlc4[1]", VALUE_EXACT},
	    {"mom(close,2)", VALUE_EXACT},
	    {"mom(mom(close,1),1)", VALUE_EXACT},
	    {"highestbars(close,3)", VALUE_EXACT},
	    {"barssince(close > 1)", VALUE_EXACT},
	    {"valuewhen(close > 1, close)", VALUE_EXACT},
	    {"highestsince(close > 1, close)", VALUE_EXACT},
	    {"lowestsince(close > 1, sma(close,3))", VALUE_EXACT},
	    {"lowestsince(close > 1, ema(close,3))", VALUE_DOUBLE},
	    {"nz(close[1], open)", VALUE_EXACT},
	    {"close > 1 ? open : close", VALUE_EXACT},
	    {"nz(close, hl2)", VALUE_DOUBLE},
	    {"close > 1 ? hl2 : close", VALUE_DOUBLE},
	    {"wma(close,3)", VALUE_DOUBLE},
	    {"roc(close,3)", VALUE_DOUBLE},
	    {"max(close,open)", VALUE_DOUBLE},
	    {"abs(close)", VALUE_DOUBLE},
	    {"close % 1", VALUE_DOUBLE},
	    {"close + 0", VALUE_DOUBLE},
	    {"close * 1", VALUE_DOUBLE},
	    {"ema(close,3)", VALUE_DOUBLE},
	    {"stddev(close,3)", VALUE_DOUBLE},
	    {"sma(close + 0,3)", VALUE_DOUBLE},
	    {"volume", VALUE_DOUBLE},
	};
	struct bar bar = rule_bar(rule_price("1.25"));

	for (size_t i = 0; i < QTE_COUNT(table); i++) {
		struct rule r = {0};

		rule_open_number(&r, table[i].text);
		for (int k = 0; k < 10; k++)
			(void)rule_step(&r, &bar);
		CHECK_INT(rule_value(&r).kind, table[i].kind);
		rule_close(&r);
	}
}

UNIT_TEST("indic: means of means fall back to doubles when they grow too deep")
{
	struct rule exact = {0}, deep = {0};
	struct bar bar = rule_bar(rule_price("0.1"));

	/* 100^4 fits under 2^30, 100^5 does not. */
	rule_open_number(&exact, "sma(sma(sma(sma(close,100),100),100),100)");
	rule_open_number(&deep,
	    "sma(sma(sma(sma(sma(close,100),100),100),100),100)");
	for (int i = 0; i < 500; i++) {
		(void)rule_step(&exact, &bar);
		(void)rule_step(&deep, &bar);
		CHECK_INT(isnan(rule_double(&exact)), i < 4 * 99);
		CHECK_INT(isnan(rule_double(&deep)), i < 5 * 99);
	}
	CHECK_INT(rule_value(&exact).kind, VALUE_EXACT);
	CHECK_DBL(rule_double(&exact), 0.1);
	CHECK_INT(rule_value(&deep).kind, VALUE_DOUBLE);
	CHECK(series_near(rule_double(&deep), 0.1, SERIES_ROUNDED));
	rule_close(&exact);
	rule_close(&deep);
}

UNIT_TEST("indic: a tiny deviation at a great level is seen")
{
	static const char *const closes[] = {"9000000000.000000001",
	    "9000000000"};
	struct rule r = {0};

	rule_open_number(&r, "stddev(close,2)");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		CHECK(bar.close.exact);
		(void)rule_step(&r, &bar);
	}
	CHECK_DBL(rule_double(&r), 0.5e-9);
	rule_close(&r);
}

UNIT_TEST("indic: the deviation of a wide spread falls back to doubles")
{
	struct rule r = {0};

	rule_open_number(&r, "stddev(close,4)");
	for (int i = 0; i < 8; i++) {
		struct bar bar =
		    rule_bar(rule_price(i % 2 != 0 ? "1" : "9000000000"));

		(void)rule_step(&r, &bar);
	}
	CHECK(series_near(rule_double(&r) / 4499999999.5, 1, SERIES_ROUNDED));
	rule_close(&r);
}

UNIT_TEST("indic: a level price has no deviation at all")
{
	struct bar bar = rule_bar(rule_price("0.1"));
	struct rule r = {0};

	rule_open_number(&r, "stddev(close,7)");
	for (int i = 0; i < 20; i++)
		(void)rule_step(&r, &bar);
	CHECK_DBL(rule_double(&r), 0);
	rule_close(&r);
}

UNIT_TEST("indic: a window with an absent value is absent until that leaves")
{
	/* 1/(close - 6) is absent at the third bar alone. */
	series_closes(&hand, 6, (const double[]){2, 4, 6, 8, 10, 14});
	SERIES_BY_HAND("1/(close - 6)", &hand, -0.25, -0.5, GONE, 0.5, 0.25,
	    0.125);
	SERIES_BY_HAND("sma(1/(close - 6),2)", &hand, GONE, -0.375, GONE, GONE,
	    0.375, 0.1875);
	SERIES_BY_HAND("highest(1/(close - 6),2)", &hand, GONE, -0.25, GONE,
	    GONE, 0.5, 0.25);
	SERIES_BY_HAND("stddev(1/(close - 6),2)", &hand, GONE, 0.125, GONE,
	    GONE, 0.125, 0.0625);
}

UNIT_TEST("indic: ema and rsi pass over an absent value and go on")
{
	series_closes(&hand, 6, (const double[]){2, 4, 6, 8, 10, 14});
	SERIES_BY_HAND("ema(1/(close - 6),3)", &hand, GONE, GONE, GONE,
	    -0.25 / 3, 0.25 / 3, 0.3125 / 3);
	/* -0.5 0.5 - 1 0.25 -1 moves by 1, -0.75 and -1.25. */
	series_closes(&hand, 6, (const double[]){4, 8, 6, 7, 10, 5});
	SERIES_BY_HAND("rsi(1/(close - 6),2)", &hand, GONE, GONE, GONE, GONE,
	    50 / 0.875, 25 / 1.0625);
}

UNIT_TEST("indic: a double in the window makes the mean a double")
{
	static const char *const closes[] = {"0.5", "0.12345678901", "0.25",
	    "0.75"};
	static const enum value_kind kinds[] = {VALUE_ABSENT, VALUE_DOUBLE,
	    VALUE_DOUBLE, VALUE_EXACT};
	struct rule r = {0};

	rule_open_number(&r, "sma(close,2)");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		(void)rule_step(&r, &bar);
		CHECK_INT(rule_value(&r).kind, kinds[i]);
		if (i == 1)
			CHECK_DBL(rule_double(&r), (0.5 + 0.12345678901) / 2);
	}
	CHECK_DBL(rule_double(&r), 0.5);
	rule_close(&r);
}

UNIT_TEST("indic: constant prices have no slope, no change and no range")
{
	static const struct {
		const char *text;
		double want;
	} table[] = {
	    {"wma(close,7)", 0.1},
	    {"linreg(close,7)", 0.1},
	    {"slope(close,7)", 0},
	    {"slope(sma(close,3),7)", 0},
	    {"kama(close,7)", 0.1},
	    {"meandev(close,7)", 0},
	    {"highestbars(close,7)", 0},
	    {"lowestbars(close,7)", 0},
	    {"mom(close,7)", 0},
	    {"roc(close,7)", 0},
	    {"rsi(close,7)", 50},
	    {"mfi(7)", 50},
	    {"tr", 0},
	    {"atr(7)", 0},
	    {"stoch(7,3,2).k", 0},
	    {"willr(7)", 0},
	    {"cci(7)", 0},
	    {"obv", 1},
	    {"aroon(7).up", 100},
	    {"aroon(7).osc", 0},
	    {"trix(close,7)", 0},
	    {"zscore(close,7)", GONE},
	    {"plus_di(7)", GONE},
	    {"adx(7)", GONE},
	};
	struct bar bar = rule_bar(rule_price("0.1"));

	for (size_t i = 0; i < QTE_COUNT(table); i++) {
		struct rule r = {0};

		rule_open_number(&r, table[i].text);
		for (int k = 0; k < 40; k++)
			(void)rule_step(&r, &bar);
		if (!CHECK(series_near(rule_double(&r), table[i].want, 1e-15)))
			printf("# %s is %.17g\n", table[i].text,
			    rule_double(&r));
		rule_close(&r);
	}
}

UNIT_TEST("indic: without volume its means are absent, its sums stand")
{
	struct rule vwap = {0}, vwma = {0}, obv = {0}, mfi = {0};
	struct bar bar = rule_bar(rule_price("5"));

	rule_open_number(&vwap, "vwap(2)");
	rule_open_number(&vwma, "vwma(close,2)");
	rule_open_number(&obv, "obv");
	rule_open_number(&mfi, "mfi(2)");
	for (int i = 0; i < 6; i++) {
		bar.volume = i < 4 ? 0 : 7;
		bar.close.units += 1000000000;
		bar.high = bar.close;
		(void)rule_step(&vwap, &bar);
		(void)rule_step(&vwma, &bar);
		(void)rule_step(&obv, &bar);
		(void)rule_step(&mfi, &bar);
		CHECK_INT(isnan(rule_double(&vwap)), i < 4);
		CHECK_INT(isnan(rule_double(&vwma)), i < 4);
		CHECK_DBL(rule_double(&obv), i < 4 ? 0 : 7 * (i - 3));
		CHECK_DBL(rule_double(&mfi), i < 2 ? GONE : i < 4 ? 50 : 100);
	}
	rule_close(&vwap);
	rule_close(&vwma);
	rule_close(&obv);
	rule_close(&mfi);
}
