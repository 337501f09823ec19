/* SPDX-License-Identifier: MIT */
/* Tests of face/cli and of the modules behind it. */
#include "face.h"

UNIT_TEST("cli: defaults hold where nothing else is given")
{
	face_fresh();
	if (!face_parse(""))
		return;
	CHECK(!o.fast && o.name == NULL && o.cache == NULL);
	CHECK_INT(o.count, 3);
	CHECK_INT(o.way, 0);
	CHECK_INT(o.emit, 3);
	CHECK_INT(o.params.n, 2);
	CHECK_STR(o.params.at[1], "b=2");
	CHECK(o.cash == 100000 * (num_i128)NUM_MONEY_ONE);
	CHECK_INT(o.rate, 1000000);
	CHECK_DBL(o.rf, 0.0);
	CHECK(o.common.format != CLI_FORMAT_AUTO);
	CHECK_INT(c.todo, CLI_RUN);
	CHECK_INT(c.nargs, 0);
	cli_release(&c);
}

/* One option, given by ever stronger sources. */
struct source_case {
	const char *key, *flag, *texts[3]; /* file, environment, flag */
};

static const struct source_case sources[] = {
    {"fast", NULL, {"yes", "off", NULL}},
    {"name", "name", {"x", "y", "z"}},
    {"count", "count", {"10", "20", "30"}},
    {"way", "way", {"short", "long-short", "long"}},
    {"emit", "emit", {"equity", "trades,equity", "summary"}},
    {"param", "param", {"f=1 g=2", "h=3", "i=4"}},
    {"cash", "cash", {"1", "2.5", "1e3"}},
    {"rate_of_cost", "rate-of-cost", {"1%", "5bp", "0.25"}},
    {"rf", "rf", {"0.01", "-0.5", "1e-3"}},
};

/* The state when only the text of ${index} is given, as a flag. */
static void
wanted_state(const struct source_case *s, int index, char *to, size_t size)
{
	char text[128];

	face_fresh();
	(void)snprintf(text, sizeof(text), "[run]\n%s = %s\n", s->key,
	    s->texts[index]);
	face_config(text);
	if (CHECK_INT(face_parse_with(&face_tool, ""), 0)) {
		(void)snprintf(to, size, "%s", face_state());
		cli_release(&c);
	}
}

UNIT_TEST("cli: flag beats environment beats file beats default")
{
	for (size_t i = 0; i < QTE_COUNT(sources); i++) {
		const struct source_case *s = &sources[i];
		char variable[64] = "QTE_RUN_", want[3][1024] = {0}, text[128];
		char line[128] = "";

		for (size_t n = 0; s->key[n] != '\0'; n++) {
			char ch = s->key[n];

			variable[8 + n] = ch == '_' ? '_' : (char)(ch - 32);
			variable[9 + n] = '\0';
		}
		for (int k = 0; k < 3 && s->texts[k] != NULL; k++)
			wanted_state(s, k, want[k], sizeof(want[k]));
		face_fresh();
		(void)snprintf(text, sizeof(text), "[run]\n%s = %s\n", s->key,
		    s->texts[0]);
		face_config(text);
		(void)setenv(variable, s->texts[1], 1);
		if (face_parse("")) {
			CHECK_STR(face_state(), want[1]);
			CHECK(strcmp(want[0], want[1]) != 0);
			cli_release(&c);
		}
		if (s->flag == NULL)
			continue;
		(void)snprintf(line, sizeof(line), "--%s=%s", s->flag,
		    s->texts[2]);
		if (face_parse(line)) {
			CHECK_STR(face_state(), want[2]);
			CHECK(strcmp(want[1], want[2]) != 0);
			cli_release(&c);
		}
	}
}

UNIT_TEST("cli: a flag of the command line beats a no of the environment")
{
	face_fresh();
	(void)setenv("QTE_RUN_FAST", "no", 1);
	if (!face_parse("--fast"))
		return;
	CHECK(o.fast);
	cli_release(&c);
}

UNIT_TEST("cli: an empty variable is not set")
{
	face_fresh();
	(void)setenv("QTE_RUN_COUNT", "", 1);
	(void)setenv("QTE_FORMAT", "", 1);
	if (!face_parse(""))
		return;
	CHECK_INT(o.count, 3);
	cli_release(&c);
}

UNIT_TEST("cli: all ways to write an option mean the same")
{
	static const char *const lines[] = {"--name=x --way=short -q",
	    "--name x --way short --quiet", "-nx -wshort -q",
	    "-n x -w short -q", "-qnx -qwshort", "-qn x -qw short"};

	face_fresh();
	for (size_t i = 0; i < QTE_COUNT(lines); i++) {
		if (!face_parse(lines[i]))
			continue;
		CHECK_STR(o.name, "x");
		CHECK_INT(o.way, 1);
		CHECK(o.common.quiet);
		CHECK_INT(c.nargs, 0);
		cli_release(&c);
	}
}

UNIT_TEST("cli: of an option given twice the last one holds")
{
	face_fresh();
	if (!face_parse("--count=bad --count=4 -p x=1 -p y=2"))
		return;
	CHECK_INT(o.count, 4);
	CHECK_INT(o.params.n, 2);
	CHECK_STR(o.params.at[0], "x=1");
	cli_release(&c);
}

UNIT_TEST("cli: a value may begin with a dash, be empty or hold an =")
{
	face_fresh();
	if (!face_parse("--rf -1 -n -- --name= --cache"))
		return;
	CHECK_DBL(o.rf, -1.0);
	CHECK_STR(o.name, "");
	CHECK_STR(o.cache, "");
	CHECK_INT(c.nargs, 0);
	cli_release(&c);
	if (!face_parse("-p a=b=c --cache=d=e"))
		return;
	CHECK_STR(o.params.at[0], "a=b=c");
	CHECK_STR(o.cache, "d=e");
	cli_release(&c);
}

UNIT_TEST("cli: operands stand between options, and -- ends the options")
{
	face_fresh();
	for (int posix = 0; posix < 2; posix++) {
		if (!face_parse("a --fast - --count 5"))
			return;
		CHECK_INT(c.nargs, 2);
		CHECK_STR(c.args[0], "a");
		CHECK_STR(c.args[1], "-");
		CHECK(o.fast);
		CHECK_INT(o.count, 5);
		cli_release(&c);
		if (!face_parse("--fast -- --count --"))
			return;
		CHECK_INT(c.nargs, 2);
		CHECK_STR(c.args[0], "--count");
		CHECK_STR(c.args[1], "--");
		cli_release(&c);
		(void)setenv("POSIXLY_CORRECT", "1", 1);
	}
}

UNIT_TEST("cli: a program without any argument, not even a name, has none")
{
	char *argv[] = {NULL};

	face_fresh();
	o = (struct options){0};
	CHECK_INT(cli_parse(&c, &face_tool, argv, &o, &e), 0);
	CHECK_INT(c.nargs, 0);
	cli_release(&c);
}

UNIT_TEST("cli: a wrong command line says what is wrong")
{
	face_fresh();
	face_error("--fats", 64,
	    "unknown option '--fats'; did you mean '--fast'?");
	face_error("--fats=1", 64,
	    "unknown option '--fats'; did you mean '--fast'?");
	face_error("--zzzzzz", 64, "unknown option '--zzzzzz'");
	face_error("--=x", 64, "unknown option '--'");
	face_error("-z", 64, "unknown option '-z'");
	face_error("-qz", 64, "unknown option '-z' in '-qz'");
	face_error("-\xc3\xa4", 64, "unknown option '-\xc3\xa4'");
	face_error("-fast", 64, "--format: 'ast' is not one of json, text");
	face_error("-emit=x", 64,
	    "unknown option '-emit=x'; did you mean '--emit'?");
	face_error("-5", 64, "unknown option '-5'");
	face_error("--count", 64, "--count needs N");
	face_error("--count=", 64, "--count: '' is not a whole number");
	face_error("-qn", 64, "--name needs NAME");
	face_error("--fast=yes", 64, "--fast takes no value: 'yes'");
	face_error("--param=", 64, "--param: the value is empty");
	face_error("a b c", 64, "one operand too many: 'c'");
	face_error("-q -v", 64, "quiet and verbose exclude each other");
	face_error("--help=al", 64, "--help: 'al' is not one of all");
	face_error("--completion=dos", 64,
	    "--completion: 'dos' is not one of bash, zsh, fish");
}

UNIT_TEST("cli: abbreviations are refused")
{
	face_fresh();
	face_error("--fas", 64,
	    "unknown option '--fas'; did you mean '--fast'?");
	face_error("--print-conf", 64,
	    "unknown option '--print-conf'; did you mean '--print-config'?");
	face_error("--cou=4", 64,
	    "unknown option '--cou'; did you mean '--count'?");
	face_error("--rate", 64,
	    "unknown option '--rate'; did you mean '--rate-of-cost'?");
	face_error("--c", 64, "unknown option '--c'");
}

UNIT_TEST("cli: the environment is named in its errors")
{
	face_fresh();
	(void)setenv("QTE_RUN_COUNT", "abc", 1);
	face_error("", 78, "QTE_RUN_COUNT: 'abc' is not a whole number");
	face_error("--count=4", 78,
	    "QTE_RUN_COUNT: 'abc' is not a whole number");
	face_fresh();
	(void)setenv("QTE_RUN_RATE_OF_COST", "2", 1);
	face_error("", 78, "QTE_RUN_RATE_OF_COST: '2' is not less than 1");
	face_fresh();
	(void)setenv("QTE_FORMAT", "xml", 1);
	face_error("", 78, "QTE_FORMAT: 'xml' is not one of json, text");
	face_fresh();
	(void)setenv("QTE_RUN_FAST", "maybe", 1);
	face_error("", 78, "QTE_RUN_FAST: 'maybe' is not yes or no");
}

UNIT_TEST("cli: what only the command line has is not in the environment")
{
	face_fresh();
	(void)setenv("QTE_RUN_CACHE", "x", 1);
	face_error("", EX_CONFIG,
	    "unknown variable QTE_RUN_CACHE; did you mean 'QTE_RUN_CASH'?");
	(void)unsetenv("QTE_RUN_CACHE");
	(void)setenv("QTE_OUTPUT", "x", 1);
	(void)setenv("QTE_HELP", "x", 1);
	(void)setenv("QTE_VERSION", "yes", 1);
	if (!face_parse(""))
		return;
	CHECK(o.cache == NULL && o.common.output == NULL);
	CHECK_INT(c.todo, CLI_RUN);
	cli_release(&c);
}

/* A text for one option, and what its parser says. */
struct value_case {
	const char *option, *text;
	const char *message; /* NULL: it is right */
};

#define WIDE "is too large or has too many digits"
#define NO_RATE "is not a rate such as 0.001, 0.1% or 10bp"
static const struct value_case values[] = {
    {"count", "0", NULL},
    {"count", "9223372036854775807", NULL},
    {"count", "9223372036854775808", "'9223372036854775808' " WIDE},
    {"count", "-1", "'-1' is less than 0"},
    {"count", "1.5", "'1.5' is not a whole number"},
    {"count", "0x10", "'0x10' is not a whole number"},
    {"cash", "0", NULL},
    {"cash", "0.000000000000000001", NULL},
    {"cash", "0.0000000000000000001", "'0.0000000000000000001' " WIDE},
    {"cash", "1e20", NULL},
    {"cash", "1e30", "'1e30' " WIDE},
    {"cash", "1e999", "'1e999' " WIDE},
    {"cash", "-0.01", "'-0.01' is less than 0"},
    {"cash", "1,000", "'1,000' is not a number"},
    {"cash", "abc", "'abc' is not a number"},
    {"cash", "nan", "'nan' is not a number"},
    {"cash", "inf", "'inf' is not a number"},
    {"rate-of-cost", "0", NULL},
    {"rate-of-cost", "0.1%", NULL},
    {"rate-of-cost", "5bp", NULL},
    {"rate-of-cost", "0.999999999", NULL},
    {"rate-of-cost", "99.9999999%", NULL},
    {"rate-of-cost", "1", "'1' is not less than 1"},
    {"rate-of-cost", "100%", "'100%' is not less than 1"},
    {"rate-of-cost", "10000bp", "'10000bp' is not less than 1"},
    {"rate-of-cost", "-0.1%", "'-0.1%' is less than 0"},
    {"rate-of-cost", "0.0000000001", "'0.0000000001' " WIDE},
    {"rate-of-cost", "5pc", "'5pc' " NO_RATE},
    {"rate-of-cost", "%", "'%' " NO_RATE},
    {"rf", "-1e308", NULL},
    {"rf", "1e309", "'1e309' is too large"},
    {"rf", "0.1x", "'0.1x' is not a number"},
    {"way", "long-short", NULL},
    {"way", "Long",
	"'Long' is not one of long, short, long-short; "
	"did you mean 'long'?"},
    {"way", "", "'' is not one of long, short, long-short"},
    {"emit", "equity,equity", NULL},
    {"emit", "trades,,summary", "'' is not one of trades, summary, equity"},
    {"emit", "trades,summarry",
	"'summarry' is not one of trades, summary, equity; "
	"did you mean 'summary'?"},
    {"emit", "trades,", "'' is not one of trades, summary, equity"},
    {"name", "\033[31m\nx", NULL},
    {"way", "\033\n", "'\\x1B\\x0A' is not one of long, short, long-short"},
};

UNIT_TEST("cli: each parser has its limits and its words")
{
	char line[128], message[256];

	face_fresh();
	for (size_t i = 0; i < QTE_COUNT(values); i++) {
		const struct value_case *v = &values[i];

		(void)snprintf(line, sizeof(line), "--%s=%s", v->option,
		    v->text);
		if (v->message == NULL) {
			if (face_parse(line))
				cli_release(&c);
			continue;
		}
		(void)snprintf(message, sizeof(message), "--%s: %s", v->option,
		    v->message);
		face_error(line, 64, message);
	}
}

UNIT_TEST("cli: parsers give the exact value")
{
	face_fresh();
	if (!face_parse("--cash=0.1 --rate-of-cost=0.1% --rf=0.1 "
			"--emit=equity,trades --count=7"))
		return;
	CHECK(o.cash == NUM_MONEY_ONE / 10);
	CHECK_INT(o.rate, 1000000);
	CHECK_DBL(o.rf, 0.1);
	CHECK_INT(o.emit, 5);
	CHECK_INT(o.count, 7);
	cli_release(&c);
	if (!face_parse("--rate-of-cost=5bp"))
		return;
	CHECK_INT(o.rate, 500000);
	cli_release(&c);
}

UNIT_TEST("cli: a flag in the environment has eight words")
{
	static const char *const words[] = {"no", "yes", "False", "TRUE", "off",
	    "on", "0", "1"};

	for (size_t i = 0; i < QTE_COUNT(words); i++) {
		face_fresh();
		(void)setenv("QTE_RUN_FAST", words[i], 1);
		if (!face_parse(""))
			return;
		CHECK_INT(o.fast, i % 2);
		cli_release(&c);
	}
}

UNIT_TEST("cli: lists are cut at blanks, and a backslash keeps one")
{
	face_fresh();
	(void)setenv("QTE_RUN_PARAM", "  a=1\tb=x\\ y  c=\\\\ d\\", 1);
	if (!face_parse(""))
		return;
	CHECK_INT(o.params.n, 4);
	CHECK_STR(o.params.at[0], "a=1");
	CHECK_STR(o.params.at[1], "b=x y");
	CHECK_STR(o.params.at[2], "c=\\");
	CHECK_STR(o.params.at[3], "d\\");
	cli_release(&c);
}

UNIT_TEST("cli: text on a terminal only, and never for --output")
{
	face_fresh();
	if (!face_parse("-o x.json"))
		return;
	CHECK_INT(o.common.format, CLI_FORMAT_JSON);
	CHECK_STR(o.common.output, "x.json");
	cli_release(&c);
	if (!face_parse("--format=text -o x"))
		return;
	CHECK_INT(o.common.format, CLI_FORMAT_TEXT);
	cli_release(&c);
	(void)setenv("QTE_FORMAT", "text", 1);
	if (!face_parse(""))
		return;
	CHECK_INT(o.common.format, CLI_FORMAT_TEXT);
	cli_release(&c);
}

UNIT_TEST("cli: of quiet and verbose the stronger source holds")
{
	face_fresh();
	(void)setenv("QTE_QUIET", "yes", 1);
	if (!face_parse("-v"))
		return;
	CHECK(o.common.verbose && !o.common.quiet);
	cli_release(&c);
	face_config("[common]\nverbose = yes\n");
	if (!face_parse(""))
		return;
	CHECK(!o.common.verbose && o.common.quiet);
	cli_release(&c);
}

UNIT_TEST("cli: a subcommand has options of its own, behind its name")
{
	face_fresh();
	if (!CHECK_INT(face_parse_with(&face_with_cmds,
			   "--fast create -l5 a --quiet b"),
		0))
		return;
	CHECK_STR(c.cmd->name, "create");
	CHECK_INT(o.level, 5);
	CHECK(o.fast && o.common.quiet);
	CHECK_INT(c.nargs, 2);
	CHECK_STR(c.args[1], "b");
	cli_release(&c);
	face_error_with(&face_with_cmds, "-l5 create a", 64,
	    "unknown option '-l' in '-l5'");
	face_error_with(&face_with_cmds, "list --level=5", 64,
	    "unknown option '--level'");
	face_error_with(&face_with_cmds, "creaet a", 64,
	    "unknown command 'creaet'; did you mean 'create'?");
	face_error_with(&face_with_cmds, "", 64,
	    "needs a command: create, list");
	face_error_with(&face_with_cmds, "create", 64, "needs DIR");
	face_error_with(&face_with_cmds, "list x", 64,
	    "takes no operands: 'x'");
	face_error_with(&face_with_cmds, "-- --level", 64,
	    "unknown command '--level'");
}

UNIT_TEST("cli: a tool that takes operands has its commands beside them")
{
	struct cli_tool both = face_with_cmds;

	face_fresh();
	both.max_args = -1;
	if (CHECK_INT(face_parse_with(&both, "bars.csv create"), 0)) {
		CHECK(c.cmd == NULL);
		CHECK_INT(c.nargs, 2);
		cli_release(&c);
	}
	if (CHECK_INT(face_parse_with(&both, "create bars.csv"), 0)) {
		CHECK(c.cmd == &face_cmds[0]);
		CHECK_INT(c.nargs, 1);
		cli_release(&c);
	}
}

UNIT_TEST("cli: operands are counted, with their name")
{
	struct cli_tool one = face_tool;

	face_fresh();
	one.min_args = one.max_args = 1;
	face_error_with(&one, "", 64, "needs FILE");
	face_error_with(&one, "a b", 64, "one operand too many: 'b'");
	one.min_args = one.max_args = 0;
	face_error_with(&one, "a", 64, "takes no operands: 'a'");
}
