/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as market data: what comes out is in order, finite, and within its
 * own range; strict and skipping agree until the first fault.
 */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "market/bars.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static double
checked_price(const struct bars_price *p)
{
	double value = bars_price_value(p);

	assert(!p->exact || p->units > 0);
	assert(isfinite(value) && value > 0);
	return value;
}

static void
check_bar(const struct bar *bar)
{
	double open = checked_price(&bar->open), low = checked_price(&bar->low);
	double high = checked_price(&bar->high);
	double close = checked_price(&bar->close);

	assert(low <= open && open <= high);
	assert(low <= close && close <= high);
	assert(isfinite(bar->volume) && bar->volume >= 0);
	assert(!signbit(bar->volume));
}

/* Read everything; return how many bars there were. */
static int64_t
read_all(const char *path, const struct bars_opts *opts, int *rc)
{
	struct bars b;
	struct bar bar;
	struct err e = {0};
	int64_t n = 0, skipped = 0, before = 0;

	*rc = bars_open(&b, path, opts, &e);
	if (*rc != 0) {
		assert(*rc == EX_DATAERR && e.msg[0] == '/');
		return 0;
	}
	while ((*rc = bars_next(&b, &bar, &e)) == 0) {
		check_bar(&bar);
		assert(b.symbol != NULL && b.symbol[0] != '\0');
		assert(n == 0 || bar.ts_ns > before);
		before = bar.ts_ns;
		n++;
	}
	assert(*rc == BARS_END || *rc == EX_DATAERR);
	assert(*rc == EX_DATAERR ? e.msg[0] == '/' : n > 0);
	for (size_t i = 0; i < BARS_FAULTS; i++)
		skipped += b.skipped[i];
	assert(n + skipped <= b.rows);
	assert(opts->skip || skipped == 0);
	if (*rc == BARS_END && opts->symbol == NULL)
		assert(n + skipped == b.rows);
	bars_close(&b);
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct bars_opts strict = {0}, skip = {.skip = true};
	static const struct bars_opts one = {.skip = true, .symbol = "A"};
	char path[64];
	int rc, rc_skip, rc_one;
	int64_t bars, bars_skip;
	FILE *file = tmpfile();

	assert(file != NULL && write(fileno(file), bytes, n) == (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(file));
	bars = read_all(path, &strict, &rc);
	bars_skip = read_all(path, &skip, &rc_skip);
	assert(bars_skip >= bars);
	if (rc == BARS_END)
		assert(rc_skip == BARS_END && bars_skip == bars);
	read_all(path, &one, &rc_one);
	fclose(file);
	return 0;
}
