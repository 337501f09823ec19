/* SPDX-License-Identifier: MIT */
/* Tests of the texts of strategy files: their names, their rules. */
#include "rule.h"
#include "unit.h"

/* A file of the rules in and out; the texts of both, or what is wrong. */
static const char *
file(const char *text)
{
	static const char *const names[] = {"in", "out"};
	static char all[1024];
	struct lex_source source = {"a.qts", text, EX_DATAERR};
	struct parse_rules rules = {.names = names, .n = QTE_COUNT(names)};
	struct rule r = {0};
	struct parse_scope scope = {.x = &r.x, .params = &r.params};

	rule_collect(&r, &source);
	if (r.rc == 0)
		r.rc = parse_file(&scope, &source, &rules, &r.e);
	if (r.rc == 0)
		r.rc = parse_file_end(&scope, &source, &rules, &r.e);
	parse_scope_release(&scope);
	CHECK(r.rc == 0 || r.rc == EX_DATAERR);
	if (r.rc == 0)
		snprintf(all, sizeof(all), "%s|%s",
		    rules.text[0] != NULL ? rules.text[0] : "",
		    rules.text[1] != NULL ? rules.text[1] : "");
	else
		snprintf(all, sizeof(all), "%s", r.e.msg);
	for (size_t i = 0; i < QTE_COUNT(names); i++)
		free(rules.text[i]);
	rule_close(&r);
	return all;
}

UNIT_TEST("file: a file holds names and rules, in any order")
{
	CHECK_STR(file(""), "|");
	CHECK_STR(file("# nothing\n\n"), "|");
	CHECK_STR(file("in = close > 1"), "close > 1|");
	CHECK_STR(file("out = close > 1; in = not out\n"),
	    "out = close > 1; not out|close > 1");
	CHECK_STR(file("close > 1"),
	    "a.qts:1:1: NAME = value should stand here");
	CHECK_STR(file("in = close > 1 out = false"),
	    "a.qts:1:16: an operator or the end should stand here, not 'out'");
	CHECK_STR(file("in = close"),
	    "a.qts:1:6: a condition (true or false) should stand here, not a "
	    "number");
	CHECK_STR(file("in = true\nin = false"),
	    "a.qts:2:1: 'in' has another value already");
	CHECK_STR(file("in = (close > 1\n\nout = true"),
	    "a.qts:3:1: ')' should stand here");
}

UNIT_TEST("file: a file's rule has the names it needs in front of it")
{
	CHECK_STR(file("a = 1; b = a + 1; c = 3\nin = close > b; out = c > a"),
	    "a = 1; b = a + 1; close > b|a = 1; c = 3; c > a");
	CHECK_STR(
	    file("a = 1; b = a + 1; c = b * 2\nin = close > c; out = a > b"),
	    "a = 1; b = a + 1; c = b * 2; close > c|a = 1; b = a + 1; a > b");
	CHECK_STR(file("sma1 = sma(close, # days\n  1)\nin = close >\n sma1"),
	    "sma1 = sma(close, # days\n  1); close >\n sma1|");
}

UNIT_TEST("file: a name of a file is used by something, or it is none")
{
	CHECK_STR(file("in = true; oot = false"),
	    "a.qts:1:12: nothing uses 'oot'; did you mean 'out'?");
	CHECK_STR(file("in = true; Sell = false"),
	    "a.qts:1:12: nothing uses 'Sell'; did you mean 'exit'?");
	CHECK_STR(file("in = true; stop_loss = 0.05"),
	    "a.qts:1:12: nothing uses 'stop_loss'; a stop is a part of exit, "
	    "as 'or pnl_pct < -5'");
	CHECK_STR(file("other = 5; in = true"),
	    "a.qts:1:1: nothing uses 'other', and it is none of the rules: in "
	    "out");
	CHECK_STR(file("a = 1; b = a + 1; in = true"),
	    "a.qts:1:8: nothing uses 'b', and it is none of the rules: in out");
	CHECK_STR(file("size = 10; in = close > size"),
	    "size = 10; close > size|");
	CHECK_STR(file("oot = true; in = oot"), "oot = true; oot|");
	CHECK_STR(file("in = true; x = in; out = not x"),
	    "true|in = true; x = in; not x");
}
