/* SPDX-License-Identifier: MIT */
/* Tests of the typed parser: what is a rule, and what points at the error. */
#include "rule.h"
#include "unit.h"

/* Whether ${text} is a rule and is true at the first bar, whose close is 7. */
static bool
holds(const char *text)
{
	struct bar bar = rule_bar(rule_price("7"));
	struct rule r = {0};
	bool result = false;

	rule_open(&r, text);
	if (r.rc == 0)
		result = value_true(rule_step(&r, &bar));
	else
		printf("# %s: %s\n", text, r.e.msg);
	rule_close(&r);
	return result;
}

UNIT_TEST("parse: operators bind as in the grammar")
{
	CHECK(holds("1 + 2 * 3 == 7"));
	CHECK(holds("(1 + 2) * 3 == 9"));
	CHECK(holds("10 - 4 - 3 == 3"));
	CHECK(holds("100 / 10 / 5 == 2"));
	CHECK(holds("2 * 3 + 4 * 5 == 26"));
	CHECK(holds("-2 * 3 == -6"));
	CHECK(holds("2 - -3 == 5"));
	CHECK(holds("--2 == 2"));
	CHECK(holds("-close == -7"));
	CHECK(holds("close - 1 < 7 and close + 1 > 7"));
	CHECK(holds("true or true and false"));
	CHECK(!holds("(true or true) and false"));
	CHECK(holds("not false and true"));
	CHECK(!holds("not (false and true) and false"));
	CHECK(holds("not 1 > 2"));
	CHECK(holds("not not true"));
	CHECK(holds("1 < 2 and 2 < 3 or false"));
	CHECK(holds("(1 < 2) == (2 < 3)"));
	CHECK(holds("(1 < 2) != false"));
	CHECK(holds("true == true"));
}

UNIT_TEST("parse: comparisons mean what they say at either side and at a tie")
{
	static const struct {
		const char *sign;
		bool less, same, more;
	} signs[] = {
	    {"<", true, false, false},
	    {"<=", true, true, false},
	    {">", false, false, true},
	    {">=", false, true, true},
	    {"==", false, true, false},
	    {"!=", true, false, true},
	};
	char text[64];

	for (size_t i = 0; i < QTE_COUNT(signs); i++) {
		snprintf(text, sizeof(text), "6 %s close", signs[i].sign);
		CHECK_INT(holds(text), signs[i].less);
		snprintf(text, sizeof(text), "7 %s close", signs[i].sign);
		CHECK_INT(holds(text), signs[i].same);
		snprintf(text, sizeof(text), "8 %s close", signs[i].sign);
		CHECK_INT(holds(text), signs[i].more);
	}
}

UNIT_TEST("parse: blanks and lines may stand anywhere between words")
{
	CHECK(holds("close==7"));
	CHECK(holds("\n close\n[ 0 ]\t==\r\n7 "));
	CHECK(holds("sma ( close , 1 ) == 7"));
	CHECK(holds("bbands(close,1,2) . lower == 7"));
}

UNIT_TEST("parse: a parameter is its default, where it stands and after it")
{
	CHECK(holds("$x=3 + $x == 6"));
	CHECK(holds("$x=-3 + $x == -6"));
	CHECK(holds("sma(close,$n=1) == sma(close,$n)"));
	CHECK(holds("close[$back=0] == 7"));
}

UNIT_TEST("parse: every field of the bar has its name")
{
	struct bar bar = {.open = rule_price("2"),
	    .high = rule_price("5"),
	    .low = rule_price("1"),
	    .close = rule_price("3"),
	    .volume = 11};
	struct rule r = {0};

	rule_open(&r,
	    "open == 2 and high == 5 and low == 1 and close == 3 and "
	    "volume == 11 and bar == 0");
	CHECK_INT(r.rc, 0);
	CHECK(value_true(rule_step(&r, &bar)));
	CHECK(!value_true(rule_step(&r, &bar)));
	rule_close(&r);
}

UNIT_TEST("parse: an empty or unfinished text says what is missing")
{
	rule_refused("", "rule:1:1: the text ends where a value should stand",
	    "^");
	rule_refused("close >",
	    "rule:1:8: the text ends where a value should stand", "       ^");
	rule_refused("(close > 1",
	    "rule:1:11: the text ends where ')' should stand", "          ^");
	rule_refused("sma(close",
	    "rule:1:10: the text ends where ',' should stand", "         ^");
	rule_refused("close[1",
	    "rule:1:8: the text ends where ']' should stand", "       ^");
	rule_refused("sma(close,2] > 1", "rule:1:12: ')' should stand here",
	    "           ^");
}

UNIT_TEST("parse: a rule is a condition, and ends where it ends")
{
	rule_refused("close",
	    "rule:1:1: a condition (true or false) should stand here, not a "
	    "number",
	    "^~~~~");
	rule_refused("sma(close, 3) + 1",
	    "rule:1:1: a condition (true or false) should stand here, not a "
	    "number",
	    "^~~~~~~~~~~~~~~~~");
	rule_refused("close > 1 open",
	    "rule:1:11: an operator or the end should stand here, not 'open'",
	    "          ^~~~");
	rule_refused("close > 1)",
	    "rule:1:10: an operator or the end should stand here, not ')'",
	    "         ^");
	rule_refused("close > 1; open",
	    "rule:1:12: the rule should end here, or go on with an operator",
	    "           ^~~~");
	rule_refused("* 2 > 1", "rule:1:1: a value should stand here, not '*'",
	    "^");
}

UNIT_TEST("parse: types have to fit, and the caret covers what does not")
{
	rule_refused("close and true",
	    "rule:1:1: a condition (true or false) should stand here, not a "
	    "number",
	    "^~~~~");
	rule_refused("true or close + 1",
	    "rule:1:9: a condition (true or false) should stand here, not a "
	    "number",
	    "        ^~~~~~~~~");
	rule_refused("not close",
	    "rule:1:5: a condition (true or false) should stand here, not a "
	    "number",
	    "    ^~~~~");
	rule_refused("close + (1 > 2) > 0",
	    "rule:1:9: a number should stand here, not true or false",
	    "        ^~~~~~~");
	rule_refused("-true == 1",
	    "rule:1:2: a number should stand here, not true or false", " ^~~~");
	rule_refused("close == true",
	    "rule:1:10: a number should stand here, not true or false",
	    "         ^~~~");
	rule_refused("true == close",
	    "rule:1:9: a condition (true or false) should stand here, not a "
	    "number",
	    "        ^~~~~");
	rule_refused("true < false",
	    "rule:1:1: a number should stand here, not true or false", "^~~~");
	rule_refused("sma(close > 1, 3) > 1",
	    "rule:1:5: a number should stand here, not true or false, in "
	    "sma(x,n)",
	    "    ^~~~~~~~~");
}

UNIT_TEST("parse: comparisons do not chain")
{
	rule_refused("1 < close < 3",
	    "rule:1:11: comparisons do not chain: write a < b and b < c",
	    "          ^");
	rule_refused("1 == 1 == true",
	    "rule:1:8: comparisons do not chain: write a < b and b < c",
	    "       ^~");
}

UNIT_TEST("parse: not binds less than what it could stand behind")
{
	static const char *const texts[] = {"true == not false == true",
	    "true != not false", "not true == not false", "1 + not true > 0",
	    "- not true", "close > 1 == not false"};
	struct rule r = {0};

	for (size_t i = 0; i < QTE_COUNT(texts); i++) {
		rule_open(&r, texts[i]);
		CHECK_INT(r.rc, EX_USAGE);
		rule_close(&r);
	}
	rule_refused("true == not false",
	    "rule:1:9: 'not' cannot stand behind this operator: put it and "
	    "what it applies to in parentheses",
	    "        ^~~");
	CHECK(holds("true == (not false)"));
	CHECK(holds("not true == false"));
	CHECK(holds("true and not false or not true"));
	CHECK(holds("not not 1 == 1 and not 1 == 2"));
	CHECK(holds("1 < 2 ? not false : not true"));
}

UNIT_TEST("parse: unknown names are told, with the nearest one")
{
	rule_refused("clsoe > 1",
	    "rule:1:1: unknown name 'clsoe'; did you mean 'close'?", "^~~~~");
	rule_refused("smaa(close, 3) > 1",
	    "rule:1:1: unknown function 'smaa'; did you mean 'sma'?", "^~~~");
	rule_refused("close > zzzzzzz",
	    "rule:1:9: unknown name 'zzzzzzz'; --list-functions "
	    "shows all",
	    "        ^~~~~~~");
	rule_refused("sma > 1",
	    "rule:1:1: sma is a function: its values go in parentheses", "^~~");
	rule_refused("close(1) > 1",
	    "rule:1:1: unknown function 'close'; --list-functions shows all",
	    "^~~~~");
	rule_refused("x > 1",
	    "rule:1:1: unknown name 'x'; --list-functions "
	    "shows all",
	    "^");
}

UNIT_TEST("parse: a call has as many values as the function takes")
{
	rule_refused("sma(close) > 1", "rule:1:1: sma takes 2 values: sma(x,n)",
	    "^~~");
	rule_refused("sma(close, 2, 3) > 1",
	    "rule:1:1: sma takes 2 values: sma(x,n)", "^~~");
	rule_refused("sma() > 1", "rule:1:1: sma takes 2 values: sma(x,n)",
	    "^~~");
	rule_refused("sma(,) > 1",
	    "rule:1:5: a value should stand here, not ','", "    ^");
	rule_refused("sma(50) > 1", "rule:1:1: sma takes 2 values: sma(x,n)",
	    "^~~");
	rule_refused("atr(close, 14) > 1",
	    "rule:1:1: atr takes 1 value: atr(n)", "^~~");
	rule_refused("tr(close) > 1", "rule:1:1: tr takes 0 values: tr()",
	    "^~");
	rule_refused("max(1, 2, 3, 4, true, 6) > 1",
	    "rule:1:1: max takes 2 values: max(a,b)", "^~~");
	rule_refused("sma(close 5) > 1", "rule:1:11: ',' should stand here",
	    "          ^");
	rule_refused("macd(12, 26).macd > 1",
	    "rule:1:1: macd takes 3 values: macd(fast,slow,n)", "^~~~");
}

UNIT_TEST("parse: a window is a whole number, known from the start")
{
	static const char *const windows[] = {"0", "-1", "2.5", "1000001",
	    "close", "1e9", "1 / 2"};
	char text[64], caret[64];

	for (size_t i = 0; i < QTE_COUNT(windows); i++) {
		snprintf(text, sizeof(text), "sma(close, %s) > 1", windows[i]);
		memset(caret, 0, sizeof(caret));
		memset(caret, ' ', 11);
		memset(caret + 11, '~', strlen(windows[i]));
		caret[11] = '^';
		rule_refused(text,
		    "rule:1:12: a whole number from 1 to 1000000 should stand "
		    "here, in sma(x,n)",
		    caret);
	}
	CHECK(holds("sma(close, 1.0) == 7"));
	CHECK(holds("sma(close, 1e0) == 7"));
	rule_refused("close[-1] > 1",
	    "rule:1:7: a whole number from 0 to 1000000 should stand here, as "
	    "[1] for the bar before; no later bar is known",
	    "      ^~");
	rule_refused("close[close] > 1",
	    "rule:1:7: a whole number from 0 to 1000000 should stand here, as "
	    "[1] for the bar before",
	    "      ^~~~~");
	rule_refused("bbands(close, 20, close).mid > 1",
	    "rule:1:19: a plain number or a parameter should stand here, "
	    "in bbands(x,n,k)",
	    "                  ^~~~~");
}

UNIT_TEST("parse: of several series one has to be named")
{
	rule_refused("bbands(close,20,2) > 1",
	    "rule:1:1: bbands has several series: choose one of .upper .mid "
	    ".lower",
	    "^~~~~~");
	rule_refused("bbands(close,20,2).lowr > 1",
	    "rule:1:20: bbands has several series: choose one of .upper .mid "
	    ".lower",
	    "                   ^~~~");
	rule_refused("macd(12,26,9) > 1",
	    "rule:1:1: macd has several series: choose one of .macd .signal "
	    ".hist",
	    "^~~~");
	rule_refused("sma(close,20).mid > 1",
	    "rule:1:14: an operator or the end should stand here, not '.'",
	    "             ^");
}

UNIT_TEST("parse: a parameter without a value is told")
{
	rule_refused("close > $limit",
	    "rule:1:9: $limit has no value: give one by --param or a default, "
	    "as $limit=10",
	    "        ^~~~~~");
}

UNIT_TEST("parse: a number that no double holds is refused")
{
	rule_refused("close > 1e309", "rule:1:9: '1e309' is too large",
	    "        ^~~~~");
	CHECK(holds("close < 1e308"));
	CHECK(holds("close > 1e-320"));
}

/* ${times} of ${open}, then ${middle}, then as many of ${close}. */
static int
nested(const char *open, const char *middle, const char *close, size_t times)
{
	size_t size = times * (strlen(open) + strlen(close)) + 64, n = 0;
	char *text = malloc(size);
	struct rule r = {0};
	int rc;

	if (text == NULL)
		abort();
	for (size_t i = 0; i < times; i++)
		n += (size_t)snprintf(text + n, size - n, "%s", open);
	n += (size_t)snprintf(text + n, size - n, "%s", middle);
	for (size_t i = 0; i < times; i++)
		n += (size_t)snprintf(text + n, size - n, "%s", close);
	rule_open(&r, text);
	rc = r.rc;
	if (rc != 0)
		CHECK(strstr(r.e.msg, "nested too deeply") != NULL);
	rule_close(&r);
	free(text);
	return rc;
}

UNIT_TEST("parse: deep nesting is refused, whatever nests; a chain is fine")
{
	CHECK_INT(nested("(", "true", ")", 30), 0);
	CHECK_INT(nested("not ", "true", "", 30), 0);
	CHECK_INT(nested("(", "true", ")", 100000), EX_USAGE);
	CHECK_INT(nested("not ", "true", "", 100000), EX_USAGE);
	CHECK_INT(nested("-", "1 == 1", "", 100000), EX_USAGE);
	CHECK_INT(nested("close[", "0", "] > 1", 100000), EX_USAGE);
	CHECK_INT(nested("sma(", "close", ",1)", 100000), EX_USAGE);
	CHECK_INT(nested("true and ", "true", " or false", 5000), 0);
}

UNIT_TEST("parse: an error behind a line names that line")
{
	rule_refused("close > 1 and\nopen >> 2",
	    "rule:2:7: a value should stand here, not '>'", "      ^");
}

UNIT_TEST("parse: names stand for values, in the order in which they are given")
{
	CHECK(holds("x = close; x == 7"));
	CHECK(holds("x = close + 1\ny = x * 2\ny == 16 and x == 8"));
	CHECK(holds("\n\nx = close # why\n\n x == 7\n"));
	CHECK(holds("up = close > 6; up and not (up == false)"));
	CHECK(holds("n = 1; sma(close, n) == 7 and close[n - 1] == 7"));
	CHECK(holds("x =\n  close\nx\n  == 7;"));
	CHECK(holds("x = 1; x = 1; x < 2"));
	/* A formula's own names are not the text's. */
	CHECK(holds("up = 5; top = 6; nz(rsi(close,1), 50) + up == 55 and "
		    "willr(1) + top == 6"));
	rule_refused("x = 1; x = 2; x > 1",
	    "rule:1:8: 'x' has another value already", "       ^");
	rule_refused("x = y; y = x; x > 1",
	    "rule:1:5: unknown name 'y'; --list-functions "
	    "shows all",
	    "    ^");
	rule_refused("x = x; x > 1",
	    "rule:1:5: unknown name 'x'; --list-functions "
	    "shows all",
	    "    ^");
	rule_refused("x = close",
	    "rule:1:10: the text ends where a value should "
	    "stand",
	    "         ^");
	rule_refused("x = close; x = 2",
	    "rule:1:12: 'x' has another value already", "           ^");
	rule_refused("fast = close; close > fsat",
	    "rule:1:23: unknown name 'fsat'; did you mean 'fast'?",
	    "                      ^~~~");
}

UNIT_TEST("parse: a name that means something already is none to give")
{
	static const char *const taken[] = {"close", "pos", "sma", "rsi", "tr",
	    "true", "not", "or"};
	char text[64], msg[128], caret[16];

	/* Those of fields may have been meant to be compared. */
	for (size_t i = 0; i < QTE_COUNT(taken); i++) {
		snprintf(text, sizeof(text), "%s = 1; close > 1", taken[i]);
		snprintf(msg, sizeof(msg),
		    "rule:1:1: '%s' has a meaning already%s", taken[i],
		    i < 2 ? ": take another name, or compare by '=='" : "");
		snprintf(caret, sizeof(caret), "^%.*s",
		    (int)strlen(taken[i]) - 1, "~~~~~~");
		rule_refused(text, msg, caret);
	}
}

UNIT_TEST("parse: a choice binds loosest, to the right, and between one type")
{
	CHECK(holds("(true ? 1 : 2) == 1"));
	CHECK(holds("(false ? 1 : 2) == 2"));
	CHECK(holds("true ? close > 6 : close > 8"));
	CHECK(holds("(false ? 1 : false ? 2 : 3) == 3"));
	CHECK(holds("(true ? false ? 1 : 2 : 3) == 2"));
	CHECK(holds("(close > 6 and close < 8 ? 1 + 1 : 0) == 2"));
	CHECK(holds("true\n? true\n: false"));
	CHECK(holds("x = close > 6 ? 1 : 2; x == 1"));
	rule_refused("(true ? 1 : false) == 1",
	    "rule:1:13: a number should stand here, not true or false",
	    "            ^~~~~");
	rule_refused("(1 ? 1 : 2) == 1",
	    "rule:1:2: a condition (true or false) should stand here, not a "
	    "number",
	    " ^");
	rule_refused("true ? true",
	    "rule:1:12: the text ends where ':' should stand", "           ^");
	CHECK_INT(nested("true ? true : ", "true", "", 100000), EX_USAGE);
	CHECK_INT(nested("true ? ", "true", " : false", 100000), EX_USAGE);
}

UNIT_TEST("parse: % has the rank of * and the sign of what is divided")
{
	CHECK(holds("7 % 3 == 1"));
	CHECK(holds("-7 % 3 == -1"));
	CHECK(holds("7 % -3 == 1"));
	CHECK(holds("5.5 % 2 == 1.5"));
	CHECK(holds("2 * 7 % 4 == 2"));
	CHECK(holds("1 + 7 % 4 == 4"));
	CHECK(holds("nz(7 % 0, 5) == 5"));
}

UNIT_TEST("parse: constants are worked out, so that they can be windows")
{
	CHECK(holds("sma(close, $n=2 - 1) == 7"));
	CHECK(holds("nz(sma(close, 2 * $n=3), 1) == 1"));
	CHECK(holds("close[2 * 3 - 6] == 7"));
	CHECK(holds("bbands(close, 1, -$k=1 / 2).mid == 7"));
	rule_refused("sma(close, 1 - 1) > 1",
	    "rule:1:12: a whole number from 1 to 1000000 should stand here, in "
	    "sma(x,n)",
	    "           ^~~~~");
	rule_refused("sma(close, 1 / 0) > 1",
	    "rule:1:12: a whole number from 1 to 1000000 should stand here, in "
	    "sma(x,n)",
	    "           ^~~~~");
}

UNIT_TEST("parse: an error inside a formula points at the call")
{
	rule_refused("aroon(1000000).up > 1",
	    "rule:1:1: aroon:1:30: a whole number from 1 to 1000000 should "
	    "stand here, in highestbars(x,n)",
	    "^~~~~");
}

UNIT_TEST("parse: a value that starts a line is pointed at in that line")
{
	rule_refused("x =\n  # why\n  open and\n  true\nx",
	    "rule:3:3: a condition (true or false) should stand here, not a "
	    "number",
	    "  ^~~~");
}

UNIT_TEST("parse: equal parts are one node")
{
	struct rule once = {0}, twice = {0};

	rule_open(&once, "rsi(close,5) > 1");
	rule_open(&twice,
	    "x = close; n = 5; rsi(x, n) > 1 or rsi(close, 5) > 1");
	CHECK_INT(once.rc, 0);
	CHECK_INT(twice.rc, 0);
	/* All but "or". */
	CHECK_INT(twice.x.n, once.x.n + 1);
	rule_close(&once);
	rule_close(&twice);
}
