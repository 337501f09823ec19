/* SPDX-License-Identifier: MIT */
/*
 * How long market data takes from a file into columns: rows, seconds of the
 * processor, and a sum of all columns that says whether two runs read the same.
 * With --cache it comes from the column cache in DIR, which is made once.  With
 * --bare nothing is added up, which takes as long as reading the cache does.
 * usage: csv [--bare] [--general | --scalar | --cache=DIR] [FILE]
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "market/bars.h"

/*
 * The row counts, and so do all bits of what stands there, but not which rows
 * came in one batch.
 */
static uint64_t
mix(const void *column, const struct batch *b)
{
	const uint64_t *p = column, first = (uint64_t)b->first;
	uint64_t sum = 0;

	for (size_t i = 0; i < b->n; i++)
		sum += p[i] ^ (first + i);
	return sum;
}

static uint64_t
add(uint64_t sum, const struct batch *b)
{
	sum += mix(b->ts_ns, b) + 3 * mix(b->volume, b);
	for (int k = 0; k < BATCH_PRICES; k++)
		sum += (uint64_t)(5 + 2 * k) * mix(b->price[k], b);
	return sum;
}

int
main(int argc, char **argv)
{
	struct cache_opts cache = {.full = 1};
	struct bars_opts opts = {0};
	struct err e = {0};
	struct batch batch;
	struct bars bars;
	uint64_t sum = 0;
	bool bare = argc > 1 && strcmp(argv[1], "--bare") == 0;
	int rc;

	argv += bare;
	argc -= bare;
	if (argc > 2 && strcmp(argv[1], "--general") == 0)
		opts.parser = BARS_GENERAL;
	if (argc > 2 && strcmp(argv[1], "--scalar") == 0)
		opts.parser = BARS_SCALAR;
	if (argc > 2 && strncmp(argv[1], "--cache=", 8) == 0) {
		cache.dir = argv[1] + 8;
		opts.cache = &cache;
	}
	rc = bars_open(&bars, argc > 1 ? argv[argc - 1] : "-", &opts, &e);
	if (rc != 0) {
		fprintf(stderr, "csv: %s\n", e.msg);
		return rc;
	}
	batch_init(&batch, BATCH_ROWS);
	while ((rc = bars_fill(&bars, &batch, &e)) == 0)
		sum = bare ? sum : add(sum, &batch);
	if (rc > 0)
		fprintf(stderr, "csv: %s\n", e.msg);
	printf("%lld rows %.4f s %016llx\n", (long long)bars.rows,
	    (double)clock() / CLOCKS_PER_SEC, (unsigned long long)sum);
	batch_release(&batch);
	bars_close(&bars);
	return rc > 0 ? rc : 0;
}
