/* SPDX-License-Identifier: MIT */
/* Tests of what messages of the parser say may have been meant. */
#include "rule.h"
#include "unit.h"

UNIT_TEST("hint: what is written otherwise elsewhere is told as it is here")
{
	rule_refused("sma(close, 3) = 5",
	    "rule:1:15: an operator or the end should stand here, not '='; to "
	    "compare, write '=='",
	    "              ^");
	rule_refused("(1 + 1 = 2)",
	    "rule:1:8: ')' should stand here; to compare, write '=='",
	    "       ^");
	rule_refused("close > 1 AND true",
	    "rule:1:11: an operator or the end should stand here, not 'AND'; "
	    "did you mean 'and'?",
	    "          ^~~");
	rule_refused("(close > 1 Or true)",
	    "rule:1:12: ')' should stand here; did you mean 'or'?",
	    "           ^~");
	rule_refused("NOT close > 1",
	    "rule:1:1: unknown name 'NOT'; did you mean 'not'?", "^~~");
	rule_refused("Not(close > 1)",
	    "rule:1:1: unknown function 'Not'; did you mean 'not'?", "^~~");
	rule_refused("True",
	    "rule:1:1: unknown name 'True'; did you mean 'true'?", "^~~~");
	rule_refused("close > 0,5",
	    "rule:1:10: an operator or the end should stand here, not ','; a "
	    "number has a point, as 0.5",
	    "         ^");
	rule_refused("close => 1",
	    "rule:1:7: '=>' has no meaning here; did you mean '>='?",
	    "      ^~");
}

UNIT_TEST("hint: there is no percent sign")
{
	static const char *const texts[] = {"pnl_pct < -3 %", "pnl_pct < -3%;",
	    "(close > 3%)", "true and 3% < close", "3% or true"};
	struct rule r = {0};

	for (size_t i = 0; i < QTE_COUNT(texts); i++) {
		rule_open(&r, texts[i]);
		CHECK_INT(r.rc, EX_USAGE);
		CHECK(strstr(r.e.msg, ": a value should stand behind '%', "));
		CHECK_INT((int)(strrchr(r.e.excerpt, '^') -
			      strchr(r.e.excerpt, '\n') - 1),
		    (int)(strchr(texts[i], '%') - texts[i]));
		rule_close(&r);
	}
	rule_open(&r,
	    "close %\n -4 == 3 and close % (2 * 2) == 3 and "
	    "bar % $n=2 == 0");
	CHECK_INT(r.rc, 0);
	rule_close(&r);
}

UNIT_TEST("hint: a series and its window the wrong way round")
{
	rule_refused("sma(10, close) > 1",
	    "rule:1:9: a whole number from 1 to 1000000 should stand here; did "
	    "you mean 'close, 10'?",
	    "        ^~~~~");
	rule_refused("bbands(20, hl2, 2).mid > 1",
	    "rule:1:12: a whole number from 1 to 1000000 should stand here; "
	    "did you mean 'hl2, 20'?",
	    "           ^~~");
	rule_refused("sma(high, close) > 1",
	    "rule:1:11: a whole number from 1 to 1000000 should stand here",
	    "          ^~~~~");
	rule_refused("close[0.5] > 1",
	    "rule:1:7: a whole number from 0 to 1000000 should stand here, as "
	    "[1] for the bar before",
	    "      ^~~");
}
