/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file under check, in blocks of any size: what is found is the
 * same whether plain rows are read many at a time or not, each place is one of
 * the file, and no line is lost.  The first four bytes say how: the kind, the
 * options, the size of the blocks.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "file.h"
#include "market/calendar.h"
#include "report.h"

/* Blocks that wait in a socket without the writer having to. */
#define BLOCKS 32

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Standard input hands out one block after the other. */
static void
feed(const uint8_t *how, const uint8_t *bytes, size_t n)
{
	size_t block = n / BLOCKS + 1 + how[2], at = 0;
	int pair[2];

	assert(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	while (at < n) {
		size_t part = n - at < block ? n - at : block;

		assert(write(pair[1], bytes + at, part) == (ssize_t)part);
		at += part;
		block = block * (how[3] | 1) % 509 + n / BLOCKS + 1;
	}
	assert(dup2(pair[0], STDIN_FILENO) == STDIN_FILENO);
	close(pair[0]);
	close(pair[1]);
}

static void
set_up(const uint8_t *how, struct options *o, struct report_opts *r)
{
	*o = (struct options){.profile = (how[0] & 0x3f) % (PROFILE_CSV + 1),
	    .delimiter = (how[1] & 1) != 0 ? ';' : ',',
	    .split_bad = (how[1] & 2) != 0 ? "split" : NULL,
	    .max_per_rule = how[1] >> 4,
	    .max_move = 200000000,
	    .jobs = 1};
	if ((how[0] & 0x40) != 0)
		o->max_age =
		    (struct options_span){.given = true, .ns = 3 * WHEN_DAY};
	options_report(o, INT64_C(1600000000000000000), r);
	r->text = (how[1] & 4) != 0;
	r->reproducible = true;
}

/* Check the file, and return what was written; the caller closes it. */
static struct out
check(const uint8_t *how, const uint8_t *bytes, size_t n, int parser)
{
	struct calendar calendar;
	struct options o;
	struct report_opts opts;
	struct out out;
	struct err e = {0};
	struct check c = {.options = &o,
	    .report_opts = &opts,
	    .out = &out,
	    .calendar = &calendar,
	    .now_ns = INT64_C(1600000000000000000)};
	int rc;

	set_up(how, &o, &opts);
	o.parser = parser;
	assert((how[0] & 0x80) == 0 ||
	    zone_open(&o.zone, "Europe/London", &e) == 0);
	calendar_init(&calendar);
	assert(calendar_settle(&calendar, &o.zone, &e) == 0);
	assert(out_open(&out, "/dev/null", &e) == 0);
	feed(how, bytes, n);
	c.report = report_new(&opts);
	report_stream(c.report, &out, &out);
	rc = file_check(&c, "-", &e);
	assert(rc == 0 || rc == EX_UNAVAILABLE);
	report_free(c.report);
	calendar_release(&calendar);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct err e = {0};
	struct out fast, general;

	if (n < 4)
		return 0;
	fast = check(bytes, bytes + 4, n - 4, PARSER_FAST);
	general = check(bytes, bytes + 4, n - 4, PARSER_GENERAL);
	assert(fast.len == general.len);
	assert(memcmp(fast.data, general.data, fast.len) == 0);
	assert(out_close(&fast, &e) == 0);
	assert(out_close(&general, &e) == 0);
	return 0;
}
