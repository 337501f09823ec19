/* SPDX-License-Identifier: MIT */
/* Tests of format/jin. */
#include "format/jin.h"
#include "scratch.h"
#include "unit.h"

/* Read ${text} as the only line of f.jsonl. */
static int
read_one(struct jin *j, const char *text, struct err *e)
{
	jin_release(j);
	*j = (struct jin){.name = "f.jsonl"};
	return jin_read(j, text, strlen(text), e);
}

static void
check_refused(const char *text, const char *why)
{
	struct jin j = {.name = "f.jsonl"};
	struct err e = {0};

	CHECK_INT(read_one(&j, text, &e), EX_DATAERR);
	CHECK_STR(e.msg, why);
	CHECK(!jin_has(&j, "a"));
	jin_release(&j);
}

UNIT_TEST("jin: values of every kind")
{
	struct jin j = {.name = "f.jsonl"};
	struct err e = {0};
	const char *text = NULL;
	int64_t n = 0;
	double x = 0;
	bool yes = false;

	CHECK_INT(read_one(&j,
		      "{\"s\":\"\\u00e9\\n\",\"i\":-7,\"x\":1.5,\"b\":true,"
		      "\"t\":\"2024-01-02T01:00:00.5+01:00\",\"z\":null}\n",
		      &e),
	    0);
	CHECK_INT(jin_text(&j, "s", &text, &e), 0);
	CHECK_STR(text, "\xc3\xa9\n");
	CHECK_INT(jin_int(&j, "i", &n, &e), 0);
	CHECK_INT(n, -7);
	CHECK_INT(jin_double(&j, "x", &x, &e), 0);
	CHECK_DBL(x, 1.5);
	CHECK_INT(jin_double(&j, "i", &x, &e), 0);
	CHECK_DBL(x, -7.0);
	CHECK_INT(jin_bool(&j, "b", &yes, &e), 0);
	CHECK(yes);
	CHECK_INT(jin_time(&j, "t", &n, &e), 0);
	CHECK_INT(n, INT64_C(1704153600500000000));
	CHECK(jin_has(&j, "s") && !jin_has(&j, "z") && !jin_has(&j, "none"));
	jin_release(&j);
}

UNIT_TEST("jin: a whole number is exact to 2^63 - 1, bare or as a string")
{
	struct jin j = {.name = "f.jsonl"};
	struct err e = {0};
	int64_t n = 0;

	CHECK_INT(read_one(&j,
		      "{\"a\":9223372036854775807,"
		      "\"b\":\"9223372036854775807\",\"c\":\"-3\"}",
		      &e),
	    0);
	CHECK(jin_int(&j, "a", &n, &e) == 0 && n == INT64_MAX);
	CHECK(jin_int(&j, "b", &n, &e) == 0 && n == INT64_MAX);
	CHECK(jin_int(&j, "c", &n, &e) == 0 && n == -3);
	CHECK_INT(read_one(&j, "{\"a\":\"9223372036854775808\"}", &e), 0);
	CHECK_INT(jin_int(&j, "a", &n, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:1: a: expected a whole number, not "
	    "'9223372036854775808'");
	jin_release(&j);
}

UNIT_TEST("jin: an inode may take all 64 bits")
{
	struct jin j = {.name = "f.jsonl"};
	struct err e = {0};
	uint64_t n = 0;

	CHECK_INT(read_one(&j,
		      "{\"a\":\"18446744073709551615\",\"b\":7,\"c\":\"0\","
		      "\"d\":\"18446744073709551616\",\"e\":-1,"
		      "\"f\":\"-1\",\"g\":\"\"}",
		      &e),
	    0);
	CHECK(jin_large(&j, "a", &n, &e) == 0 && n == UINT64_MAX);
	CHECK(jin_large(&j, "b", &n, &e) == 0 && n == 7);
	CHECK(jin_large(&j, "c", &n, &e) == 0 && n == 0);
	for (const char *key = "d\0e\0f\0g\0"; *key != '\0'; key += 2)
		CHECK_INT(jin_large(&j, key, &n, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:1: g: expected a whole number from 0, not ''");
	jin_release(&j);
}

UNIT_TEST("jin: what is no JSON object is refused at its column")
{
	check_refused("",
	    "f.jsonl:1:1: not JSON: unexpected token near end of "
	    "file");
	check_refused("[]", "f.jsonl:1:1: not a JSON object");
	check_refused("\"a\"", "f.jsonl:1:1: not a JSON object");
	check_refused("{\"a\":1}x",
	    "f.jsonl:1:8: not JSON: end of file expected near 'x'");
	check_refused("{\"a\":1,\"a\":2}",
	    "f.jsonl:1:10: not JSON: duplicate object key near '\"a\"'");
	check_refused("{\"a\":9223372036854775808}",
	    "f.jsonl:1:24: not JSON: too big integer near "
	    "'9223372036854775808'");
	check_refused("{\"a\":1e309}",
	    "f.jsonl:1:10: not JSON: real number overflow near '1e309'");
	check_refused("{\"a\":NaN}",
	    "f.jsonl:1:8: not JSON: invalid token near 'NaN'");
	check_refused("{\"a\":01}",
	    "f.jsonl:1:6: not JSON: invalid token near '0'");
}

UNIT_TEST("jin: without a name messages have no place")
{
	struct jin j = {.name = NULL};
	struct err e = {0};
	int64_t n;

	CHECK_INT(jin_read(&j, "{\"a\":1}x", 8, &e), EX_DATAERR);
	CHECK_STR(e.msg, "not JSON: end of file expected near 'x'");
	CHECK_INT(j.column, 8);
	CHECK_INT(jin_read(&j, "{\"a\":true}", 10, &e), 0);
	CHECK_INT(jin_int(&j, "a", &n, &e), EX_DATAERR);
	CHECK_STR(e.msg, "a: expected a whole number, not true");
	jin_release(&j);
}

UNIT_TEST("jin: a NUL and text that is not UTF-8 are refused")
{
	struct jin j = {.name = "f.jsonl"};
	struct err e = {0};

	CHECK_INT(read_one(&j, "{\"a\":\"x\\u0000y\"}", &e), EX_DATAERR);
	CHECK_INT(read_one(&j, "{\"a\":\"\xff\"}", &e), EX_DATAERR);
	CHECK_INT(read_one(&j, "{\"a\":\"\xed\xa0\x80\"}", &e), EX_DATAERR);
	CHECK_INT(read_one(&j, "{\"a\":\"\\ud800\"}", &e), EX_DATAERR);
	jin_release(&j);
	j = (struct jin){.name = "f.jsonl"};
	CHECK_INT(jin_read(&j, "{\"a\":\0\"\"}", 9, &e), EX_DATAERR);
	jin_release(&j);
}

UNIT_TEST("jin: a message names the key and what was expected")
{
	struct jin j = {.name = "-"};
	struct err e = {0};
	const char *text;
	int64_t n;
	double x;
	bool yes;

	CHECK_INT(jin_read(&j, "{}\n", 3, &e), 0);
	CHECK_INT(jin_text(&j, "path", &text, &e), EX_DATAERR);
	CHECK_STR(e.msg, "standard input:1: path: the key is missing");
	CHECK_INT(read_one(&j,
		      "{\"i\":1.0,\"s\":[],\"b\":0,\"t\":\"2024-01-02\","
		      "\"n\":null,\"o\":{}}",
		      &e),
	    0);
	CHECK_INT(jin_int(&j, "i", &n, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:1: i: expected a whole number, not a number with a "
	    "fraction");
	CHECK_INT(jin_text(&j, "s", &text, &e), EX_DATAERR);
	CHECK_STR(e.msg, "f.jsonl:1: s: expected a string, not an array");
	CHECK_INT(jin_bool(&j, "b", &yes, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:1: b: expected true or false, not a whole number");
	CHECK_INT(jin_time(&j, "t", &n, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:1: t: expected a time as 2024-01-02T15:04:05Z, not "
	    "'2024-01-02'");
	CHECK_INT(jin_text(&j, "n", &text, &e), EX_DATAERR);
	CHECK_STR(e.msg, "f.jsonl:1: n: expected a string, not null");
	CHECK_INT(jin_double(&j, "o", &x, &e), EX_DATAERR);
	CHECK_STR(e.msg, "f.jsonl:1: o: expected a number, not an object");
	jin_release(&j);
}

UNIT_TEST("jin: a key inside an object is named by its path")
{
	struct jin j = {.name = "f.jsonl"}, a, b;
	struct err e = {0};
	int64_t n = 0;

	CHECK_INT(read_one(&j, "{\"a\":{\"b\":{\"c\":5}}}", &e), 0);
	CHECK_INT(jin_object(&j, "a", &a, &e), 0);
	CHECK_INT(jin_object(&a, "b", &b, &e), 0);
	CHECK(jin_int(&b, "c", &n, &e) == 0 && n == 5);
	CHECK_INT(jin_int(&b, "d", &n, &e), EX_DATAERR);
	CHECK_STR(e.msg, "f.jsonl:1: a.b.d: the key is missing");
	CHECK_INT(jin_object(&b, "c", &a, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:1: a.b.c: expected an object, not a whole number");
	jin_release(&b);
	jin_release(&j);
}

UNIT_TEST("jin: lines of a file, past one that is wrong")
{
	const char text[] = "{\"n\":1}\n\n{\"n\":3}";
	struct jin j = {.name = "f.jsonl"};
	struct in in;
	struct err e = {0};
	int64_t n = 0;

	scratch_put("f.jsonl", text, sizeof(text) - 1);
	if (!CHECK(in_open(&in, "f.jsonl", &e) == 0))
		return;
	CHECK_INT(jin_next(&j, &in, &e), 0);
	CHECK_INT(jin_next(&j, &in, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.jsonl:2:1: not JSON: unexpected token near end of file");
	CHECK_INT(jin_next(&j, &in, &e), 0);
	CHECK(jin_int(&j, "n", &n, &e) == 0 && n == 3);
	CHECK_INT(j.line, 3);
	CHECK_INT(jin_next(&j, &in, &e), IN_END);
	CHECK(!jin_has(&j, "n"));
	jin_release(&j);
	in_close(&in);
}

UNIT_TEST("jin: a line has at most 64 KiB")
{
	static char text[JIN_LINE_MAX + 1];
	struct jin j = {.name = "f.jsonl"};
	struct in in;
	struct err e = {0};

	memset(text, ' ', sizeof(text));
	memcpy(text, "{}", 2);
	text[JIN_LINE_MAX - 1] = '\n';
	scratch_put("f.jsonl", text, JIN_LINE_MAX);
	CHECK_INT(in_open(&in, "f.jsonl", &e), 0);
	CHECK_INT(jin_next(&j, &in, &e), 0);
	in_close(&in);
	text[JIN_LINE_MAX - 1] = ' ';
	scratch_put("f.jsonl", text, JIN_LINE_MAX + 1);
	CHECK_INT(in_open(&in, "f.jsonl", &e), 0);
	j.line = 0;
	CHECK_INT(jin_next(&j, &in, &e), IN_LONG);
	CHECK_STR(e.msg, "f.jsonl:1: line is longer than 65536 bytes");
	in_close(&in);
	jin_release(&j);
}
