/* SPDX-License-Identifier: MIT */
/*
 * Records a second through the one writer of records: equity records as a run
 * writes them, to standard output, and what that took of the processor to
 * standard error.
 * usage: rec [RECORDS] >/dev/null    (or | cat >/dev/null)
 */
#include "format/rec.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/when.h"

#define RECORDS 5000000

/* Minutes of a session that began here, and 390 of them a day. */
#define START (INT64_C(1577957400) * WHEN_SECOND)
#define MINUTES 390

struct account {
	num_i128 cash, position;
	int64_t equity; /* in units of 1e-4 */
};

/* A walk whose money has the decimals that prices and rates give it. */
static void
walk(struct account *a, uint64_t *state, int64_t bar)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;

	int64_t step = (int64_t)(*state >> 44) - (1 << 19);

	if (bar % 16 == 0) {
		a->cash += (num_i128)step * 1000000000000;
		a->position = (num_i128)(*state >> 58) * NUM_MONEY_ONE;
	}
	a->equity += step;
}

static void
put(struct rec *r, const struct account *a, int64_t bar)
{
	rec_begin(r, "equity");
	rec_time(r, "ts",
	    START + bar / MINUTES * WHEN_DAY +
		bar % MINUTES * 60 * WHEN_SECOND);
	rec_int(r, "bar", bar);
	rec_scaled(r, "cash", a->cash, NUM_MONEY_SCALE);
	rec_scaled(r, "position", a->position, NUM_MONEY_SCALE);
	rec_double(r, "equity", (double)a->equity / 10000);
	rec_end(r);
}

static double
cpu_seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

int
main(int argc, char **argv)
{
	int64_t records = argc > 1 ? atoll(argv[1]) : RECORDS;
	struct account a = {.cash = 100000 * (num_i128)NUM_MONEY_ONE,
	    .equity = 1000000000};
	uint64_t state = 1;
	struct err e = {0};
	struct out out;
	struct rec r;
	int rc = out_open(&out, NULL, &e);

	if (rc != 0)
		return rc;
	rec_init(&r, &out);

	double start = cpu_seconds();

	for (int64_t bar = 0; bar < records; bar++) {
		walk(&a, &state, bar);
		put(&r, &a, bar);
	}
	rc = out_close(&out, &e);

	double took = cpu_seconds() - start;

	rec_release(&r);
	(void)fprintf(stderr, "%.2f million records/s, %.0f ns each\n",
	    (double)records / took / 1e6, took / (double)records * 1e9);
	return rc;
}
