/* SPDX-License-Identifier: MIT */
/* Tests of machine/stream, as machine/in reads by it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/sig.h"
#include "machine/in.h"
#include "machine/stream.h"
#include "scratch.h"
#include "unit.h"

/* "one\ntw" and "o\nthree", each compressed by gzip. */
static const char first[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\xcfK"
			    "\xe5*)\x07\x00\x8a\x0f\x3f\xea\x06\x00\x00\x00";
static const char second[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\xe7*"
			     "\xc9(JM\x05\x00\xfc\xef\xee\xc1\x07\x00\x00\x00";

/* All lines of the bytes in file ${name}, and what ended them. */
static int
read_all(const char *name, const struct buf *bytes, struct buf *text,
    struct err *e)
{
	struct in in;
	const char *line;
	size_t n;
	int rc;

	buf_reset(text);
	scratch_put(name, bytes->data, bytes->len);
	if (in_open(&in, name, e) != 0)
		return e->status;
	while ((rc = in_line(&in, 1000, &line, &n, e)) == 0) {
		buf_add(text, line, n);
		buf_char(text, '|');
	}
	in_close(&in);
	return rc;
}

UNIT_TEST("stream: members of a gzip file follow one another")
{
	struct buf bytes = {0}, text = {0};
	struct err e = {0};

	buf_add(&bytes, first, sizeof(first) - 1);
	buf_add(&bytes, second, sizeof(second) - 1);
	CHECK_INT(read_all("f", &bytes, &text, &e), IN_END);
	CHECK_STR(buf_text(&text), "one\n|two\n|three|");
	CHECK_INT(read_all("f.gz", &bytes, &text, &e), IN_END);
	CHECK_STR(buf_text(&text), "one\n|two\n|three|");
	buf_release(&bytes);
	buf_release(&text);
}

UNIT_TEST("stream: a gzip file that is cut anywhere is bad data")
{
	struct buf bytes = {0}, text = {0};
	struct err e = {0};

	buf_add(&bytes, first, sizeof(first) - 1);
	buf_add(&bytes, second, sizeof(second) - 1);
	for (bytes.len--; bytes.len > 0; bytes.len--) {
		e = (struct err){0};
		if (bytes.len == sizeof(first) - 1)
			continue;
		CHECK_INT(read_all("f.gz", &bytes, &text, &e), EX_DATAERR);
		CHECK(strncmp(e.msg, "f.gz: ", 6) == 0);
	}
	CHECK_INT(read_all("f.gz", &bytes, &text, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "f.gz: ends in .gz, but does not begin as gzip data do");
	buf_release(&bytes);
	buf_release(&text);
}

UNIT_TEST("stream: a bit that fell over is bad data, or changes nothing")
{
	struct buf bytes = {0}, text = {0};
	struct err e = {0};

	buf_add(&bytes, first, sizeof(first) - 1);
	/* The header's time, flags of compression and system say nothing. */
	for (size_t i = 10; i < bytes.len; i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes.data[i] = (char)(bytes.data[i] ^ (1 << bit));
			e = (struct err){0};
			/* Bits that fill the last byte mean nothing. */
			if (read_all("f", &bytes, &text, &e) != EX_DATAERR)
				CHECK_STR(buf_text(&text), "one\n|tw|");
			bytes.data[i] = (char)(bytes.data[i] ^ (1 << bit));
		}
	buf_str(&bytes, "more");
	CHECK_INT(read_all("f", &bytes, &text, &e), EX_DATAERR);
	CHECK_STR(e.msg, "f: damaged gzip data: incorrect header check");
	buf_release(&bytes);
	buf_release(&text);
}

UNIT_TEST("stream: what only begins like compressed data is plain")
{
	struct buf bytes = {0}, text = {0};
	struct err e = {0};

	buf_str(&bytes, "\x1f\x8b");
	CHECK_INT(read_all("f", &bytes, &text, &e), IN_END);
	CHECK_STR(buf_text(&text), "\x1f\x8b|");
	buf_reset(&bytes);
	buf_str(&bytes, "(\xb5/");
	CHECK_INT(read_all("f", &bytes, &text, &e), IN_END);
	CHECK_INT(read_all("f.zst", &bytes, &text, &e), EX_DATAERR);
	CHECK_INT(read_all("f.xz", &bytes, &text, &e), EX_DATAERR);
	buf_release(&bytes);
	buf_release(&text);
}

/* 16384 newlines, compressed by gzip. */
static const char newlines[] =
    "\x1f\x8b\x08\0\0\0\0\0\x02\x03\xed\xc1!\x01\0\0\0\xc3 \xbf\xfe\x81\x1f"
    "\xe3\x06(\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xe0m\xaa\x08\x86x\0@\0";

/* Read what little holds much, and be signalled at its start. */
static int
read_newlines(void)
{
	struct err e = {0};
	struct in in;
	const char *line;
	size_t n;
	int rc;

	if (in_open(&in, "newlines.gz", &e) != 0)
		return 1;
	rc = in_line(&in, 1000, &line, &n, &e);
	sig_catch();
	(void)raise(SIGTERM);
	while (rc == 0)
		rc = in_line(&in, 1000, &line, &n, &e);
	return rc == IN_SIGNAL && in.bytes <= (int64_t)IN_BLOCK ? 0 : 2;
}

UNIT_TEST("stream: a signal ends the reading of what little holds much")
{
	struct buf bytes = {0};

	for (int i = 0; i < 1000; i++)
		buf_add(&bytes, newlines, sizeof(newlines));
	scratch_put("newlines.gz", bytes.data, bytes.len);
	CHECK_INT(place_child(read_newlines), 0);
	buf_release(&bytes);
}
