/* SPDX-License-Identifier: MIT */
/* Tests of the strategy language's words. */
#include "strategy/lex.h"
#include "unit.h"

/* Reads ${text} to its end; words are set apart by '|', each with its kind. */
static const char *
words(const char *text)
{
	static const char kinds[] = "-nap+;";
	static char all[1024];
	struct lex_token t = {.kind = LEX_SIGN};
	struct err e = {0};
	struct lex l;
	size_t n = 0;

	lex_init(&l, &(struct lex_source){"rule", text, EX_USAGE});
	while (lex_next(&l, &t, &e) == 0 && t.kind != LEX_END)
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s%c%.*s",
		    n > 0 ? "|" : "", kinds[t.kind], (int)t.len, t.text);
	snprintf(all + n, sizeof(all) - n, "%s%s", e.status != 0 ? "!" : "",
	    e.msg);
	return all;
}

UNIT_TEST("lex: an empty text has no word")
{
	CHECK_STR(words(""), "");
	CHECK_STR(words(" \t\r\n"), "");
}

UNIT_TEST("lex: names, numbers, parameters and signs")
{
	CHECK_STR(words("sma(close,$fast=10)>=sma(close, 2.5e-3)"),
	    "asma|+(|aclose|+,|pfast|+=|n10|+)|+>=|asma|+(|aclose|+,|n2.5e-3|+"
	    ")");
	CHECK_STR(words("a_1 _b not-3"), "aa_1|a_b|anot|+-|n3");
	CHECK_STR(words("bbands(x,20,2).lower"),
	    "abbands|+(|ax|+,|n20|+,|n2|+)|+.|alower");
	CHECK_STR(words("<<= = >= ==!="), "+<|+<=|+=|+>=|+==|+!=");
	CHECK_STR(words("x[1]"), "ax|+[|n1|+]");
}

UNIT_TEST("lex: a number takes a fraction and an exponent only when whole")
{
	CHECK_STR(words("1.5e+3 1E2 0.5"), "n1.5e+3|n1E2|n0.5");
	CHECK_STR(words("1.lower"), "n1|+.|alower");
	CHECK_STR(words("1.5.2"), "n1.5|+.|n2");
}

UNIT_TEST("lex: what is neither a number nor a name is refused")
{
	CHECK_STR(words("10x"), "!rule:1:1: '10x' is not a number");
	CHECK_STR(words("a + 1e"), "aa|++!rule:1:5: '1e' is not a number");
	CHECK_STR(words("a @ b"), "aa!rule:1:3: '@' has no meaning here");
	CHECK_STR(words("! a"),
	    "!rule:1:1: '!' has no meaning here; did you mean 'not'?");
	CHECK_STR(words("$ a"),
	    "!rule:1:1: a parameter needs a name, as $fast");
	CHECK_STR(words("$9"), "!rule:1:1: a parameter needs a name, as $fast");
}

UNIT_TEST("lex: a character beyond ASCII is named whole")
{
	CHECK_STR(words("close \xe2\x89\xa5 5"),
	    "aclose!rule:1:7: '\xe2\x89\xa5' has no meaning here");
	CHECK_STR(words("close \xff"),
	    "aclose!rule:1:7: '\\xFF' has no meaning here");
}

UNIT_TEST("lex: signs of other languages are refused with those of this one")
{
	static const struct {
		const char *wrong, *right;
	} signs[] = {
	    {"&&", "and"},
	    {"&", "and"},
	    {"||", "or"},
	    {"|", "or"},
	    {"!", "not"},
	    {"=>", ">="},
	    {"=<", "<="},
	    {"<>", "!="},
	    {"===", "=="},
	};
	char text[64], want[128];

	for (size_t i = 0; i < QTE_COUNT(signs); i++) {
		snprintf(text, sizeof(text), "a %s b", signs[i].wrong);
		snprintf(want, sizeof(want),
		    "aa!rule:1:3: '%s' has no meaning here; did you mean "
		    "'%s'?",
		    signs[i].wrong, signs[i].right);
		CHECK_STR(words(text), want);
	}
	CHECK_STR(words("a != b"), "aa|+!=|ab");
}

UNIT_TEST("lex: the place of a word counts lines and bytes from 1")
{
	CHECK_STR(words("close(\n  open and !"),
	    "aclose|+(|aopen|aand!rule:2:12: '!' has no meaning here; did you "
	    "mean 'not'?");
}

UNIT_TEST("lex: the caret stands under the word, in the line it is in")
{
	struct err e = {0};
	struct lex_token t;
	struct lex l;

	lex_init(&l,
	    &(struct lex_source){"--entry", "close\n  > opne > 1\nand",
		EX_USAGE});
	for (int i = 0; i < 3; i++)
		CHECK_INT(lex_next(&l, &t, &e), 0);
	CHECK(lex_is(&t, "opne"));
	CHECK_INT(lex_err(&l, &t, &e, "unknown %s", "name"), EX_USAGE);
	CHECK_STR(e.msg, "--entry:2:5: unknown name");
	CHECK_STR(e.excerpt, "  > opne > 1\n    ^~~~");
}

UNIT_TEST("lex: the caret of a parameter covers its dollar")
{
	struct err e = {0};
	struct lex_token t;
	struct lex l;

	lex_init(&l, &(struct lex_source){"rule", "$fast", EX_USAGE});
	CHECK_INT(lex_next(&l, &t, &e), 0);
	(void)lex_err(&l, &t, &e, "x");
	CHECK_STR(e.excerpt, "$fast\n^~~~~");
}

UNIT_TEST("lex: a parameter is not the name or sign that it looks like")
{
	struct err e = {0};
	struct lex_token t;
	struct lex l;

	lex_init(&l, &(struct lex_source){"rule", "$and", EX_USAGE});
	CHECK_INT(lex_next(&l, &t, &e), 0);
	CHECK_INT(t.kind, LEX_PARAM);
	CHECK(!lex_is(&t, "and"));
	CHECK_INT(lex_next(&l, &t, &e), 0);
	CHECK_INT(t.kind, LEX_END);
	CHECK(!lex_is(&t, ""));
}

UNIT_TEST("lex: a line that is complete ends, and so does what a ; ends")
{
	CHECK_STR(words("a = 1\nb = 2; c"), "aa|+=|n1|;\n|ab|+=|n2|;;|ac");
	CHECK_STR(words("a\n\n \n b"), "aa|;\n|ab");
	CHECK_STR(words("a\r\nb\r\n"), "aa|;\r|ab");
	CHECK_STR(words("\n a"), ";\n|aa");
	CHECK_STR(words(";;"), ";;|;;");
}

UNIT_TEST("lex: a line goes on inside brackets, and before an operator")
{
	CHECK_STR(words("f(a,\n b\n)[\n1\n]"), "af|+(|aa|+,|ab|+)|+[|n1|+]");
	CHECK_STR(words("a\n+ b\nand c\nor d\n[1]\n? e\n: f\n.g\n== h\n!= i"),
	    "aa|++|ab|aand|ac|aor|ad|+[|n1|+]|+?|ae|+:|af|+.|ag|+==|ah|+!=|"
	    "ai");
	CHECK_STR(words("a\nandy\nnot b\n$c\n(d"),
	    "aa|;\n|aandy|;\n|anot|ab|;\n|pc|;\n|+(|ad");
	/* What was never opened does not close anything. */
	CHECK_STR(words("a)\nb"), "aa|+)|;\n|ab");
}

UNIT_TEST("lex: a comment goes to the end of its line, and ends none")
{
	CHECK_STR(words("# a\n"), "");
	CHECK_STR(words("a # ; b\n# c\n\n+ d # e"), "aa|++|ad");
	CHECK_STR(words("a # b\nc"), "aa|; |ac");
	CHECK_STR(words("a; # b\nc"), "aa|;;|; |ac");
	CHECK_STR(words("# \xff\xfe"), "");
}

UNIT_TEST("lex: an error has the status of its source")
{
	struct err e = {0};
	struct lex_token t;
	struct lex l;

	lex_init(&l, &(struct lex_source){"a.qts", "@", EX_DATAERR});
	CHECK_INT(lex_next(&l, &t, &e), EX_DATAERR);
	CHECK_INT(e.status, EX_DATAERR);
}

/* What stands behind the parameter that ${text} begins with. */
static const char *
default_of(const char *text)
{
	static char all[128];
	struct lex_default d = {0};
	struct lex_token t;
	struct err e = {0};
	struct lex l;

	lex_init(&l, &(struct lex_source){"rule", text, EX_USAGE});
	CHECK_INT(lex_next(&l, &t, &e), 0);
	CHECK_INT(t.kind, LEX_PARAM);
	if (lex_default(&l, &d, &e) != 0)
		return "refused";
	if (!d.is)
		return l.at == t.len + 1 ? "" : "moved";
	snprintf(all, sizeof(all), "%s%.*s from %zu to %zu", d.minus ? "-" : "",
	    (int)d.number.len, d.number.text, d.at, l.at);
	return all;
}

UNIT_TEST("lex: a default is an = with a number behind it")
{
	CHECK_STR(default_of("$n=10"), "10 from 3 to 5");
	CHECK_STR(default_of("$n = -2.5 > 1"), "-2.5 from 5 to 9");
	CHECK_STR(default_of("$n = - 3"), "-3 from 5 to 8");
	CHECK_STR(default_of("$n"), "");
	CHECK_STR(default_of("$n == 3"), "");
	CHECK_STR(default_of("$n @"), "");
	CHECK_STR(default_of("$n(= 3"), "");
	CHECK_STR(default_of("$n ="), "refused");
	CHECK_STR(default_of("$n = --3"), "refused");
	CHECK_STR(default_of("$n = close"), "refused");
	CHECK_STR(default_of("$n = @"), "refused");
}

UNIT_TEST("lex: a text holds no control bytes but blanks, comments too")
{
	static const struct {
		const char *text;
		size_t len;
		const char *msg;
	} texts[] = {
	    {"a\t>\r\nb # \xc3\xa9\n", 12, ""},
	    {"", 0, ""},
	    {"a # \x01", 5, "rule:1:5: a control byte"},
	    {"a\n\x1b[31m", 7, "rule:2:1: a control byte"},
	    {"a \x7f", 3, "rule:1:3: a control byte"},
	    {"# \xc2\x9b", 4, "rule:1:3: a control byte"},
	    {"#\xe2\x80\xae", 4, "rule:1:2: a control byte"},
	    {"a\0b", 3, "rule:1:2: a NUL byte"},
	    {"a # \xc3", 5, "rule:1:5: not valid UTF-8"},
	    {"\x02\xff", 2, "rule:1:1: a control byte"},
	};

	for (size_t i = 0; i < QTE_COUNT(texts); i++) {
		struct lex_source source = {"rule", texts[i].text, EX_USAGE};
		struct err e = {0};

		CHECK_INT(lex_check(&source, texts[i].len, &e),
		    texts[i].msg[0] != '\0' ? EX_USAGE : 0);
		CHECK_STR(e.msg, texts[i].msg);
	}
}
