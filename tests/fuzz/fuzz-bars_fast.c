/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as market data, in blocks of any size: what reads plain rows, with
 * vectors or without, and what reads all rows hand out the same.  The first
 * four bytes say how: options, rows of a batch, size of the blocks.
 */
#include <assert.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "market/bars.h"

/* Blocks that wait in a socket without the writer having to. */
#define BLOCKS 32

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct input {
	const uint8_t *how;
	const uint8_t *bytes;
	size_t n;
};

/* Standard input hands out one block after the other. */
static void
feed(const struct input *in)
{
	size_t block = in->n / BLOCKS + 1 + in->how[2], at = 0;
	int pair[2];

	assert(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair) == 0);
	while (at < in->n) {
		size_t n = in->n - at < block ? in->n - at : block;

		assert(write(pair[1], in->bytes + at, n) == (ssize_t)n);
		at += n;
		block = block * (in->how[3] | 1) % 509 + in->n / BLOCKS + 1;
	}
	assert(dup2(pair[0], STDIN_FILENO) == STDIN_FILENO);
	close(pair[0]);
	close(pair[1]);
}

static void
note(struct buf *log, const void *p, size_t n)
{
	buf_add(log, p, n);
}

static void
note_batch(struct buf *log, const struct batch *b)
{
	assert(b->n > 0 && b->n <= b->cap && b->before <= b->n);
	note(log, &b->n, sizeof(b->n));
	note(log, &b->any_loose, sizeof(b->any_loose));
	note(log, &b->scale, sizeof(b->scale));
	note(log, &b->before, sizeof(b->before));
	note(log, &b->first, sizeof(b->first));
	note(log, b->ts_ns, b->n * sizeof(b->ts_ns[0]));
	for (int k = 0; k < BATCH_PRICES; k++)
		note(log, b->price[k], b->n * sizeof(b->price[k][0]));
	note(log, b->volume, b->n * sizeof(b->volume[0]));
	note(log, b->line, b->n * sizeof(b->line[0]));
	note(log, b->loose, b->n);
}

static void
note_end(struct buf *log, const struct bars *b, int rc, const struct err *e)
{
	note(log, &rc, sizeof(rc));
	note(log, &b->rows, sizeof(b->rows));
	note(log, b->skipped, sizeof(b->skipped));
	note(log, &b->outside, sizeof(b->outside));
	note(log, &b->before, sizeof(b->before));
	note(log, &b->warmup, sizeof(b->warmup));
	note(log, &b->exact, sizeof(b->exact));
	buf_str(log, b->symbol);
	buf_str(log, rc > 0 ? e->msg : "");
}

/* All that the parser says of the input. */
static struct buf
read_all(const struct input *in, enum bars_parser parser)
{
	struct bars_opts opts = {.parser = parser,
	    .skip = (in->how[0] & 1) != 0,
	    .symbol = (in->how[0] & 2) != 0 ? "A" : NULL,
	    .delimiter = (in->how[0] & 4) != 0 ? ';' : ','};
	struct buf log = {0};
	struct err e = {0};
	struct batch batch;
	struct bars bars;
	int rc;

	if ((in->how[0] & 8) != 0)
		opts.range = (struct range_opts){.has_from = true,
		    .from_ns = INT64_C(1577923200000000000),
		    .warmup = in->how[0] >> 6};
	if ((in->how[0] & 16) != 0) {
		opts.range.has_to = true;
		opts.range.to_ns = INT64_C(1578009600000000000);
	}
	feed(in);
	rc = bars_open(&bars, "-", &opts, &e);
	if (rc != 0) {
		buf_str(&log, e.msg);
		return log;
	}
	batch_init(&batch, 1 + in->how[1] % 64);
	while ((rc = bars_fill(&bars, &batch, &e)) == 0)
		note_batch(&log, &batch);
	assert(batch.n == 0);
	note_end(&log, &bars, rc, &e);
	batch_release(&batch);
	bars_close(&bars);
	return log;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const enum bars_parser others[] = {BARS_FAST, BARS_SCALAR};
	struct input in = {bytes, bytes + 4, n - 4};
	struct buf general, log;

	if (n < 4)
		return 0;
	general = read_all(&in, BARS_GENERAL);
	for (size_t i = 0; i < QTE_COUNT(others); i++) {
		log = read_all(&in, others[i]);
		assert(log.len == general.len &&
		    memcmp(log.data, general.data, log.len) == 0);
		buf_release(&log);
	}
	buf_release(&general);
	return 0;
}
