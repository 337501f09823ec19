/* SPDX-License-Identifier: MIT */
/*
 * How long market data takes from a file into columns: rows, seconds of the
 * processor, and a sum of all columns that says whether two runs read the same.
 * usage: csv [--general | --scalar] [FILE]
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "market/bars.h"

/* The place counts, and so do all bits of what stands there. */
static uint64_t
mix(uint64_t sum, const void *column, size_t n)
{
	const uint64_t *p = column;

	uint64_t part = 0;

	for (size_t i = 0; i < n; i++)
		part += p[i] ^ i;
	return sum * 31 + part;
}

static uint64_t
add(uint64_t sum, const struct batch *b)
{
	sum = mix(sum, b->ts_ns, b->n);
	sum = mix(sum, b->volume, b->n);
	for (int k = 0; k < BATCH_PRICES; k++)
		sum = mix(sum, b->price[k], b->n);
	return sum;
}

int
main(int argc, char **argv)
{
	struct bars_opts opts = {0};
	struct err e = {0};
	struct batch batch;
	struct bars bars;
	uint64_t sum = 0;
	int rc;

	if (argc > 2 && strcmp(argv[1], "--general") == 0)
		opts.parser = BARS_GENERAL;
	if (argc > 2 && strcmp(argv[1], "--scalar") == 0)
		opts.parser = BARS_SCALAR;
	rc = bars_open(&bars, argc > 1 ? argv[argc - 1] : "-", &opts, &e);
	if (rc != 0) {
		fprintf(stderr, "csv: %s\n", e.msg);
		return rc;
	}
	batch_init(&batch, BATCH_ROWS);
	while ((rc = bars_fill(&bars, &batch, &e)) == 0)
		sum = add(sum, &batch);
	if (rc > 0)
		fprintf(stderr, "csv: %s\n", e.msg);
	printf("%lld rows %.4f s %016llx\n", (long long)bars.rows,
	    (double)clock() / CLOCKS_PER_SEC, (unsigned long long)sum);
	batch_release(&batch);
	bars_close(&bars);
	return rc > 0 ? rc : 0;
}
