/* SPDX-License-Identifier: MIT */
/* Tests of format/csvin. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "format/csvin.h"
#include "scratch.h"
#include "unit.h"

struct source {
	struct in in;
	struct csvin *csv;
	struct err e;
};

static void
open_bytes(struct source *s, const char *bytes, size_t n)
{
	scratch_put("t.csv", bytes, n);
	s->e = (struct err){0};
	if (in_open(&s->in, "t.csv", &s->e) != 0)
		abort();
	s->csv = csvin_new(&s->in, ',');
}

static void
open_text(struct source *s, const char *text)
{
	open_bytes(s, text, strlen(text));
}

static void
shut(struct source *s)
{
	csvin_free(s->csv);
	in_close(&s->in);
}

/* The next record as "LINE:COLUMN=TEXT|..."; what went wrong; or "end". */
static const char *
next(struct source *s)
{
	static struct buf b;
	int64_t line;
	size_t column;
	int rc = csvin_next(s->csv, &s->e);

	buf_reset(&b);
	if (rc == CSVIN_END)
		return "end";
	if (rc != 0) {
		buf_fmt(&b, "%s %s", csvin_fault_name(csvin_fault(s->csv)),
		    s->e.msg);
		return buf_text(&b);
	}
	for (size_t i = 0; i < csvin_count(s->csv); i++) {
		const struct csvin_field *f = csvin_field(s->csv, i);

		csvin_place(s->csv, i, &line, &column);
		buf_fmt(&b, "%s%lld:%zu=", i > 0 ? "|" : "", (long long)line,
		    column);
		buf_add(&b, f->text, f->len);
		CHECK_INT(strlen(f->text), f->len);
	}
	return buf_text(&b);
}

/* Hold the records of the text against the list, which ends in NULL. */
static void
expect(const char *text, const char *const *want)
{
	struct source s;

	open_text(&s, text);
	for (; *want != NULL; want++)
		CHECK_STR(next(&s), *want);
	CHECK_STR(next(&s), "end");
	CHECK_STR(next(&s), "end");
	shut(&s);
}

#define EXPECT(text, ...) expect(text, (const char *const[]){__VA_ARGS__, NULL})

static void
expect_judged(const char *text, const char *const *want)
{
	struct source s;
	size_t n;

	open_text(&s, text);
	csvin_judge(s.csv);
	for (; *want != NULL; want++) {
		int rc = csvin_next(s.csv, &s.e);
		const char *raw = csvin_raw(s.csv, &n);
		struct buf b = {0};

		CHECK(memcmp(raw, text + csvin_offset(s.csv), n) == 0);
		buf_fmt(&b, "%lld+%lld %s", (long long)csvin_line(s.csv),
		    (long long)csvin_offset(s.csv),
		    csvin_fault_name(csvin_fault(s.csv)));
		if (rc != 0)
			buf_fmt(&b, " at %zu", csvin_fault_at(s.csv));
		CHECK_STR(buf_text(&b), *want);
		buf_release(&b);
	}
	CHECK_INT(csvin_next(s.csv, &s.e), CSVIN_END);
	shut(&s);
}

#define EXPECT_JUDGED(text, ...) \
	expect_judged(text, (const char *const[]){__VA_ARGS__, NULL})

UNIT_TEST("csvin: who judges a file hears of every line")
{
	EXPECT_JUDGED("a,b\n\n1,2\n", "1+0 ok", "2+4 blank-line at 0",
	    "3+5 ok");
	EXPECT_JUDGED("a\nb\"\nc\rd\ne", "1+0 ok", "2+2 stray-quote at 1",
	    "3+5 lone-cr at 1", "4+9 ok");
}

UNIT_TEST("csvin: an unclosed quote gives way to the line behind it")
{
	EXPECT_JUDGED("a,b\n1,\"2\n3,4\n5,6\n", "1+0 ok",
	    "2+4 unclosed-quote at 2", "3+9 ok", "4+13 ok");
	EXPECT_JUDGED("a,b\n1,\"2\n3,\"4\"\n", "1+0 ok",
	    "2+4 unclosed-quote at 2", "3+9 ok");
	EXPECT_JUDGED("a,b\n1,\"2\n3,\"4", "1+0 ok", "2+4 unclosed-quote at 2",
	    "3+9 unclosed-quote at 2");
	EXPECT_JUDGED("a,b\n1,\"2\n\"\n3,\"x\"y\n", "1+0 ok", "2+4 ok",
	    "4+11 stray-quote at 5");
}

UNIT_TEST("csvin: records and fields come with their places")
{
	EXPECT("a,bc,d\n1,,3\n", "1:1=a|1:3=bc|1:6=d", "2:1=1|2:3=|2:4=3");
	EXPECT(",\n", "1:1=|1:2=");
}

UNIT_TEST("csvin: CRLF, a missing last newline and blank lines are fine")
{
	EXPECT("a,b\r\n1,2\r\n", "1:1=a|1:3=b", "2:1=1|2:3=2");
	EXPECT("\n\r\na,b\n\n\n1,2", "3:1=a|3:3=b", "6:1=1|6:3=2");
	EXPECT("a,", "1:1=a|1:3=");
	EXPECT("\"\"", "1:1=");
	EXPECT("\"a\"\"",
	    "unclosed-quote t.csv:1:1: unclosed quote: opened "
	    "here, and the file ends before it closes");
}

UNIT_TEST("csvin: an empty file has no record")
{
	expect("", (const char *const[]){NULL});
	expect("\n\r\n\n", (const char *const[]){NULL});
	expect("\xef\xbb\xbf", (const char *const[]){NULL});
	expect("\xef\xbb\xbf\r\n", (const char *const[]){NULL});
}

UNIT_TEST("csvin: a byte-order mark is no part of the first field")
{
	EXPECT("\xef\xbb\xbf\"a,\",b\n1,2\n", "1:4=a,|1:9=b", "2:1=1|2:3=2");
	EXPECT("\xef\xbb\xbf\na\n", "2:1=a");
	EXPECT("a\n\xef\xbb\xbfz\n", "1:1=a", "2:1=\xef\xbb\xbfz");
}

UNIT_TEST("csvin: blanks belong to the field")
{
	EXPECT(" a , b\t\n \n", "1:1= a |1:5= b\t", "2:1= ");
}

UNIT_TEST("csvin: quotes keep delimiters, quotes and newlines")
{
	EXPECT("\"a,b\",\"c\"\"d\",\"\"\nx\n",
	    "1:1=a,b|1:7=c\"d|1:14=", "2:1=x");
	EXPECT("1,\"a\n\nb\",2\r\n3\n", "1:1=1|1:3=a\n\nb|3:4=2", "4:1=3");
	EXPECT("\"a\r\nb\rc\",\"\n\"\"\n\",z\n9\n",
	    "1:1=a\r\nb\rc|2:6=\n\"\n|4:3=z", "5:1=9");
}

UNIT_TEST("csvin: the place behind the last field is known too")
{
	struct source s;
	int64_t line;
	size_t column;

	open_text(&s, "\"a\nb\",cd\r\n1,2");
	CHECK(csvin_next(s.csv, &s.e) == 0);
	csvin_place(s.csv, 2, &line, &column);
	CHECK_INT(line, 2);
	CHECK_INT(column, 6);
	CHECK_INT(csvin_line(s.csv), 1);
	CHECK(!csvin_cut(s.csv));
	CHECK(csvin_next(s.csv, &s.e) == 0);
	csvin_place(s.csv, 2, &line, &column);
	CHECK_INT(line, 3);
	CHECK_INT(column, 4);
	CHECK(csvin_cut(s.csv));
	CHECK_INT(csvin_err(s.csv, 1, &s.e, "no %s", "good"), EX_DATAERR);
	CHECK_STR(s.e.msg, "t.csv:3:3: no good");
	shut(&s);
}

UNIT_TEST("csvin: a stray quote is placed, and the next line read")
{
	EXPECT("a,b\"c\",d\n1,2\n",
	    "stray-quote t.csv:1:4: stray quote: the field does not start "
	    "with one: b\"c\",d",
	    "2:1=1|2:3=2");
	EXPECT("a,\"b\"c\r\n1\n",
	    "stray-quote t.csv:1:6: stray quote: text follows the closing "
	    "quote: \"b\"c",
	    "2:1=1");
	EXPECT("\"a\" ,b\n1",
	    "stray-quote t.csv:1:4: stray quote: text follows the closing "
	    "quote: \"a\" ,b",
	    "2:1=1");
	EXPECT("x,\"a\nb\" c\n1",
	    "stray-quote t.csv:2:3: stray quote: text follows the closing "
	    "quote: \"a\\x0Ab\" c",
	    "3:1=1");
}

UNIT_TEST("csvin: a carriage return alone does not end a line")
{
	const char *const lone = "carriage return without a newline after it";
	char want[4][128];

	for (size_t i = 0; i < 4; i++)
		snprintf(want[i], sizeof(want[i]), "lone-cr t.csv:%d:%d: %s",
		    (int[]){1, 1, 2, 1}[i], (int[]){4, 1, 2, 4}[i], lone);
	EXPECT("a,b\r1,2\nx\n", want[0], "2:1=x");
	EXPECT("a,b\r\r\nx\n", want[0], "2:1=x");
	EXPECT("a,b\r", want[0]);
	EXPECT("\r", want[1]);
	EXPECT("\ra\nb\n", want[1], "2:1=b");
	EXPECT("a\nb\r", "1:1=a", want[2]);
	EXPECT("\"a\"\rb\nc", want[3], "2:1=c");
	EXPECT("\"a\rb\",c\rd\ne",
	    "lone-cr t.csv:1:8: carriage return without "
	    "a newline after it",
	    "2:1=e");
}

UNIT_TEST("csvin: an unclosed quote is placed where it opens")
{
	static const char *const why =
	    "unclosed quote: opened here, and the file ends before it closes";
	char want[128];

	snprintf(want, sizeof(want), "unclosed-quote t.csv:2:3: %s", why);
	EXPECT("a,b\n1,\"2\n3,4\n5,6\n", "1:1=a|1:3=b", want);
	EXPECT("a,b\n1,\"2\n3,4\n5,6", "1:1=a|1:3=b", want);
	EXPECT("a,b\n1,\"2\r", "1:1=a|1:3=b", want);
	EXPECT("a,b\n1,\"", "1:1=a|1:3=b", want);
	snprintf(want, sizeof(want), "unclosed-quote t.csv:3:4: %s", why);
	EXPECT("a,b\n\"1\n2\",\"x\n\n", "1:1=a|1:3=b", want);
}

UNIT_TEST("csvin: bytes that are no text are placed")
{
	struct source s;

	open_bytes(&s, "a,b\n1,\0\0\n2,3\n", 13);
	CHECK_STR(next(&s), "1:1=a|1:3=b");
	CHECK_STR(next(&s),
	    "nul-byte t.csv:2:3: NUL byte: the file is not plain text");
	CHECK_STR(next(&s), "3:1=2|3:3=3");
	shut(&s);

	EXPECT("a,b\n1,caf\xe9\n2,3\n\xc0\x80\n\xed\xa0\x80\n", "1:1=a|1:3=b",
	    "invalid-utf8 t.csv:2:6: byte 0xe9 is not valid UTF-8 here",
	    "3:1=2|3:3=3",
	    "invalid-utf8 t.csv:4:1: byte 0xc0 is not valid UTF-8 here",
	    "invalid-utf8 t.csv:5:1: byte 0xed is not valid UTF-8 here");
	EXPECT("\"a\nb\xff\",\"\nc\n\",d\ne", /* the quotes are forgotten */
	    "invalid-utf8 t.csv:2:2: byte 0xff is not valid UTF-8 here",
	    "3:1=c",
	    "unclosed-quote t.csv:4:1: unclosed quote: opened here, and the "
	    "file ends before it closes");
}

UNIT_TEST("csvin: UTF-16 is named")
{
	struct source s;

	open_bytes(&s,
	    "\xff\xfe"
	    "a\0,\0\n\0",
	    8);
	CHECK_STR(next(&s),
	    "invalid-utf8 t.csv:1:1: the file is UTF-16: "
	    "convert it to UTF-8 first");
	shut(&s);
	open_bytes(&s,
	    "\xfe\xff"
	    "\0a\0\n",
	    6);
	CHECK_STR(next(&s),
	    "invalid-utf8 t.csv:1:1: the file is UTF-16: "
	    "convert it to UTF-8 first");
	shut(&s);
	open_bytes(&s, "a\0,\0\n\0", 6);
	CHECK_STR(next(&s),
	    "nul-byte t.csv:1:2: NUL byte: the file is not "
	    "plain text, perhaps UTF-16");
	shut(&s);
}

/* A record of n bytes, in lines of width when it is quoted. */
static void
long_record(struct buf *b, size_t n, bool quoted, size_t width)
{
	size_t start = b->len;

	if (quoted)
		buf_char(b, '"');
	while (b->len - start < n - quoted)
		buf_char(b, width > 0 && b->len % width == 0 ? '\n' : '1');
	if (quoted)
		buf_char(b, '"');
}

static void
check_limit(bool quoted, size_t width)
{
	static const char *const newlines[] = {"\n", "\r\n", ""};
	struct source s;
	struct buf b = {0};

	for (size_t i = 0; i < QTE_COUNT(newlines); i++) {
		for (size_t over = 0; over < 2; over++) {
			buf_reset(&b);
			buf_str(&b, "x\n");
			long_record(&b, CSVIN_RECORD_MAX + over, quoted, width);
			buf_str(&b, newlines[i]);
			open_bytes(&s, b.data, b.len);
			CHECK(csvin_next(s.csv, &s.e) == 0);
			CHECK_INT(csvin_next(s.csv, &s.e),
			    over > 0 ? EX_DATAERR : 0);
			CHECK_INT(csvin_fault(s.csv),
			    over > 0 ? CSVIN_TOO_LONG : CSVIN_OK);
			if (over > 0)
				CHECK(strstr(s.e.msg,
					  "t.csv:2:1: record is "
					  "longer than 1048576"
					  " bytes") == s.e.msg);
			CHECK_INT(csvin_next(s.csv, &s.e), CSVIN_END);
			shut(&s);
		}
	}
	buf_release(&b);
}

UNIT_TEST("csvin: a record of 1 MiB is read, one of a byte more is not")
{
	check_limit(false, 0);
	check_limit(true, 0);
	check_limit(true, 7);
	check_limit(true, 1000);
}

/* A child that writes what never ends until nobody reads it. */
static pid_t
endless(int fds[2], const char *first, char then)
{
	static char block[65536];
	pid_t child;

	if (pipe(fds) != 0)
		abort();
	child = fork();
	if (child != 0) {
		close(fds[1]);
		return child;
	}
	close(fds[0]);
	signal(SIGPIPE, SIG_DFL);
	memset(block, then, sizeof(block));
	if (write(fds[1], first, strlen(first)) < 0)
		_exit(1);
	for (int i = 0; i < 16384; i++)
		if (write(fds[1], block, sizeof(block)) < 0)
			_exit(1);
	_exit(0);
}

static long
peak_kib(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static void
check_endless(const char *first, char then, const char *message)
{
	struct source s = {.in.name = "pipe"};
	int fds[2], status;
	long before = peak_kib();
	pid_t child = endless(fds, first, then);

	s.in.fd = fds[0];
	s.csv = csvin_new(&s.in, ',');
	while (csvin_next(s.csv, &s.e) == 0)
		continue;
	CHECK_STR(s.e.msg, message);
	CHECK_INT(csvin_next(s.csv, &s.e), CSVIN_END);
	CHECK(peak_kib() - before < 40 * 1024);
	shut(&s);
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
}

UNIT_TEST("csvin: what has no end is refused in bounded memory")
{
	check_endless("a\n", '1',
	    "pipe:2:1: record is longer than 1048576 bytes");
	check_endless("a\n", '\0',
	    "pipe:2:1: record is longer than 1048576 bytes");
	check_endless("a\nb,\"", '\n',
	    "pipe:2:3: record is longer than 1048576 bytes: is this quote "
	    "closed?");
	check_endless("a\n", ',',
	    "pipe:2:1: record is longer than 1048576 bytes");
}

UNIT_TEST("csvin: a record over many blocks of input is whole")
{
	struct source s;
	struct buf b = {0};
	int64_t line;
	size_t column;

	for (int i = 0; i < 200; i++) {
		buf_fmt(&b, "%d,", i);
		long_record(&b, 7001, true, 50);
		buf_str(&b, ",z\n");
	}
	open_bytes(&s, b.data, b.len);
	for (int i = 0; i < 200; i++) {
		if (!CHECK_INT(csvin_next(s.csv, &s.e), 0))
			break;
		CHECK_INT(csvin_count(s.csv), 3);
		CHECK_INT(strtol(csvin_field(s.csv, 0)->text, NULL, 10), i);
		CHECK_INT(csvin_field(s.csv, 1)->len, 6999);
		csvin_place(s.csv, 2, &line, &column);
		CHECK(line > csvin_line(s.csv));
	}
	CHECK_INT(csvin_next(s.csv, &s.e), CSVIN_END);
	shut(&s);
	buf_release(&b);
}

UNIT_TEST("csvin: another delimiter")
{
	struct source s;

	open_text(&s, "a;b,c;\"d;\"\n");
	csvin_free(s.csv);
	s.csv = csvin_new(&s.in, ';');
	CHECK_STR(next(&s), "1:1=a|1:3=b,c|1:7=d;");
	shut(&s);
}

UNIT_TEST("csvin: text is shown whole, or cut at a character")
{
	char to[CSVIN_SHOWN_SIZE];
	char text[64];

	CHECK_STR(csvin_show("abc", 2, to), "ab");
	CHECK_STR(csvin_show("", 0, to), "");
	memset(text, 'x', sizeof(text));
	CHECK_INT(strlen(csvin_show(text, 40, to)), 40);
	CHECK(strchr(to, '.') == NULL);
	CHECK_INT(strlen(csvin_show(text, 41, to)), 43);
	CHECK_STR(to + 38, "xx...");
	for (size_t i = 0; i < 3; i++)
		text[39 + i] = "\xe2\x82\xac"[i];
	CHECK_STR(csvin_show(text, 64, to) + 37, "xx...");
}

UNIT_TEST("csvin: after the end the place is the start of the last record")
{
	struct source s;
	int64_t line;
	size_t column;

	open_text(&s, "\xef\xbb\xbfone\n");
	CHECK_INT(csvin_next(s.csv, &s.e), 0);
	CHECK_INT(csvin_next(s.csv, &s.e), CSVIN_END);
	csvin_place(s.csv, 0, &line, &column);
	CHECK_INT(line, 1);
	CHECK_INT(column, 1);
	shut(&s);
}
