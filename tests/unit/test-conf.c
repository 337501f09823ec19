/* SPDX-License-Identifier: MIT */
/* Tests of format/conf. */
#include "base/buf.h"
#include "format/conf.h"
#include "scratch.h"
#include "unit.h"

/* Every entry as "LINE:KEYCOLUMN:COLUMN [SECTION LABEL] KEY=VALUE;". */
static const char *
dump(const struct conf *c)
{
	static struct buf b;

	buf_reset(&b);
	for (size_t i = 0; i < c->n; i++) {
		const struct conf_entry *entry = &c->at[i];

		buf_fmt(&b, "%d:%d:%d [%s%s%s]", entry->line, entry->key_column,
		    entry->column, entry->section,
		    entry->label != NULL ? " " : "",
		    entry->label != NULL ? entry->label : "");
		if (entry->key != NULL)
			buf_fmt(&b, " %s=%s", entry->key, entry->value);
		buf_char(&b, ';');
	}
	return buf_text(&b);
}

static void
reads_bytes(const char *bytes, size_t n, const char *want)
{
	struct conf c;
	struct err e = {0};

	scratch_put("t.conf", bytes, n);
	if (!CHECK_INT(conf_read(&c, "t.conf", &e), 0)) {
		printf("# %s\n", e.msg);
		return;
	}
	CHECK_STR(c.path, "t.conf");
	CHECK_STR(dump(&c), want);
	conf_release(&c);
}

static void
reads(const char *text, const char *want)
{
	reads_bytes(text, strlen(text), want);
}

static void
refuses_bytes(const char *bytes, size_t n, const char *message)
{
	struct conf c;
	struct err e = {0};

	scratch_put("t.conf", bytes, n);
	if (!CHECK_INT(conf_read(&c, "t.conf", &e), EX_CONFIG)) {
		conf_release(&c);
		return;
	}
	CHECK_INT(e.status, EX_CONFIG);
	CHECK_STR(e.msg, message);
	CHECK(c.at == NULL && c.path == NULL);
}

static void
refuses(const char *text, const char *message)
{
	refuses_bytes(text, strlen(text), message);
}

UNIT_TEST("conf: sections, keys and values come with their places")
{
	reads("[run]\ncash = 1000\n  size=all\n[paths]\ndata\t=\t/var/lib\n",
	    "1:2:2 [run];2:1:8 [run] cash=1000;3:3:8 [run] size=all;"
	    "4:2:2 [paths];5:1:8 [paths] data=/var/lib;");
	reads("", "");
	reads("[ a ]\nb.c-D_9 = x", "1:3:3 [a];2:1:11 [a] b.c-D_9=x;");
}

UNIT_TEST("conf: comments and blank lines are passed over")
{
	reads(
	    "# a\n; b\n\n \t\n  # c\n[s] # d\n[t]\t#d\nk = v # e\nl = v ; e\n",
	    "6:2:2 [s];7:2:2 [t];8:1:5 [t] k=v;9:1:5 [t] l=v ; e;");
	reads("[s]\na = x#y\nb =#z\nc = # z\nd = x  \t # y # z\n",
	    "1:2:2 [s];2:1:5 [s] a=x#y;3:1:4 [s] b=#z;4:1:5 [s] c=;"
	    "5:1:5 [s] d=x;");
}

UNIT_TEST("conf: a value may be empty, or hold blanks and equal signs")
{
	reads("[s]\na =\nb = \nc = x  y = z \nd = \"\"\n",
	    "1:2:2 [s];2:1:4 [s] a=;3:1:5 [s] b=;4:1:5 [s] c=x  y = z;"
	    "5:1:5 [s] d=;");
}

UNIT_TEST("conf: quotes keep blanks and comments, and know four escapes")
{
	reads("[s]\na = \" x # y \" # z\nb = \"\\\"\\\\\\n\\t\"\nc = x\"y\"\n",
	    "1:2:2 [s];2:1:5 [s] a= x # y ;3:1:5 [s] b=\"\\\n\t;"
	    "4:1:5 [s] c=x\"y\";");
}

UNIT_TEST("conf: a section may have a label")
{
	reads("[alert \"disk full\"]\na = 1\n[alert]\na = 2\n[alert \"x\"]\n"
	      "a = 3\n",
	    "1:2:2 [alert disk full];2:1:5 [alert disk full] a=1;"
	    "3:2:2 [alert];4:1:5 [alert] a=2;5:2:2 [alert x];"
	    "6:1:5 [alert x] a=3;");
	reads("[a\"b\\\"]\" ]", "1:2:2 [a b\"]];");
}

UNIT_TEST("conf: CRLF and a byte-order mark are fine")
{
	reads("\xef\xbb\xbf[s]\r\na = 1\r\n\r\nb = \"x\"\r\n",
	    "1:5:5 [s];2:1:5 [s] a=1;4:1:5 [s] b=x;");
}

UNIT_TEST("conf: a line that is nothing is refused at its place")
{
	refuses("[s]\n  what is this\n",
	    "t.conf:2:3: expected 'key = value', '[section]' or a comment");
	refuses("[s]\n= 1\n",
	    "t.conf:2:1: expected 'key = value', '[section]' or a comment");
	refuses("[s]\na:b = 1\n",
	    "t.conf:2:1: expected 'key = value', '[section]' or a comment");
	refuses("a = 1\n", "t.conf:1:1: key 'a' stands before any [section]");
	refuses("[s\n", "t.conf:1:1: this bracket is not closed on its line");
	refuses("[]\n", "t.conf:1:2: expected the name of a section");
	refuses("[a b]\n", "t.conf:1:4: expected ']'");
	refuses("[a \"b]\n",
	    "t.conf:1:4: this quote is not closed on its line");
	refuses("[a] b\n", "t.conf:1:5: text after the section's ']'");
	refuses("[a]#b\n", "t.conf:1:4: text after the section's ']'");
	refuses("[a]\nb = \"c\n",
	    "t.conf:2:5: this quote is not closed on its line");
	refuses("[a]\nb = \"c\\\n",
	    "t.conf:2:5: this quote is not closed on its line");
	refuses("[a]\nb = \"c\\x\"\n",
	    "t.conf:2:7: unknown escape: only \\\" \\\\ \\n \\t");
	refuses("[a]\nb = \"c\" d\n",
	    "t.conf:2:9: text after the closing quote");
}

UNIT_TEST("conf: nothing is there twice")
{
	refuses("[s]\na = 1\nb = 2\na = 3\n",
	    "t.conf:4:1: key 'a' is already there, in line 2");
	refuses("[s]\n[t]\n [s]\n",
	    "t.conf:3:3: section 's' is already there, in line 1");
	refuses("[s \"x\"]\n[s]\n[s \"x\"]\n",
	    "t.conf:3:2: section 's' is already there, in line 1");
	reads("[s]\na = 1\n[t]\na = 1\nA = 2\n",
	    "1:2:2 [s];2:1:5 [s] a=1;3:2:2 [t];4:1:5 [t] a=1;"
	    "5:1:5 [t] A=2;");
}

UNIT_TEST("conf: bytes that are no text are refused")
{
	char line[70000];

	refuses_bytes("[s]\na = \0\n", 10,
	    "t.conf:2:5: NUL byte: this is not plain text");
	refuses("[s]\na = caf\xe9\n", "t.conf:2:8: text is not UTF-8");
	refuses("[s]\na = 1\rb = 2\n",
	    "t.conf:2:6: carriage return within the line");
	memset(line, 'x', sizeof(line));
	refuses_bytes(line, sizeof(line),
	    "t.conf:1:1: line is longer than 65536 bytes");
}

UNIT_TEST("conf: a file that cannot be read is a configuration error")
{
	struct conf c;
	struct err e = {0};

	CHECK_INT(conf_read(&c, "no/such.conf", &e), EX_CONFIG);
	CHECK_INT(e.status, EX_CONFIG);
	CHECK(strncmp(e.msg, "no/such.conf", 12) == 0);
	CHECK_INT(conf_read(&c, "/", &e), EX_CONFIG);
}
