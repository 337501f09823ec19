/* SPDX-License-Identifier: MIT */
/* Tests of the configuration that face/cli reads, and of what it prints. */
#include "base/utf8.h"
#include "face.h"

/* A configuration, and what is wrong with it (NULL: nothing). */
struct config_case {
	const char *text, *message;
};

static const struct config_case configs[] = {
    {"", NULL},
    {"[common]\nformat = json\ncolor = never\nquiet = yes\n", NULL},
    {"[run]\nrate_of_cost = 5bp # a comment\n", NULL},
    {"[monitor]\nanything = 1\n[backup \"home\"]\nx = y\n[gate]\n", NULL},
    {"[paths]\ndata = /d\nrecords = /r\nstate = /s\nlog = /l\n"
     "audit = /a\nbackup = /b\ncache = /c\n",
	NULL},
    {"[engine]\ntype = fast\nhigh_performance = yes\n"
     "vectorized_operations = no\nparallel_processing = true\n"
     "batch_size = 1000\ncache_enabled = on\n",
	NULL},
    {"[memory]\nmax_memory_mb = 1024\ngc_threshold = 0.8\n"
     "object_pool_size = 100\n[threading]\nmax_workers = 4\n"
     "thread_pool_size = 8\n",
	NULL},
    {"[rum]\n", "qte.conf:1:2: unknown section [rum]; did you mean 'run'?"},
    {"\n [zzz]\n", "qte.conf:2:3: unknown section [zzz]"},
    {"[run \"x\"]\n", "qte.conf:1:2: [run] takes no label: \"x\""},
    {"[run]\ncosh = 1\n",
	"qte.conf:2:1: unknown key 'cosh' in [run]; did you mean 'cash'?"},
    {"[run]\n\n  rate-of-cost = 1\n",
	"qte.conf:3:3: unknown key 'rate-of-cost' in [run]; "
	"did you mean 'rate_of_cost'?"},
    {"[run]\nformat = json\n", "qte.conf:2:1: unknown key 'format' in [run]"},
    {"[run]\ncache = /x\n", "qte.conf:2:1: unknown key 'cache' in [run]"},
    {"[common]\ncash = 1\n", "qte.conf:2:1: unknown key 'cash' in [common]"},
    {"[common]\noutput = x\n",
	"qte.conf:2:1: unknown key 'output' in [common]"},
    {"[common]\nconfig = x\n",
	"qte.conf:2:1: unknown key 'config' in [common]"},
    {"[common]\nhelp = yes\n", "qte.conf:2:1: unknown key 'help' in [common]"},
    {"[common]\nfromat = json\n",
	"qte.conf:2:1: unknown key 'fromat' in [common]; "
	"did you mean 'format'?"},
    {"[run]\ncash =   abc\n", "qte.conf:2:10: cash: 'abc' is not a number"},
    {"[run]\ncash =\n", "qte.conf:2:7: cash: '' is not a number"},
    {"[run]\nfast = perhaps\n",
	"qte.conf:2:8: fast: 'perhaps' is not yes or no"},
    {"[paths]\ndata = var/lib\n",
	"qte.conf:2:8: data: 'var/lib' is not an absolute path"},
    {"[paths]\ndatta = /x\n",
	"qte.conf:2:1: unknown key 'datta' in [paths]; did you mean 'data'?"},
    {"[engine]\nbatch_size = many\n",
	"qte.conf:2:14: batch_size: 'many' is not a whole number"},
    {"[threading]\nmax_workers = -1\n",
	"qte.conf:2:15: max_workers: '-1' is less than 0"},
};

UNIT_TEST("cli: each section and key of the configuration is known")
{
	face_fresh();
	for (size_t i = 0; i < QTE_COUNT(configs); i++) {
		face_config(configs[i].text);
		if (configs[i].message != NULL)
			face_error("", 78, configs[i].message);
		else if (face_parse(""))
			cli_release(&c);
	}
}

UNIT_TEST("cli: a wrong value of a weaker source is wrong all the same")
{
	face_fresh();
	face_config("[run]\ncash = abc\n");
	face_error("--cash=1", 78, "qte.conf:2:8: cash: 'abc' is not a number");
}

UNIT_TEST("cli: a configuration that is named must be there")
{
	face_fresh();
	CHECK_INT(face_parse_with(&face_tool, "--config=/no/such.conf"), 78);
	CHECK(strstr(e.msg, "/no/such.conf") != NULL);
	(void)setenv("QTE_CONFIG", "/no/such.conf", 1);
	CHECK_INT(face_parse_with(&face_tool, ""), 78);
	CHECK_INT(face_parse_with(&face_tool, "--config=/dev/null"), 0);
	cli_release(&c);
}

UNIT_TEST("cli: the flag's configuration takes the place of the variable's")
{
	face_fresh();
	face_config("[run]\ncount = 9\n");
	(void)setenv("QTE_CONFIG", "/no/such.conf", 1);
	if (!face_parse("-c qte.conf"))
		return;
	CHECK_INT(o.count, 9);
	cli_release(&c);
}

UNIT_TEST("cli: help needs no configuration, operand or right environment")
{
	struct cli_tool needs = face_tool;

	face_fresh();
	needs.min_args = 1;
	(void)setenv("QTE_CONFIG", "/no/such.conf", 1);
	(void)setenv("QTE_RUN_CASH", "abc", 1);
	for (int i = 0; i < 3; i++) {
		static const char *const lines[] = {"--help", "-V",
		    "--completion=bash"};

		if (!CHECK_INT(face_parse_with(&needs, lines[i]), 0))
			return;
		CHECK_INT(c.todo, CLI_PRINT);
		CHECK(c.text.len > 0);
		cli_release(&c);
	}
}

UNIT_TEST("cli: options of a subcommand that does not run are known")
{
	face_fresh();
	face_config("[backup]\nlevel = 7\n");
	if (CHECK_INT(face_parse_with(&face_with_cmds, "list"), 0))
		cli_release(&c);
	if (CHECK_INT(face_parse_with(&face_with_cmds, "create x"), 0)) {
		CHECK_INT(o.level, 7);
		cli_release(&c);
	}
	face_config("[backup]\nlevle = 7\n");
	face_error_with(&face_with_cmds, "create x", 78,
	    "qte.conf:2:1: unknown key 'levle' in [backup]; "
	    "did you mean 'level'?");
}

UNIT_TEST("cli: --print-config says each value and its source")
{
	face_fresh();
	face_config("[common]\ncolor = never\n\n[run]\nname = \"x # y\"\n");
	(void)setenv("QTE_RUN_CASH", "5000", 1);
	if (!face_parse("--print-config --fast -p a=1~2 -p b=3"))
		return;
	CHECK_INT(c.todo, CLI_PRINT);
	CHECK_STR(buf_text(&c.text),
	    "[common]\n"
	    "# format =\n"
	    "quiet        = no              # default\n"
	    "verbose      = no              # default\n"
	    "color        = never           # qte.conf:2\n"
	    "\n"
	    "[run]\n"
	    "fast         = yes             # flag\n"
	    "name         = \"x # y\"         # qte.conf:5\n"
	    "count        = 3               # default\n"
	    "way          = long            # default\n"
	    "emit         = trades,summary  # default\n"
	    "param        = \"a=1\\\\ 2 b=3\"   # flag\n"
	    "cash         = 5000            # environment QTE_RUN_CASH\n"
	    "rate_of_cost = 0.001           # default\n"
	    "rf           = 0               # default\n");
	cli_release(&c);
}

UNIT_TEST("cli: --print-config --format=json writes records")
{
	face_fresh();
	(void)setenv("QTE_FORMAT", "json", 1);
	if (!face_parse("--print-config"))
		return;
	CHECK(strncmp(buf_text(&c.text), "[common]\nformat ", 16) == 0);
	cli_release(&c);
	if (!face_parse("--print-config --format=json"))
		return;
	CHECK(strstr(buf_text(&c.text),
		  "{\"type\":\"config\",\"section\":\"run\",\"key\":\"name\","
		  "\"source\":\"default\"}\n"
		  "{\"type\":\"config\",\"section\":\"run\",\"key\":\"count\","
		  "\"value\":\"3\",\"source\":\"default\"}\n") != NULL);
	cli_release(&c);
}

UNIT_TEST("cli: what --print-config prints reads back to the same")
{
	static const char *const lines[] = {"", "--fast -q --color=always",
	    "-n x~y --cash=0.10 --rf=-1e-7 --emit=equity -w short",
	    "-n # --count=0", "-n ~lead~", "-n ;x", "-n \"q\\n\"",
	    "-n a\nb\tc\xc3\xa9\\n",
	    "--name=", "-p a=1 -p b=x~y -p c=\\ -p d=\"~#", "-f text",
	    "-v -p \n\t=\\~"};
	char before[1024];

	for (size_t i = 0; i < QTE_COUNT(lines); i++) {
		char line[256];

		face_fresh();
		if (!face_parse(lines[i]))
			continue;
		(void)snprintf(before, sizeof(before), "%s", face_state());
		cli_release(&c);
		(void)snprintf(line, sizeof(line), "%s --print-config",
		    lines[i]);
		if (!face_parse(line))
			continue;
		face_config(buf_text(&c.text));
		cli_release(&c);
		if (!face_parse(""))
			continue;
		CHECK_STR(face_state(), before);
		cli_release(&c);
	}
}

UNIT_TEST("cli: a value that no configuration can hold is left out of it")
{
	face_fresh();
	if (!face_parse("--print-config -n \xff"))
		return;
	CHECK(strstr(buf_text(&c.text), "\n# name =\n") != NULL);
	cli_release(&c);
}

/* Whether each line of ${text} has at most 80 columns and no blank at its end.
 */
static bool
is_neat(const char *text)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");

		if (text[n] != '\n' || utf8_width(text, n) > 80 ||
		    (n > 0 && text[n - 1] == ' ')) {
			printf("# not neat: %.*s\n", (int)n, text);
			return false;
		}
		text += n + 1;
	}
	return true;
}

UNIT_TEST("cli: --help shows one screen, --help=all all")
{
	face_fresh();
	if (!face_parse("--help"))
		return;
	CHECK(is_neat(buf_text(&c.text)));
	CHECK_STR(buf_text(&c.text),
	    "qte-run: test the options\n"
	    "\n"
	    "usage: qte-run [OPTION]... FILE\n"
	    "\n"
	    "      --fast               do not wait\n"
	    "      --count=N            a number [3]\n"
	    "  -w, --way=WAY            a choice [long]\n"
	    "      --emit=LIST          a set [trades,summary]\n"
	    "  -p, --param=NAME=VALUE   a list [a=1 b=2]\n"
	    "      --cash=MONEY         money [100000]\n"
	    "      --rate-of-cost=RATE  a rate [0.001]\n"
	    "      --rf=RATE            a double [0]\n"
	    "      --cache[=DIR]        an optional argument\n"
	    "  -f, --format=json|text   records or text; without it text on a "
	    "terminal\n"
	    "  -o, --output=FILE        write FILE, whole or not at all\n"
	    "  -h, --help[=all]         print this help, or all of it, and "
	    "end\n"
	    "\n"
	    "Examples:\n"
	    "  qte-run a\n"
	    "  qte-run b\n"
	    "\n"
	    "All options: qte-run --help=all.  Manual: qte-run(1).\n");
	cli_release(&c);
	if (!face_parse("-hall"))
		return;
	CHECK(is_neat(buf_text(&c.text)));
	CHECK(strstr(buf_text(&c.text), "\nMoney:\n      --cash") != NULL);
	CHECK(strstr(buf_text(&c.text), "(QTE_RUN_RATE_OF_COST)") != NULL);
	CHECK(strstr(buf_text(&c.text), "(QTE_CONFIG)") != NULL);
	CHECK(strstr(buf_text(&c.text), "QTE_RUN_CACHE") == NULL);
	CHECK(strstr(buf_text(&c.text), "--print-config") != NULL);
	cli_release(&c);
}

UNIT_TEST("cli: help of a tool names its commands, theirs their options")
{
	face_fresh();
	if (!CHECK_INT(face_parse_with(&face_with_cmds, "-h"), 0))
		return;
	CHECK(strstr(buf_text(&c.text),
		  "\nCommands:\n  create  make one\n  list    show all\n") !=
	    NULL);
	cli_release(&c);
	if (!CHECK_INT(face_parse_with(&face_with_cmds, "create -h"), 0))
		return;
	CHECK(
	    strstr(buf_text(&c.text), "usage: qte-backup create [OPT") != NULL);
	CHECK(strstr(buf_text(&c.text), "\n\n  -l, --level=N") != NULL);
	CHECK(strstr(buf_text(&c.text), "--fast") != NULL);
	cli_release(&c);
}

UNIT_TEST("cli: the version names the schema")
{
	face_fresh();
	if (!face_parse("--version"))
		return;
	CHECK_STR(buf_text(&c.text),
	    "qte-run " QTE_VERSION " (records " QTE_SCHEMA ")\n"
	    "MIT licence, without any warranty.\n");
	cli_release(&c);
}
