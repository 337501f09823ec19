/* SPDX-License-Identifier: MIT */
/* Tests of what indicators keep exact, and of what they do where they cannot.
 */
#include "rule.h"
#include "unit.h"

static bool
near(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b));
}

/* A whole number of cents that walks at random, a cent at a time. */
static int64_t
walk(uint64_t *random, int64_t *cents)
{
	*random = *random * UINT64_C(6364136223846793005) + 1;
	*cents += (int64_t)(*random >> 33) % 3 - 1;
	return *cents * 10000000;
}

/* How three prices and seven compare with their means, by whole numbers. */
static void
order_of_means(const int64_t *last7, bool order[3])
{
	int64_t three = 0, seven = 0;

	for (int i = 0; i < 7; i++) {
		seven += last7[i];
		three += i >= 4 ? last7[i] : 0;
	}
	order[0] = three * 7 < seven * 3;
	order[1] = three * 7 == seven * 3;
	order[2] = three * 7 > seven * 3;
}

UNIT_TEST("indic: means that are equal are equal, to the last bar")
{
	static const char *const texts[] = {"sma(close,3) < sma(close,7)",
	    "sma(close,3) == sma(close,7)", "sma(close,3) > sma(close,7)"};
	struct rule rules[3] = {0};
	int64_t last7[7] = {0}, cents = 1000, seen[3] = {0};
	uint64_t random = 5;

	for (int r = 0; r < 3; r++)
		rule_open(&rules[r], texts[r]);
	for (int i = 0; i < 2000; i++) {
		bool wanted[3] = {false, false, false};
		struct bar bar;

		memmove(last7, last7 + 1, 6 * sizeof(*last7));
		last7[6] = walk(&random, &cents);
		bar = rule_bar((struct bars_price){true, {.units = last7[6]}});
		if (i >= 6)
			order_of_means(last7, wanted);
		for (int r = 0; r < 3; r++) {
			CHECK_INT(value_true(rule_step(&rules[r], &bar)),
			    wanted[r]);
			seen[r] += wanted[r];
		}
	}
	/* There have to be all three for the test to mean anything. */
	CHECK(seen[0] > 100 && seen[1] > 20 && seen[2] > 100);
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
		CHECK_INT(rule_number(&r).kind, table[i].kind);
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
	CHECK_INT(rule_number(&exact).kind, VALUE_EXACT);
	CHECK_DBL(rule_double(&exact), 0.1);
	CHECK_INT(rule_number(&deep).kind, VALUE_DOUBLE);
	CHECK(near(rule_double(&deep), 0.1));
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
	CHECK(near(rule_double(&r) / 4499999999.5, 1));
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
		CHECK_INT(rule_number(&r).kind, kinds[i]);
		if (i == 1)
			CHECK_DBL(rule_double(&r), (0.5 + 0.12345678901) / 2);
	}
	CHECK_DBL(rule_double(&r), 0.5);
	rule_close(&r);
}
