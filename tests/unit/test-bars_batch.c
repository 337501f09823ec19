/* SPDX-License-Identifier: MIT */
/* Tests of market/bars: batches of rows. */
#include <unistd.h>

#include "base/when.h"
#include "reading.h"

/* Standard input is what is written to the descriptor that this returns. */
static int
open_pipe(struct bars *b)
{
	static const struct bars_opts opts = {.skip = false};
	struct err e = {0};
	int fds[2];

	if (!CHECK_INT(pipe(fds), 0) || !CHECK_INT(dup2(fds[0], 0), 0))
		return -1;
	close(fds[0]);
	CHECK_INT(write(fds[1], HEADER, strlen(HEADER)), strlen(HEADER));
	CHECK_INT(bars_open(b, "-", &opts, &e), 0);
	return fds[1];
}

static void
put(int fd, const char *text)
{
	CHECK_INT(write(fd, text, strlen(text)), strlen(text));
}

UNIT_TEST("bars: a batch does not wait for the rest of a row")
{
	struct bars b;
	struct batch batch;
	struct err e = {0};
	int fd = open_pipe(&b);

	if (fd < 0)
		return;
	batch_init(&batch, 8);
	put(fd, "2020-01-01,1,1,1,1,1\n2020-01-02,1,1,1,1,1\n\n2020-01-03,1");
	CHECK_INT(bars_fill(&b, &batch, &e), 0);
	CHECK_INT(batch.n, 2);
	put(fd, ",1,1,1,1\n2020-01-04,1,1,1,1,\"1\n");
	CHECK_INT(bars_fill(&b, &batch, &e), 0);
	CHECK_INT(batch.n, 1);
	CHECK_INT(batch.line[0], 5);
	CHECK_INT(b.rows, 3);
	put(fd, "\"\n");
	close(fd);
	CHECK_INT(bars_fill(&b, &batch, &e), EX_DATAERR);
	CHECK_STR(e.msg,
	    "standard input:6:20: volume '1\\x0A' is not a number");
	CHECK_INT(batch.n, 0);
	batch_release(&batch);
	bars_close(&b);
}

UNIT_TEST("bars: rows before a bad one are handed out, then its error")
{
	static const struct bars_opts opts = {.skip = false};
	static const char text[] = HEADER "2020-01-01,1,1,1,1,1\n"
					  "2020-01-02,1.25,2,1,1.5,1\n"
					  "2020-01-03,1,2,1,1.0000000001,0.5\n"
					  "2020-01-04,1,2,1,x,1\n";
	struct batch batch;
	struct bars b;
	struct bar bar;
	struct err e = {0}, other = {0};

	scratch_put("t.csv", text, strlen(text));
	batch_init(&batch, 8);
	if (!CHECK_INT(bars_open(&b, "t.csv", &opts, &e), 0))
		return;
	CHECK_INT(bars_fill(&b, &batch, &e), 0);
	CHECK_INT(batch.n, 3);
	CHECK_INT(batch.scale, 2);
	CHECK_INT(batch.first, 0);
	CHECK(batch.any_loose && !b.exact);
	CHECK_INT(batch.loose[1], 0);
	CHECK_INT(batch.loose[2], 1 << BATCH_CLOSE);
	CHECK_INT(batch.price[BATCH_OPEN][1], 1250000000);
	batch_bar(&batch, 2, &bar);
	CHECK(!bar.close.exact && bar.high.exact);
	CHECK_DBL(bar.close.value, 1.0000000001);
	CHECK_DBL(bar.volume, 0.5);
	err_set(&other, EX_DATAERR, "what");
	bars_wrap_row(&b, &batch, 2, &other);
	CHECK_STR(other.msg, "t.csv:4:1: what");
	CHECK_INT(bars_fill(&b, &batch, &e), EX_DATAERR);
	CHECK_STR(e.msg, "t.csv:5:18: close 'x' is not a number");
	CHECK_INT(batch.n, 0);
	batch_release(&batch);
	bars_close(&b);
}

UNIT_TEST("bars: a batch numbers its rows from the range on")
{
	static const struct bars_opts opts = {
	    .range = {.has_from = true, .from_ns = 3 * WHEN_DAY, .warmup = 2}};
	static const char text[] =
	    HEADER "1970-01-01,1,1,1,1,1\n1970-01-02,1,1,1,1,2\n"
		   "1970-01-03,1,1,1,1,3\n1970-01-04,1,1,1,1,4\n"
		   "1970-01-05,1,1,1,1,5\n";
	struct batch batch;
	struct bars b;
	struct err e = {0};

	scratch_put("t.csv", text, strlen(text));
	batch_init(&batch, 3);
	if (!CHECK_INT(bars_open(&b, "t.csv", &opts, &e), 0))
		return;
	CHECK_INT(bars_fill(&b, &batch, &e), 0);
	CHECK_INT(batch.n, 3);
	CHECK_INT(batch.before, 2);
	CHECK_INT(batch.first, -2);
	CHECK_INT(batch.line[0], 3);
	CHECK_INT(b.outside, 3);
	CHECK_INT(bars_fill(&b, &batch, &e), 0);
	CHECK_INT(batch.n, 1);
	CHECK_INT(batch.first, 1);
	CHECK_INT(batch.before, 0);
	CHECK_INT(b.warmup, 2);
	CHECK_INT(bars_fill(&b, &batch, &e), BARS_END);
	batch_release(&batch);
	bars_close(&b);
}
