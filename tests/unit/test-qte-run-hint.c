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

UNIT_TEST("hint: a percentage is told as the number that it is")
{
	rule_refused("close / open - 1 > 5%",
	    "rule:1:21: a value should stand behind '%', the remainder of a "
	    "division; for 5 percent write 0.05, or 5 beside what is in "
	    "percent",
	    "                    ^");
	rule_refused("pnl_pct < -2.5 % and true",
	    "rule:1:16: a value should stand behind '%', the remainder of a "
	    "division; for -2.5 percent write -0.025, or -2.5 beside what is "
	    "in percent",
	    "               ^");
	rule_refused("close%",
	    "rule:1:6: a value should stand behind '%', the remainder of a "
	    "division; for 3 percent write 0.03, or 3 beside what is in "
	    "percent",
	    "     ^");
	rule_refused("pos == 5%\nx = 3; true",
	    "rule:1:9: a value should stand behind '%', the remainder of a "
	    "division; for 5 percent write 0.05, or 5 beside what is in "
	    "percent",
	    "        ^");
}

UNIT_TEST("hint: an operator at the end of a line takes no name of the next")
{
	rule_refused("a = close >\nx = 3\na",
	    "rule:1:11: a value should stand behind '>', and the next line "
	    "begins another one",
	    "          ^");
	rule_refused("a = true and # both\n\n  b = 3; a",
	    "rule:1:10: a value should stand behind 'and', and the next line "
	    "begins another one",
	    "         ^~~");
	rule_refused("a =\nb = 3\na > b",
	    "rule:1:3: a value should stand behind '=', and the next line "
	    "begins another one",
	    "  ^");
	rule_refused("close >\nx == 3",
	    "rule:2:1: unknown name 'x'; --list-functions shows all", "^");
}

UNIT_TEST("hint: names of other languages are told as they are here")
{
	static const struct {
		const char *text, *hint;
	} words[] = {
	    {"crossover(close, open)", "did you mean 'cross_above'?"},
	    {"CrossUnder(close, open)", "did you mean 'cross_below'?"},
	    {"stdev(close, 5) > 1", "did you mean 'stddev'?"},
	    {"std(close, 5) > 1", "did you mean 'stddev'?"},
	    {"change(close, 1) > 1", "did you mean 'mom'?"},
	    {"sum(close, 5) > 1", "write n * sma(x,n)"},
	    {"position == 0", "did you mean 'pos'?"},
	    {"dayofweek == 1", "did you mean 'weekday'?"},
	    {"ta.crossover(close, open)", "functions stand without 'ta.'"},
	    {"shift(close, 1) > 1", "write x[n]"},
	};

	for (size_t i = 0; i < QTE_COUNT(words); i++) {
		struct rule r = {0};
		const char *hint;

		rule_open(&r, words[i].text);
		CHECK_INT(r.rc, EX_USAGE);
		hint = strstr(r.e.msg, "; ");
		CHECK_STR(hint != NULL ? hint + 2 : r.e.msg, words[i].hint);
		rule_close(&r);
	}
}

UNIT_TEST("hint: a series and its window the wrong way round")
{
	rule_refused("sma(10, close) > 1",
	    "rule:1:9: a whole number from 1 to 1000000 should stand here, in "
	    "sma(x,n); did you mean 'close, 10'?",
	    "        ^~~~~");
	rule_refused("bbands(20, hl2, 2).mid > 1",
	    "rule:1:12: a whole number from 1 to 1000000 should stand here, in "
	    "bbands(x,n,k); did you mean 'hl2, 20'?",
	    "           ^~~");
	rule_refused("sma(high, close) > 1",
	    "rule:1:11: a whole number from 1 to 1000000 should stand here, in "
	    "sma(x,n)",
	    "          ^~~~~");
	rule_refused("close[0.5] > 1",
	    "rule:1:7: a whole number from 0 to 1000000 should stand here, as "
	    "[1] for the bar before",
	    "      ^~~");
}
