/* SPDX-License-Identifier: MIT */
/* Tests of values and of expressions over bars. */
#include "rule.h"
#include "unit.h"

enum { NO, YES, GONE };

static const struct value three[] = {
    [NO] = {VALUE_TRUTH, {false}},
    [YES] = {VALUE_TRUTH, {true}},
    [GONE] = {.kind = VALUE_ABSENT},
};

/* As the language writes them; x/0 is absent, and so is what is made of it. */
static const char *const written[] = {"false", "true", "(1/0 > 1)"};

static int
which(struct value v)
{
	return v.kind == VALUE_ABSENT ? GONE : v.truth ? YES : NO;
}

/* The number ${text} is at the first bar, whose close is 7; NaN: absent. */
static double
number(const char *text)
{
	struct bar bar = rule_bar(rule_price("7"));
	struct rule r = {0};
	double result;

	rule_open_number(&r, text);
	if (!CHECK(r.rc == 0))
		return 0;
	(void)rule_step(&r, &bar);
	result = rule_double(&r);
	rule_close(&r);
	return result;
}

/* What the rule ${text} is at the first bar. */
static int
truth(const char *text)
{
	struct bar bar = rule_bar(rule_price("7"));
	struct rule r = {0};
	int result;

	rule_open(&r, text);
	if (!CHECK(r.rc == 0))
		return -1;
	result = which(rule_step(&r, &bar));
	rule_close(&r);
	return result;
}

UNIT_TEST("expr: not, and, or follow Kleene's tables")
{
	static const int not_table[] = {YES, NO, GONE};
	static const int and_table[3][3] = {{NO, NO, NO}, {NO, YES, GONE},
	    {NO, GONE, GONE}};
	static const int or_table[3][3] = {{NO, YES, GONE}, {YES, YES, YES},
	    {GONE, YES, GONE}};
	char text[64];

	for (int a = 0; a < 3; a++) {
		CHECK_INT(which(value_not(three[a])), not_table[a]);
		snprintf(text, sizeof(text), "not %s", written[a]);
		CHECK_INT(truth(text), not_table[a]);
		for (int b = 0; b < 3; b++) {
			CHECK_INT(which(value_and(three[a], three[b])),
			    and_table[a][b]);
			CHECK_INT(which(value_or(three[a], three[b])),
			    or_table[a][b]);
			snprintf(text, sizeof(text), "%s and %s", written[a],
			    written[b]);
			CHECK_INT(truth(text), and_table[a][b]);
			snprintf(text, sizeof(text), "%s or %s", written[a],
			    written[b]);
			CHECK_INT(truth(text), or_table[a][b]);
		}
	}
}

UNIT_TEST("expr: only true is true")
{
	CHECK(value_true(three[YES]));
	CHECK(!value_true(three[NO]));
	CHECK(!value_true(three[GONE]));
	CHECK(!value_true((struct value){VALUE_DOUBLE, {.number = 1}}));
}

UNIT_TEST("expr: absent stays absent through arithmetic and comparisons")
{
	static const char *const numbers[] = {"1/0", "0/0", "1/0 + 1",
	    "1 + 1/0", "1/0 - 1/0", "0 * (1/0)", "(1/0) / 2", "2 / (1/0)",
	    "-(1/0)", "(1/0)[0]", "close[1]", "close[1] - close[1]",
	    "sma(1/0, 1)", "ema(1/0, 1)", "highest(1/0, 1)", "lowest(1/0, 1)",
	    "stddev(1/0, 1)", "rsi(1/0, 1)", "1e308 * 10", "-1e308 - 1e308"};
	static const char *const signs[] = {"<", "<=", ">", ">=", "==", "!="};
	char text[64];

	for (size_t i = 0; i < QTE_COUNT(numbers); i++) {
		if (!isnan(number(numbers[i])))
			printf("# %s is not absent\n", numbers[i]);
		CHECK(isnan(number(numbers[i])));
	}
	for (size_t i = 0; i < QTE_COUNT(signs); i++) {
		snprintf(text, sizeof(text), "1/0 %s 1", signs[i]);
		CHECK_INT(truth(text), GONE);
		snprintf(text, sizeof(text), "1 %s 1/0", signs[i]);
		CHECK_INT(truth(text), GONE);
		snprintf(text, sizeof(text), "1/0 %s 1/0", signs[i]);
		CHECK_INT(truth(text), GONE);
	}
	CHECK_INT(truth("(1/0 > 1) == (1/0 > 1)"), GONE);
	CHECK_INT(truth("(1/0 > 1) != true"), GONE);
	CHECK_INT(truth("(close > 1)[1]"), GONE);
}

UNIT_TEST("expr: arithmetic is that of doubles, in the order of the text")
{
	CHECK_DBL(number("0.1 + 0.2"), 0.1 + 0.2);
	CHECK_DBL(number("0.1 + 0.2 + 0.3"), (0.1 + 0.2) + 0.3);
	CHECK_DBL(number("0.1 + (0.2 + 0.3)"), 0.1 + (0.2 + 0.3));
	CHECK_DBL(number("1 / 3"), 1.0 / 3.0);
	CHECK_DBL(number("close / 3 * 3"), 7.0 / 3.0 * 3.0);
	CHECK_DBL(number("1.1 * 1.1"), 1.1 * 1.1);
	CHECK_DBL(number("1 - 0.9"), 1 - 0.9);
	CHECK_DBL(number("-close"), -7);
	CHECK_DBL(number("0 / 5"), 0);
	CHECK_INT(truth("0.1 + 0.2 == 0.3"), NO);
	CHECK_INT(truth("0.3 == 0.3"), YES);
}

UNIT_TEST("expr: exact numbers are compared exactly, where doubles would tie")
{
	struct bar bar = rule_bar(rule_price("9007199.254740993"));
	struct rule r = {0};

	/* The two are one double. */
	CHECK_DBL(9007199.254740993, 9007199.2547409927);
	rule_open(&r, "close > 9007199.254740992");
	CHECK_INT(which(rule_step(&r, &bar)), YES);
	rule_close(&r);
	rule_open(&r, "close * 1 == 9007199.254740993");
	CHECK_INT(which(rule_step(&r, &bar)), YES);
	rule_close(&r);
	/* A place beyond the ninth makes doubles of both. */
	rule_open(&r, "close == 9007199.2547409930001");
	CHECK_INT(which(rule_step(&r, &bar)), YES);
	rule_close(&r);
}

UNIT_TEST("expr: values compare across kinds and denominators")
{
	const struct value third = {VALUE_EXACT, {.units = 1000000000}};
	const struct value half = {VALUE_EXACT, {.units = 1000000000}};
	const struct value two_sixths = {VALUE_EXACT, {.units = 2000000000}};
	const struct value number = {VALUE_DOUBLE, {.number = 0.4}};
	const struct value large = {VALUE_EXACT,
	    {.units = (num_i128)INT64_MAX * (1 << 30)}};
	struct value larger = large;

	larger.units++;
	CHECK(value_compare(third, 3, half, 2) < 0);
	CHECK(value_compare(half, 2, third, 3) > 0);
	CHECK_INT(value_compare(third, 3, two_sixths, 6), 0);
	CHECK(value_compare(third, 3, number, 0) < 0);
	CHECK(value_compare(number, 0, half, 2) < 0);
	CHECK(value_compare(large, VALUE_DEN_MAX, larger, VALUE_DEN_MAX) < 0);
	CHECK_INT(value_compare(larger, VALUE_DEN_MAX, larger, VALUE_DEN_MAX),
	    0);
	CHECK_DBL(value_double(third, 3), 1.0 / 3.0);
	CHECK_DBL(value_double(number, 0), 0.4);
}

UNIT_TEST("expr: a number that is not finite is absent")
{
	CHECK_INT(value_number((double)INFINITY).kind, VALUE_ABSENT);
	CHECK_INT(value_number(-(double)INFINITY).kind, VALUE_ABSENT);
	CHECK_INT(value_number((double)NAN).kind, VALUE_ABSENT);
	CHECK_INT(value_number(1e308).kind, VALUE_DOUBLE);
}

UNIT_TEST("expr: x[k] is x as it was k bars ago, and stays exact")
{
	static const int backs[] = {0, 1, 2, 7, 30};

	for (size_t i = 0; i < QTE_COUNT(backs); i++) {
		struct rule r = {0};
		char text[64];

		snprintf(text, sizeof(text), "close[%d]", backs[i]);
		rule_open_number(&r, text);
		for (int n = 0; n < 100; n++) {
			struct bar bar = rule_bar((struct bars_price){true,
			    {.units = (n + 1) * INT64_C(10000000)}});

			(void)rule_step(&r, &bar);
			if (n < backs[i]) {
				CHECK(isnan(rule_double(&r)));
				continue;
			}
			CHECK_INT(rule_value(&r).kind, VALUE_EXACT);
			CHECK_INT(rule_value(&r).units,
			    (n + 1 - backs[i]) * INT64_C(10000000));
		}
		rule_close(&r);
	}
}

UNIT_TEST("expr: a truth can be looked back at")
{
	struct rule r = {0};
	static const char *const closes[] = {"1", "3", "2", "4"};
	static const int wanted[] = {GONE, NO, YES, NO};

	rule_open(&r, "(close > 2.5)[1]");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		CHECK_INT(which(rule_step(&r, &bar)), wanted[i]);
	}
	rule_close(&r);
}

UNIT_TEST("expr: crosses need the bar before, and a tie before is enough")
{
	static const char *const closes[] = {"6", "5", "6", "6", "5", "5", "4",
	    "6"};
	static const int above[] = {GONE, NO, YES, NO, NO, NO, NO, YES};
	static const int below[] = {NO, NO, NO, NO, NO, NO, YES, NO};
	struct rule up = {0}, down = {0};

	rule_open(&up, "cross_above(close, 5)");
	rule_open(&down, "cross_below(close, 5)");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		CHECK_INT(which(rule_step(&up, &bar)), above[i]);
		CHECK_INT(which(rule_step(&down, &bar)), below[i]);
	}
	rule_close(&up);
	rule_close(&down);
}

UNIT_TEST("expr: crosses of opposite directions are never both true")
{
	unsigned random = 1;
	struct rule both = {0};

	rule_open(&both,
	    "cross_above(close, open) and cross_below(close, open)");
	for (int i = 0; i < 5000; i++) {
		struct bar bar = rule_bar(rule_price("5"));

		random = random * 1103515245U + 12345U;
		bar.open.units = (random >> 16) % 3 + 1;
		bar.close.units = (random >> 20) % 3 + 1;
		CHECK(!value_true(rule_step(&both, &bar)));
	}
	rule_close(&both);
}

UNIT_TEST("expr: a price of more than 9 decimals is a double like another")
{
	struct bar bar = rule_bar(rule_price("0.12345678901"));
	struct rule r = {0};

	rule_open_number(&r, "close");
	(void)rule_step(&r, &bar);
	CHECK_INT(rule_value(&r).kind, VALUE_DOUBLE);
	CHECK_DBL(rule_double(&r), 0.12345678901);
	/* The next may be exact again. */
	bar = rule_bar(rule_price("0.5"));
	(void)rule_step(&r, &bar);
	CHECK_INT(rule_value(&r).kind, VALUE_EXACT);
	CHECK_DBL(rule_double(&r), 0.5);
	rule_close(&r);
}

UNIT_TEST("expr: a choice is absent with its condition, else what it chose")
{
	CHECK_DBL(number("close > 5 ? 1 : 1/0"), 1);
	CHECK_DBL(number("close > 5 ? 1/0 : 1"), (double)NAN);
	CHECK_DBL(number("1/0 > 5 ? 1 : 1"), (double)NAN);
	CHECK_INT(truth("close > 5 ? close > 6 : 1/0 > 1"), YES);
	CHECK_INT(truth("1/0 > 5 ? true : true"), GONE);
}

UNIT_TEST("expr: what is not chosen is stepped all the same")
{
	static const char *const closes[] = {"1", "2", "3", "4", "5", "6"};
	struct rule r = {0};

	rule_open_number(&r, "bar < 5 ? 0 : sma(close, 3) + cum(close)");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		(void)rule_step(&r, &bar);
	}
	CHECK_DBL(rule_double(&r), 5 + 21);
	rule_close(&r);
}

UNIT_TEST("expr: nz is the one way out of absence")
{
	CHECK_DBL(number("nz(1/0, 3)"), 3);
	CHECK_DBL(number("nz(2, 3)"), 2);
	CHECK_DBL(number("nz(1/0, 1/0)"), (double)NAN);
	CHECK_INT(truth("nz(1/0 > 1, true)"), YES);
	CHECK_INT(truth("nz(false, true)"), NO);
	CHECK_DBL(number("max(1/0, 1)"), (double)NAN);
	CHECK_DBL(number("min(1, 1/0)"), (double)NAN);
}

UNIT_TEST("expr: functions of one bar, at their edges")
{
	CHECK_DBL(number("abs(-2.5)"), 2.5);
	CHECK_DBL(number("sign(-2.5)"), -1);
	CHECK_DBL(number("sign(close - close)"), 0);
	CHECK_DBL(number("sign(0.001)"), 1);
	CHECK_DBL(number("max(2, 3)"), 3);
	CHECK_DBL(number("min(2, 3)"), 2);
	CHECK_DBL(number("log(1)"), 0);
	CHECK_DBL(number("log(0)"), (double)NAN);
	CHECK_DBL(number("log(-1)"), (double)NAN);
	CHECK_DBL(number("sqrt(2.25)"), 1.5);
	CHECK_DBL(number("sqrt(0)"), 0);
	CHECK_DBL(number("sqrt(-0.000000001)"), (double)NAN);
	CHECK_DBL(number("7 % 0"), (double)NAN);
}

UNIT_TEST("expr: barssince and valuewhen begin with the first truth")
{
	static const char *const closes[] = {"1", "2", "5", "3", "5", "6", "1"};
	static const double since[] = {(double)NAN, (double)NAN, 0, 1, 0, 0, 1};
	static const double when[] = {(double)NAN, (double)NAN, 5, 5, 5, 6, 6};
	struct rule bars = {0}, value = {0};

	rule_open_number(&bars, "barssince(close > 4)");
	rule_open_number(&value, "valuewhen(close > 4, close)");
	for (size_t i = 0; i < QTE_COUNT(closes); i++) {
		struct bar bar = rule_bar(rule_price(closes[i]));

		(void)rule_step(&bars, &bar);
		(void)rule_step(&value, &bar);
		CHECK_DBL(rule_double(&bars), since[i]);
		CHECK_DBL(rule_double(&value), when[i]);
	}
	rule_close(&bars);
	rule_close(&value);
}

UNIT_TEST("expr: means of prices are exact, also when compared")
{
	struct bar bar = {.open = rule_price("0.1"),
	    .high = rule_price("0.3"),
	    .low = rule_price("0.1"),
	    .close = rule_price("0.2"),
	    .volume = 1};
	struct rule r = {0};

	rule_open(&r,
	    "hl2 == 0.2 and hlc3 == 0.2 and ohlc4 == 0.175 and "
	    "hl2 == hlc3 and sma(hlc3, 1) == hl2");
	CHECK_INT(r.rc, 0);
	CHECK_INT(which(rule_step(&r, &bar)), YES);
	bar.high = rule_price("0.300000001");
	CHECK_INT(which(rule_step(&r, &bar)), NO);
	rule_close(&r);
	bar.high = rule_price("0.30000000001");
	rule_open_number(&r, "hl2");
	CHECK_INT(rule_step(&r, &bar).kind, VALUE_DOUBLE);
	CHECK_DBL(rule_double(&r), (0.30000000001 + 0.1) / 2);
	rule_close(&r);
}

UNIT_TEST("expr: differences of differences turn to doubles before they wrap")
{
	char text[1024];
	size_t n = 0;
	struct rule r = {0};

	/* Each doubles the last, since the price goes up and down. */
	n += (size_t)snprintf(text, sizeof(text), "x0 = mom(close,1)\n");
	for (int i = 1; i <= 40; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "x%d = mom(x%d,1)\n", i, i - 1);
	snprintf(text + n, sizeof(text) - n, "x40 == sma(x40,1)");
	rule_open(&r, text);
	CHECK_INT(r.rc, 0);
	for (int i = 0; i < 60; i++) {
		struct bar bar =
		    rule_bar(rule_price(i % 2 != 0 ? "1" : "9000000000"));

		CHECK_INT(which(rule_step(&r, &bar)), i < 41 ? GONE : YES);
	}
	rule_close(&r);
}

UNIT_TEST("expr: the clock is that of the bar, in UTC, before 1970 too")
{
	static const struct {
		int64_t ts_s;
		int date, hour, minute, weekday;
	} table[] = {
	    {0, 19700101, 0, 0, 4}, /* a Thursday */
	    {-1, 19691231, 23, 59, 3},
	    {1577836799, 20191231, 23, 59, 2},
	    {1577836800, 20200101, 0, 0, 3},
	    {1583020799, 20200229, 23, 59, 6},
	    {1583020800, 20200301, 0, 0, 7},
	    {1583107200 + 9 * 3600 + 30 * 60 + 59, 20200302, 9, 30, 1},
	};

	for (size_t i = 0; i < QTE_COUNT(table); i++) {
		struct bar bar = rule_bar(rule_price("1"));
		struct rule r = {0};

		bar.ts_ns = table[i].ts_s * 1000000000;
		rule_open_number(&r, "weekday * 10000 + hour * 100 + minute");
		(void)rule_step(&r, &bar);
		CHECK_DBL(rule_double(&r),
		    table[i].weekday * 10000 + table[i].hour * 100 +
			table[i].minute);
		rule_close(&r);
		rule_open_number(&r, "year * 10000 + month * 100 + day");
		(void)rule_step(&r, &bar);
		CHECK_DBL(rule_double(&r), table[i].date);
		rule_close(&r);
		rule_open_number(&r, "year");
		(void)rule_step(&r, &bar);
		CHECK_INT(rule_value(&r).kind, VALUE_EXACT);
		rule_close(&r);
	}
}

UNIT_TEST("expr: the clock may be ahead of UTC, or behind it")
{
	static const struct {
		int64_t ahead_s;
		int want;
	} table[] = {
	    {19800, 40529}, /* 23:59:59 on Wednesday is 05:29 on Thursday */
	    {-18000, 31859},
	    {-86400, 22359},
	};

	for (size_t i = 0; i < QTE_COUNT(table); i++) {
		struct bar bar = rule_bar(rule_price("1"));
		struct rule r = {.ahead_ns = table[i].ahead_s * 1000000000};

		bar.ts_ns = -1000000000;
		rule_open_number(&r, "weekday * 10000 + hour * 100 + minute");
		(void)rule_step(&r, &bar);
		CHECK_DBL(rule_double(&r), table[i].want);
		rule_close(&r);
	}
}

UNIT_TEST("expr: the account is seen as it is; without a position in part")
{
	static const char *const texts[] = {"pos", "equity", "entry_price",
	    "bars_held", "pnl_pct"};
	static const double flat[] = {0, 500, (double)NAN, (double)NAN,
	    (double)NAN};
	static const double held[] = {-1, 500, 12.5, 3, -4.25};
	struct bar bar = rule_bar(rule_price("1"));

	for (size_t i = 0; i < QTE_COUNT(texts); i++) {
		struct rule r = {.account = {.equity = 500}};

		rule_open_number(&r, texts[i]);
		(void)rule_step(&r, &bar);
		CHECK_DBL(rule_double(&r), flat[i]);
		r.account = (struct expr_account){.position = -1,
		    .entry_price = 12.5,
		    .bars_held = 3,
		    .pnl_pct = -4.25,
		    .equity = 500};
		(void)rule_step(&r, &bar);
		CHECK_DBL(rule_double(&r), held[i]);
		rule_close(&r);
	}
}
