/* SPDX-License-Identifier: MIT */
/* Tests of a strategy's parameters. */
#include "base/num.h"
#include "strategy/param.h"
#include "unit.h"

static struct params ps;
static struct param_names used;
static struct err e;

static int
collect(const char *text)
{
	struct lex_source source = {"--entry", text, EX_USAGE};

	return param_collect(&ps, &source, &used, &e);
}

static void
start(void)
{
	param_release(&ps);
	param_names_release(&used);
	e = (struct err){0};
}

/* The text of the parameter's value; NULL when there is none. */
static const char *
text_of(const char *name)
{
	const struct param *p = param_find(&ps, name, strlen(name));

	return p != NULL ? p->text : NULL;
}

UNIT_TEST("param: a default defines, and is used without one later")
{
	start();
	CHECK_INT(collect("sma(close,$f=10) > sma(close,$s=30) + $f"), 0);
	CHECK_INT(collect("$f > $s=30"), 0);
	CHECK_STR(text_of("f"), "10");
	CHECK_STR(text_of("s"), "30");
	CHECK_INT(ps.n, 2);
	CHECK_INT(used.n, 5);
	CHECK_INT(param_check(&ps, &used, &e), 0);
	start();
}

UNIT_TEST("param: a value from outside stands, whatever the defaults")
{
	start();
	CHECK_INT(param_give(&ps, "f=5", &e), 0);
	CHECK_INT(collect("$f=10 > $f=11"), 0);
	CHECK_STR(text_of("f"), "5");
	CHECK_INT(param_check(&ps, &used, &e), 0);
	start();
}

UNIT_TEST("param: two different defaults are refused, the same is not")
{
	start();
	CHECK_INT(collect("$f=10 > $f=10"), 0);
	CHECK_INT(collect("$f=11 > 0"), EX_USAGE);
	CHECK_STR(e.msg, "--entry:1:1: $f has two defaults, 10 and 11");
	CHECK_STR(e.excerpt, "$f=11 > 0\n^~");
	start();
}

UNIT_TEST("param: a default may be negative, but is a number")
{
	start();
	CHECK_INT(collect("close > $k=-2.5"), 0);
	CHECK_STR(text_of("k"), "-2.5");
	CHECK_INT(collect("close > $j=--2"), EX_USAGE);
	start();
	CHECK_INT(collect("close > $j=close"), EX_USAGE);
	CHECK_STR(e.msg, "--entry:1:12: a parameter's default is a number");
	CHECK_STR(e.excerpt, "close > $j=close\n           ^~~~~");
	start();
	CHECK_INT(collect("close > $j=1e400"), EX_USAGE);
	CHECK_STR(e.msg, "--entry:1:9: '1e400' is too large");
	start();
	CHECK_INT(collect("close > $j="), EX_USAGE);
	start();
}

UNIT_TEST("param: only an '=' right behind it is a default")
{
	start();
	CHECK_INT(collect("$f == 1 and $g , = 2"), 0);
	CHECK_INT(ps.n, 0);
	CHECK_INT(used.n, 2);
	start();
}

UNIT_TEST("param: from outside it is NAME=NUMBER, once")
{
	static const struct {
		const char *text, *msg;
	} bad[] = {
	    {"fast", "'fast' is not NAME=VALUE, as fast=10"},
	    {"=10", "'=10' is not NAME=VALUE, as fast=10"},
	    {"", "'' is not NAME=VALUE, as fast=10"},
	    {"fast=", "fast: '' is not a number"},
	    {"fast=abc", "fast: 'abc' is not a number"},
	    {"fast=10 ", "fast: '10 ' is not a number"},
	    {"fast=0x10", "fast: '0x10' is not a number"},
	    {"fast=nan", "fast: 'nan' is not a number"},
	    {"fast=+1", "fast: '+1' is not a number"},
	};

	for (size_t i = 0; i < QTE_COUNT(bad); i++) {
		start();
		CHECK_INT(param_give(&ps, bad[i].text, &e), EX_USAGE);
		CHECK_STR(e.msg, bad[i].msg);
	}
	start();
	CHECK_INT(param_give(&ps, "fast=1", &e), 0);
	CHECK_INT(param_give(&ps, "fast=2", &e), EX_USAGE);
	CHECK_STR(e.msg, "'fast' is given twice");
	start();
}

UNIT_TEST("param: a value that no rule uses is refused, with the nearest name")
{
	start();
	CHECK_INT(param_give(&ps, "fsat=5", &e), 0);
	CHECK_INT(collect("$fast=10 > $slow=30"), 0);
	CHECK_INT(param_check(&ps, &used, &e), EX_USAGE);
	CHECK_STR(e.msg, "unknown parameter 'fsat'; did you mean 'fast'?");
	start();
	CHECK_INT(param_give(&ps, "n=5", &e), 0);
	CHECK_INT(collect("$fast=10 > $slow=30 + $fast"), 0);
	CHECK_INT(param_check(&ps, &used, &e), EX_USAGE);
	CHECK_STR(e.msg, "unknown parameter 'n'; there are fast, slow");
	start();
	CHECK_INT(param_give(&ps, "n=5", &e), 0);
	CHECK_INT(collect("close > 1"), 0);
	CHECK_INT(param_check(&ps, &used, &e), EX_USAGE);
	CHECK_STR(e.msg, "unknown parameter 'n'; there are none");
	start();
}

UNIT_TEST("param: names are found by their whole length")
{
	start();
	CHECK_INT(param_give(&ps, "fast=5", &e), 0);
	CHECK(param_find(&ps, "fas", 3) == NULL);
	CHECK(param_find(&ps, "faster", 6) == NULL);
	CHECK(param_find(&ps, "faster", 4) == &ps.at[0]);
	start();
}

UNIT_TEST("param: a decimal of up to 9 places is exact, others are doubles")
{
	struct value v;
	uint64_t den;

	CHECK(param_number("0.000000001", 11, &v, &den));
	CHECK_INT(v.kind, VALUE_EXACT);
	CHECK_INT(v.units, 1);
	CHECK_INT(den, 1);
	CHECK(param_number("-2.50", 5, &v, &den));
	CHECK_INT(v.units, -2500000000);
	CHECK(param_number("0.0000000001", 12, &v, &den));
	CHECK_INT(v.kind, VALUE_DOUBLE);
	CHECK_DBL(v.number, 1e-10);
	CHECK_INT(den, 0);
	CHECK(param_number("1e300", 5, &v, &den));
	CHECK_DBL(v.number, 1e300);
	CHECK(!param_number("1e309", 5, &v, &den));
	CHECK(!param_number("", 0, &v, &den));
	CHECK(!param_number("inf", 3, &v, &den));
}

UNIT_TEST("param: names are at most 64, of at most 64 bytes")
{
	char text[128], name[66];

	memset(name, 'a', sizeof(name));
	start();
	snprintf(text, sizeof(text), "$%.64s=1", name);
	CHECK_INT(collect(text), 0);
	snprintf(text, sizeof(text), "$%.65s=1", name);
	CHECK_INT(collect(text), EX_USAGE);
	CHECK_STR(e.msg, "--entry:1:1: the name has more than 64 bytes");
	CHECK_INT(param_give(&ps, text + 1, &e), EX_USAGE);
	CHECK(strstr(e.msg, "': the name has more than 64 bytes"));
	start();
	for (int i = 0; i < 64; i++) {
		snprintf(text, sizeof(text), "$p%d=%d + $p%d", i, i, i);
		CHECK_INT(collect(text), 0);
	}
	CHECK_INT(collect("$p3=3 + $p63"), 0);
	CHECK_INT(collect("$q"), EX_USAGE);
	CHECK_STR(e.msg, "--entry:1:1: more than 64 parameters");
	CHECK_INT(param_give(&ps, "q=1", &e), EX_USAGE);
	CHECK_STR(e.msg, "more than 64 parameters");
	start();
}

UNIT_TEST("param: a value that was given stands, and its default adds nothing")
{
	start();
	CHECK_INT(param_give(&ps, "f=5", &e), 0);
	CHECK_INT(collect("close > $f=10 and close < 3 * $f"), 0);
	CHECK_INT(ps.n, 1);
	CHECK(ps.at[0].given);
	CHECK_STR(text_of("f"), "5");
	CHECK_INT(ps.at[0].value.units / NUM_PRICE_ONE, 5);
	/* Nor does a default of a rule that was replaced. */
	struct params more = {0};
	struct param_names names = {0};
	struct lex_source source = {"--exit", "$f=7 + $g=8", EX_USAGE};

	CHECK_INT(param_collect(&more, &source, &names, &e), 0);
	param_fill(&ps, &used, &more);
	CHECK_INT(ps.n, 1);
	param_fill(&ps, &names, &more);
	CHECK_STR(text_of("f"), "5");
	CHECK_STR(text_of("g"), "8");
	param_release(&more);
	param_names_release(&names);
	start();
}
