/* SPDX-License-Identifier: MIT */
/*
 * Makes up strategies, the same for the same seed on every machine:
 *
 *	genrule SEED
 *
 * writes a rule to go in and one to go out, a line each, of all parts of the
 * language: what they trade matters little, that engines agree on it much.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/base.h"

static uint64_t state;

/* A number below ${n}: splitmix64 of S. Vigna. */
static unsigned
below(unsigned n)
{
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((z ^ z >> 31) % n);
}

static const char *
one_of(const char *const *words, size_t n)
{
	return words[below((unsigned)n)];
}

#define ONE_OF(words) one_of(words, QTE_COUNT(words))

static void truth(int depth);

static void
field(void)
{
	static const char *const words[] = {"open", "high", "low", "close",
	    "close", "volume", "hl2", "hlc3", "ohlc4", "bar", "hour", "weekday",
	    "1", "2.5", "0.001", "100", "7"};

	fputs(ONE_OF(words), stdout);
}

static unsigned
window(void)
{
	static const unsigned sizes[] = {1, 2, 3, 5, 10, 20, 30, 63, 64, 65,
	    100, 300};

	return sizes[below(QTE_COUNT(sizes))];
}

static void number(int depth);

/* A function over a window, of one series or of the bars. */
static void
windowed(int depth)
{
	static const char *const series[] = {"sma", "sma", "ema", "rma", "wma",
	    "kama", "stddev", "meandev", "highest", "lowest", "highestbars",
	    "lowestbars", "mom", "rsi", "roc", "zscore", "linreg", "vwma"};
	static const char *const bars[] = {"atr", "adx", "cci", "willr", "vwap",
	    "mfi", "plus_di"};

	if (below(4) == 0) {
		printf("%s(%u)", ONE_OF(bars), window());
		return;
	}
	printf("%s(", ONE_OF(series));
	number(depth - 1);
	printf(", %u)", window());
}

static void
operation(int depth)
{
	static const char *const operators[] = {"+", "-", "*", "/", "%"};

	fputs("(", stdout);
	number(depth - 1);
	printf(" %s ", ONE_OF(operators));
	number(depth - 1);
	fputs(")", stdout);
}

/* A function of conditions and of other numbers. */
static void
chosen(int depth)
{
	static const char *const pairs[] = {"max", "min", "nz"};

	switch (below(4)) {
	case 0:
		printf("%s(", ONE_OF(pairs));
		number(depth - 1);
		fputs(", ", stdout);
		break;
	case 1:
		fputs("valuewhen(", stdout);
		truth(depth - 1);
		fputs(", ", stdout);
		break;
	case 2:
		fputs("(", stdout);
		truth(depth - 1);
		fputs(" ? ", stdout);
		number(depth - 1);
		fputs(" : ", stdout);
		break;
	default:
		fputs("barssince(", stdout);
		truth(depth - 1);
		fputs(")", stdout);
		return;
	}
	number(depth - 1);
	fputs(")", stdout);
}

static void
number(int depth)
{
	unsigned kind = depth > 0 ? below(9) : 0;

	if (kind < 3)
		field();
	else if (kind < 6)
		windowed(depth);
	else if (kind == 6)
		operation(depth);
	else if (kind == 7)
		chosen(depth);
	else {
		fputs("(", stdout);
		number(depth - 1);
		printf(")[%u]", below(2) == 0 ? 1 : below(70));
	}
}

static void
two(const char *before, const char *between, const char *behind,
    void (*part)(int), int depth)
{
	fputs(before, stdout);
	part(depth - 1);
	fputs(between, stdout);
	part(depth - 1);
	fputs(behind, stdout);
}

static void
truth(int depth)
{
	static const char *const comparisons[] = {" < ", " <= ", " > ",
	    " >= ", " == ", " != "};
	static const char *const account[] = {"pos == 0", "bars_held > 3",
	    "pnl_pct > 1", "equity > 100000", "close > entry_price"};

	switch (depth > 0 ? below(8) : 0) {
	case 3:
		two("cross_above(", ", ", ")", number, depth);
		return;
	case 4:
		two("(", below(2) == 0 ? ") and (" : ") or (", ")", truth,
		    depth);
		return;
	case 5:
		fputs("not (", stdout);
		truth(depth - 1);
		fputs(")", stdout);
		return;
	case 6:
		fputs("(", stdout);
		truth(depth - 1);
		printf(")[%u]", below(70));
		return;
	case 7:
		fputs(ONE_OF(account), stdout);
		return;
	default:
		two("", ONE_OF(comparisons), "", number, depth);
		return;
	}
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		return EX_USAGE;
	state = strtoull(argv[1], NULL, 10);
	for (int rule = 0; rule < 2; rule++) {
		truth(1 + (int)below(3));
		putchar('\n');
	}
	return 0;
}
