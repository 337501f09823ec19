/* SPDX-License-Identifier: MIT */
/*
 * Makes up market bars, the same for the same arguments on every machine:
 *
 *	genbars ROWS [SEED [SYMBOLS [STEP]]]
 *
 * ROWS bars STEP seconds apart (60), from 2020-01-01 on, for each of SYMBOLS
 * instruments (0: one, without a column for its name).  Prices are whole cents
 * that walk at random, with a drift that changes every 512 bars.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

enum {
	FIRST_BAR = 1577836800, /* 2020-01-01 */
	DRIFT_BARS = 512,
	MIN_CENTS = 100,
	LOW_CENTS = 5000, /* below, the drift leans up; above HIGH, down */
	HIGH_CENTS = 20000
};

struct args {
	int64_t rows, seed, symbols, step_s;
};

struct walk {
	uint64_t random;
	int64_t cents;
	int64_t drift;
};

struct bar {
	int64_t open, high, low, close, volume;
};

/* SplitMix64. */
static uint64_t
next_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

/* A whole number from 0 to n - 1. */
static int64_t
pick(uint64_t random, int64_t n)
{
	return (int64_t)(random % (uint64_t)n);
}

static int64_t
at_least(int64_t min, int64_t x)
{
	return x < min ? min : x;
}

static void
next_bar(struct walk *w, int64_t number, struct bar *b)
{
	int64_t reach, x;
	uint64_t r;

	if (number % DRIFT_BARS == 0)
		w->drift = pick(next_random(&w->random), 7) - 3 +
		    (w->cents < LOW_CENTS) - (w->cents > HIGH_CENTS);
	r = next_random(&w->random);
	reach = w->cents / 2000 + 1;
	x = at_least(MIN_CENTS, w->cents + pick(r & 0xff, 3) - 1);
	*b = (struct bar){.open = x, .high = x, .low = x};
	for (int i = 0; i < 4; i++) {
		x += pick(r >> (8 + 12 * i) & 0xfff, 2 * reach + 1) - reach;
		if (i == 3 && number % 4 == 0)
			x += w->drift;
		x = at_least(MIN_CENTS, x);
		b->high = x > b->high ? x : b->high;
		b->low = x < b->low ? x : b->low;
	}
	b->close = w->cents = x;
	b->volume = 100 + pick(next_random(&w->random), 9900);
}

static void
print_price(int64_t cents)
{
	printf("%" PRId64 ".%02" PRId64 ",", cents / 100, cents % 100);
}

static void
print_bar(const char *timestamp, int64_t symbol, const struct bar *b)
{
	printf("%s,", timestamp);
	if (symbol >= 0)
		printf("S%03" PRId64 ",", symbol);
	print_price(b->open);
	print_price(b->high);
	print_price(b->low);
	print_price(b->close);
	printf("%" PRId64 "\n", b->volume);
}

static void
print_all(const struct args *a, struct walk *walks, int64_t n)
{
	bool named = a->symbols > 0;

	printf("timestamp,%sopen,high,low,close,volume\n",
	    named ? "symbol," : "");
	for (int64_t i = 0; i < a->rows && !ferror(stdout); i++) {
		time_t t = FIRST_BAR + i * a->step_s;
		char timestamp[32];
		struct tm tm;

		gmtime_r(&t, &tm);
		strftime(timestamp, sizeof(timestamp), "%Y-%m-%d %H:%M:%S",
		    &tm);
		for (int64_t k = 0; k < n; k++) {
			struct bar b;

			next_bar(&walks[k], i, &b);
			print_bar(timestamp, named ? k : -1, &b);
		}
	}
}

static bool
read_args(struct args *a, int argc, char **argv)
{
	static const int64_t most[] = {100000000000, INT64_MAX, 999, 86400};
	int64_t value[] = {1000, 1, 0, 60};

	if (argc > 5)
		return false;
	for (int i = 1; i < argc; i++) {
		char *end;

		errno = 0;
		value[i - 1] = strtoll(argv[i], &end, 10);
		if (end == argv[i] || *end != '\0' || errno != 0 ||
		    value[i - 1] < 0 || value[i - 1] > most[i - 1])
			return false;
	}
	*a = (struct args){value[0], value[1], value[2], value[3]};
	return true;
}

int
main(int argc, char **argv)
{
	struct walk *walks;
	struct args a;
	int64_t n;

	if (!read_args(&a, argc, argv)) {
		fprintf(stderr,
		    "usage: genbars ROWS [SEED [SYMBOLS [STEP]]]\n");
		return EX_USAGE;
	}
	n = a.symbols > 0 ? a.symbols : 1;
	walks = calloc((size_t)n, sizeof(*walks));
	if (walks == NULL) {
		perror("genbars");
		return EX_OSERR;
	}
	for (int64_t k = 0; k < n; k++)
		walks[k] = (struct walk){.random = (uint64_t)a.seed +
			(uint64_t)k * UINT64_C(0xD1342543DE82EF95),
		    .cents = 10000};
	print_all(&a, walks, n);
	free(walks);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "genbars: standard output: %s\n",
		    strerror(errno));
		return EX_IOERR;
	}
	return EX_OK;
}
