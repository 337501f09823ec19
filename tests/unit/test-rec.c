/* SPDX-License-Identifier: MIT */
/* Tests of format/rec. */
#include <float.h>
#include <stdlib.h>

#include "base/buf.h"
#include "format/rec.h"
#include "machine/out.h"
#include "scratch.h"
#include "unit.h"

UNIT_TEST("rec: type comes first, and each value in its own form")
{
	struct rec r;

	rec_init(&r, NULL);
	rec_begin(&r, "trade");
	rec_time(&r, "ts", 1577923200000000001);
	rec_int(&r, "id", INT64_MIN);
	rec_double(&r, "ratio", 0.1);
	rec_scaled(&r, "price", 4065171570000, 9);
	rec_bool(&r, "long", true);
	rec_bool(&r, "short", false);
	rec_null(&r, "exit");
	rec_text(&r, "side", "buy");
	rec_bytes(&r, "part", "abc", 2);
	rec_end(&r);
	CHECK_STR(buf_text(&r.line),
	    "{\"type\":\"trade\",\"ts\":\"2020-01-02T00:00:00.000000001Z\","
	    "\"id\":-9223372036854775808,\"ratio\":0.1,\"price\":4065.17157,"
	    "\"long\":true,\"short\":false,\"exit\":null,\"side\":\"buy\","
	    "\"part\":\"ab\"}\n");
	CHECK_INT(r.line.len, strlen(buf_text(&r.line)));
	rec_release(&r);
}

UNIT_TEST("rec: objects and arrays nest")
{
	struct rec r;

	rec_init(&r, NULL);
	rec_begin(&r, "x");
	rec_open(&r, "params", '{');
	rec_shut(&r, '}');
	rec_open(&r, "a", '[');
	rec_int(&r, NULL, 1);
	rec_text(&r, NULL, "b");
	rec_open(&r, NULL, '{');
	rec_int(&r, "c", 2);
	rec_int(&r, "d", 3);
	rec_shut(&r, '}');
	rec_open(&r, NULL, '[');
	rec_shut(&r, ']');
	rec_shut(&r, ']');
	rec_int(&r, "e", 4);
	rec_end(&r);
	CHECK_STR(buf_text(&r.line),
	    "{\"type\":\"x\",\"params\":{},\"a\":[1,\"b\",{\"c\":2,\"d\":3},"
	    "[]],\"e\":4}\n");
	rec_release(&r);
}

/* The text as it stands in a record, without its quotes. */
static const char *
escaped(const char *text, size_t n)
{
	static char copy[256];
	static const char front[] = "{\"type\":\"t\",\"k\":\"";
	struct rec r;

	rec_init(&r, NULL);
	rec_begin(&r, "t");
	rec_bytes(&r, "k", text, n);
	rec_end(&r);
	CHECK(strncmp(r.line.data, front, sizeof(front) - 1) == 0);
	snprintf(copy, sizeof(copy), "%s", r.line.data + sizeof(front) - 1);
	copy[strlen(copy) - 3] = '\0';
	rec_release(&r);
	return copy;
}

UNIT_TEST("rec: text is escaped where JSON asks for it, and only there")
{
	CHECK_STR(escaped("a/b'c", 5), "a/b'c");
	CHECK_STR(escaped("\"\\", 2), "\\\"\\\\");
	CHECK_STR(escaped("\b\t\n\f\r", 5), "\\b\\t\\n\\f\\r");
	CHECK_STR(escaped("\0\x01\x1f", 3), "\\u0000\\u0001\\u001f");
	CHECK_STR(escaped("caf\xc3\xa9 \xe6\x97\xa5\xf0\x9f\x98\x80", 13),
	    "caf\xc3\xa9 \xe6\x97\xa5\xf0\x9f\x98\x80");
	CHECK_STR(escaped("", 0), "");
}

UNIT_TEST("rec: what a terminal would act on is escaped")
{
	CHECK_STR(escaped("\x7f", 1), "\\u007f");
	CHECK_STR(escaped("12345678\x7f", 9), "12345678\\u007f");
	CHECK_STR(escaped("\xc2\x80-\xc2\x9f\xc2\xa0", 7),
	    "\\u0080-\\u009f\xc2\xa0");
	CHECK_STR(escaped("\xe2\x80\xaa\xe2\x80\xae", 6), "\\u202a\\u202e");
	CHECK_STR(escaped("\xe2\x81\xa6\xe2\x81\xa9", 6), "\\u2066\\u2069");
	CHECK_STR(escaped("\xe2\x80\xa6\xe2\x81\xaa", 6),
	    "\xe2\x80\xa6\xe2\x81\xaa");
}

UNIT_TEST("rec: a byte to escape is found at every place of a text")
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz/'~} !#[]";
	static const char odd[] = "\"\\\n";
	char text[32], want[64];

	for (size_t n = 1; n < sizeof(text); n++)
		for (size_t at = 0; at < n; at++)
			for (const char *c = odd; *c != '\0'; c++) {
				memcpy(text, plain, n);
				text[at] = *c;
				(void)snprintf(want, sizeof(want),
				    "%.*s\\%c%.*s", (int)at, plain,
				    *c == '\n' ? 'n' : *c, (int)(n - at - 1),
				    plain + at + 1);
				if (!CHECK_STR(escaped(text, n), want))
					return;
			}
}

UNIT_TEST("rec: a key is escaped as other text is")
{
	struct rec r;

	rec_init(&r, NULL);
	rec_begin(&r, "t");
	rec_int(&r, "a\"b", 1);
	rec_open(&r, "", '{');
	rec_null(&r, "caf\xc3\xa9 at noon, or later");
	rec_double(&r, "\n", 0.5);
	rec_shut(&r, '}');
	rec_end(&r);
	CHECK_STR(buf_text(&r.line),
	    "{\"type\":\"t\",\"a\\\"b\":1,\"\":{"
	    "\"caf\xc3\xa9 at noon, or later\":null,\"\\n\":0.5}}\n");
	rec_release(&r);
}

UNIT_TEST("rec: bytes that are not UTF-8 become U+FFFD, one each")
{
#define BAD "\xef\xbf\xbd"
	CHECK_STR(escaped("a\xff\xfe"
			  "b",
		      4),
	    "a" BAD BAD "b");
	CHECK_STR(escaped("\xc0\x80", 2), BAD BAD);
	CHECK_STR(escaped("\xed\xa0\x80", 3), BAD BAD BAD);
	CHECK_STR(escaped("\xe6\x97", 2), BAD BAD);
	CHECK_STR(escaped("\xe6\x97\"", 3), BAD BAD "\\\"");
}

UNIT_TEST("rec: a double that is not finite leaves its key out")
{
	struct rec r;

	rec_init(&r, NULL);
	rec_begin(&r, "t");
	rec_double(&r, "nan", (double)NAN);
	rec_double(&r, "a", 1e22);
	rec_double(&r, "inf", (double)INFINITY);
	rec_double(&r, "minus", -(double)INFINITY);
	rec_double(&r, "b", -0.0);
	rec_end(&r);
	CHECK_STR(buf_text(&r.line), "{\"type\":\"t\",\"a\":1e22,\"b\":0}\n");
	rec_release(&r);
}

UNIT_TEST("rec: a record goes out as a line, an unfinished one does not")
{
	struct out out;
	struct rec r;
	struct err e = {0};

	scratch_put("t.jsonl", "", 0);
	if (!CHECK_INT(out_open(&out, "t.jsonl", &e), 0))
		return;
	rec_init(&r, &out);
	rec_begin(&r, "lost");
	rec_int(&r, "n", 0);
	rec_begin(&r, "a");
	rec_end(&r);
	rec_begin(&r, "b");
	rec_end(&r);
	CHECK_STR(buf_text(&r.line), "{\"type\":\"b\"}\n");
	CHECK_INT(out_close(&out, &e), 0);
	rec_release(&r);
	CHECK_STR(place_read("t.jsonl"),
	    "{\"type\":\"a\"}\n{\"type\":\"b\"}\n");
}

UNIT_TEST("rec: the head of a stream")
{
	static const char front[] =
	    "{\"type\":\"head\",\"ts\":\"1970-01-01T00:00:01.5Z\","
	    "\"schema\":\"qte/1\",\"tool\":\"qte-run\","
	    "\"version\":\"" QTE_VERSION "\",\"run_id\":\"";
	char name[] = "qte-run", arg[] = "a\"b", id[17];
	char *args[] = {name, arg};
	struct rec_head head = {.tool = "qte-run",
	    .args = args,
	    .nargs = 2,
	    .reproducible = true};
	struct rec r;

	rec_init(&r, NULL);
	rec_head(&r, &head);
	CHECK_STR(buf_text(&r.line),
	    "{\"type\":\"head\",\"schema\":\"qte/1\",\"tool\":\"qte-run\","
	    "\"version\":\"" QTE_VERSION "\"}\n");
	head.reproducible = false;
	head.now_ns = 1500000000;
	rec_head(&r, &head);
	CHECK(strncmp(buf_text(&r.line), front, sizeof(front) - 1) == 0);
	memcpy(id, r.line.data + sizeof(front) - 1, 16);
	id[16] = '\0';
	CHECK_INT(strspn(id, "0123456789abcdef"), 16);
	CHECK_STR(strstr(buf_text(&r.line), "\",\"args\""),
	    "\",\"args\":[\"qte-run\",\"a\\\"b\"]}\n");
	rec_head(&r, &head);
	CHECK(strstr(buf_text(&r.line), id) == NULL);
	rec_release(&r);
}

/* A head with n equal arguments keeps below the limit and says what it cut. */
static void
check_args(const char *text, int n, bool cut)
{
	char *arg = strdup(text);
	char **args = malloc((size_t)n * sizeof(*args));
	struct rec_head head = {.tool = "t", .args = args, .nargs = n};
	struct rec r;

	for (int i = 0; i < n; i++)
		args[i] = arg;
	rec_init(&r, NULL);
	rec_head(&r, &head);
	CHECK(r.line.len < 65536);
	CHECK((strstr(buf_text(&r.line), ",\"...\"]}\n") != NULL) == cut);
	CHECK(strstr(buf_text(&r.line), BAD) == NULL);
	rec_release(&r);
	free(args);
	free(arg);
}

UNIT_TEST("rec: a head with many or long arguments is cut")
{
	struct buf b = {0};

	check_args("", 10, false);
	check_args("", 100000, true);
	check_args("strategy.csv", 100, false);
	check_args("strategy.csv", 100000, true);
	for (int i = 0; i < 100000; i++)
		buf_char(&b, '\x01');
	check_args(buf_text(&b), 1, true);
	check_args(buf_text(&b) + 91000, 7, true);
	buf_release(&b);
}

UNIT_TEST("rec: an argument is cut between characters")
{
	struct buf b = {0};

	/* Four times the same, each time a byte further on. */
	for (int i = 0; i < 20000; i++)
		buf_str(&b, "\xf0\x9f\x98\x80");
	buf_str(&b, "xxxx");
	check_args(buf_text(&b), 1, true);
	for (size_t i = 0; i < 3; i++) {
		memmove(b.data + i + 1, b.data + i, b.len - i - 1);
		b.data[i] = 'x';
		check_args(buf_text(&b), 1, true);
	}
	buf_release(&b);
}
