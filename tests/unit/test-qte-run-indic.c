/* SPDX-License-Identifier: MIT */
/* Tests of the indicators: by hand, and against each definition worked out anew
 * over the whole series. */
#include "rule.h"
#include "unit.h"

#define BARS 400
#define TOLERANCE 1e-12

struct series {
	int64_t units[BARS]; /* of the close, 1e-9 */
	double value[BARS];
	int n;
};

static void
series_of(struct series *s, int n, const double *closes)
{
	s->n = n;
	for (int i = 0; i < n; i++) {
		s->value[i] = closes[i];
		s->units[i] = llround(closes[i] * 1e9);
	}
}

/* Cents that walk at random, so that equal means are common. */
static void
series_random(struct series *s, uint64_t seed, int64_t start, int64_t reach)
{
	int64_t cents = start;

	s->n = BARS;
	for (int i = 0; i < BARS; i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1;
		cents += (int64_t)(seed >> 33) % (2 * reach + 1) - reach;
		cents = cents < 1 ? 1 : cents;
		s->units[i] = cents * 10000000;
		s->value[i] = (double)cents / 100;
	}
}

/* ${text} over the series, of which each bar has but one price. */
static void
run(const char *text, const struct series *s, double *got)
{
	struct rule r = {0};

	rule_open_number(&r, text);
	CHECK(r.rc == 0);
	for (int i = 0; r.rc == 0 && i < s->n; i++) {
		struct bar bar =
		    rule_bar((struct bars_price){true, {.units = s->units[i]}});

		(void)rule_step(&r, &bar);
		got[i] = rule_double(&r);
	}
	rule_close(&r);
}

static bool
near(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b);
	return fabs(a - b) <= TOLERANCE * fmax(1, fmax(fabs(a), fabs(b)));
}

/* Checks ${text} over a series against ${want}. */
static void
compare(const char *text, const struct series *s, const double *want)
{
	double got[BARS];

	run(text, s, got);
	for (int i = 0; i < s->n; i++) {
		if (near(got[i], want[i]))
			continue;
		printf("# %s at bar %d: got %.17g, want %.17g\n", text, i,
		    got[i], want[i]);
		CHECK(false);
		return;
	}
}

#define GONE ((double)NAN)
#define BY_HAND(text, ...)                           \
	by_hand(text, (const double[]){__VA_ARGS__}, \
	    sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static struct series hand;

static void
by_hand(const char *text, const double *want, size_t n)
{
	CHECK_INT(n, hand.n);
	compare(text, &hand, want);
}

UNIT_TEST("indic: by hand, means and extremes")
{
	series_of(&hand, 6, (const double[]){2, 4, 6, 8, 10, 1});
	BY_HAND("sma(close,1)", 2, 4, 6, 8, 10, 1);
	BY_HAND("sma(close,3)", GONE, GONE, 4, 6, 8, 19.0 / 3);
	BY_HAND("ema(close,1)", 2, 4, 6, 8, 10, 1);
	BY_HAND("ema(close,3)", GONE, GONE, 4, 6, 8, 4.5);
	BY_HAND("highest(close,2)", GONE, 4, 6, 8, 10, 10);
	BY_HAND("lowest(close,2)", GONE, 2, 4, 6, 8, 1);
	BY_HAND("lowest(close,6)", GONE, GONE, GONE, GONE, GONE, 1);
	BY_HAND("highest(close,2)[1]", GONE, GONE, 4, 6, 8, 10);
	BY_HAND("sma(close,7)", GONE, GONE, GONE, GONE, GONE, GONE);
}

UNIT_TEST("indic: by hand, rsi with its averages of rises and falls")
{
	/* Changes 1 -1 2 0 -3; U .5 1.25 .625 .3125, D .5 .25 .125 1.5625. */
	series_of(&hand, 6, (const double[]){10, 11, 10, 12, 12, 9});
	BY_HAND("rsi(close,2)", GONE, GONE, 50, 125 / 1.5, 62.5 / 0.75,
	    31.25 / 1.875);
	BY_HAND("rsi(close,1)", GONE, 100, 0, 100, 50, 0);
}

UNIT_TEST("indic: by hand, rsi is 50 when nothing moves, 100 and 0 one way")
{
	series_of(&hand, 4, (const double[]){5, 5, 5, 5});
	BY_HAND("rsi(close,2)", GONE, GONE, 50, 50);
	series_of(&hand, 4, (const double[]){5, 6, 6, 7});
	BY_HAND("rsi(close,2)", GONE, GONE, 100, 100);
	series_of(&hand, 4, (const double[]){5, 4, 4, 3});
	BY_HAND("rsi(close,2)", GONE, GONE, 0, 0);
}

UNIT_TEST("indic: by hand, deviation and bands")
{
	series_of(&hand, 8, (const double[]){2, 4, 4, 4, 5, 5, 7, 9});
	BY_HAND("stddev(close,8)", GONE, GONE, GONE, GONE, GONE, GONE, GONE, 2);
	BY_HAND("stddev(close,1)", 0, 0, 0, 0, 0, 0, 0, 0);
	BY_HAND("bbands(close,8,2).upper", GONE, GONE, GONE, GONE, GONE, GONE,
	    GONE, 9);
	BY_HAND("bbands(close,8,2).mid", GONE, GONE, GONE, GONE, GONE, GONE,
	    GONE, 5);
	BY_HAND("bbands(close,8,1.5).lower", GONE, GONE, GONE, GONE, GONE, GONE,
	    GONE, 2);
}

UNIT_TEST("indic: by hand, macd, its signal and what is between them")
{
	series_of(&hand, 4, (const double[]){3, 6, 9, 6});
	BY_HAND("macd(1,2,2).macd", GONE, 1.5, 1.5, -0.5);
	BY_HAND("macd(1,2,2).signal", GONE, GONE, 1.5, 1.5 - 4.0 / 3);
	BY_HAND("macd(1,2,2).hist", GONE, GONE, 0, -0.5 - (1.5 - 4.0 / 3));
}

UNIT_TEST("indic: each is valid from its first bar on, and not before")
{
	static const struct {
		const char *text;
		int first;
	} table[] = {
	    {"sma(close,1)", 0},
	    {"sma(close,5)", 4},
	    {"ema(close,1)", 0},
	    {"ema(close,5)", 4},
	    {"rsi(close,1)", 1},
	    {"rsi(close,5)", 5},
	    {"stddev(close,5)", 4},
	    {"highest(high,5)", 4},
	    {"lowest(low,5)", 4},
	    {"highest(high,5)[1]", 5},
	    {"bbands(close,5,2).upper", 4},
	    {"bbands(close,5,2).mid", 4},
	    {"bbands(close,5,2).lower", 4},
	    {"macd(3,7,4).macd", 6},
	    {"macd(3,7,4).signal", 9},
	    {"macd(3,7,4).hist", 9},
	    {"macd(7,3,4).macd", 6},
	    {"sma(sma(close,3),4)", 5},
	    {"ema(sma(close,3),4)", 5},
	    {"rsi(sma(close,3),4)", 6},
	    {"stddev(ema(close,3),4)", 5},
	    {"highest(rsi(close,3),4)", 6},
	};
	double got[BARS];
	struct series s;

	series_random(&s, 1, 10000, 50);
	for (size_t i = 0; i < QTE_COUNT(table); i++) {
		int first = 0;

		run(table[i].text, &s, got);
		while (first < s.n && isnan(got[first]))
			first++;
		if (first != table[i].first)
			printf("# %s\n", table[i].text);
		CHECK_INT(first, table[i].first);
		for (int k = first; k < s.n; k++)
			CHECK(!isnan(got[k]));
	}
}

/* What the definitions say, over whole series. */

static void
naive_sma(const struct series *s, int n, double *to)
{
	for (int i = 0; i < s->n; i++) {
		long double sum = 0;

		for (int k = i - n + 1; k <= i; k++)
			sum += k < 0 ? (long double)NAN : s->value[k];
		to[i] = (double)(sum / n);
	}
}

static void
naive_ema(const double *x, int count, int n, double *to)
{
	int first = 0;

	while (first < count && isnan(x[first]))
		first++;
	for (int i = 0; i < count; i++) {
		long double sum = 0;

		to[i] = GONE;
		if (i < first + n - 1)
			continue;
		/* The whole history as one weighted sum. */
		for (int k = first; k < first + n; k++)
			sum += x[k] / (long double)n;
		for (int k = first + n; k <= i; k++)
			sum = (sum * (n - 1) + 2.0L * x[k]) / (n + 1);
		to[i] = (double)sum;
	}
}

static void
naive_rsi(const struct series *s, int n, double *to)
{
	for (int i = 0; i < s->n; i++) {
		long double up = 0, down = 0;

		to[i] = GONE;
		if (i < n)
			continue;
		for (int k = 1; k <= i; k++) {
			double moved = s->value[k] - s->value[k - 1];
			long double rise = moved > 0 ? moved : 0;
			long double fall = moved < 0 ? -moved : 0;

			up = k <= n ? up + rise / n : (up * (n - 1) + rise) / n;
			down = k <= n ? down + fall / n
				      : (down * (n - 1) + fall) / n;
		}
		to[i] =
		    up + down > 0 ? (double)(100 - 100 / (1 + up / down)) : 50;
		if (down <= 0 && up > 0)
			to[i] = 100;
	}
}

static void
naive_stddev(const struct series *s, int n, double *to)
{
	for (int i = 0; i < s->n; i++) {
		long double mean = 0, squares = 0;

		for (int k = i - n + 1; k <= i; k++)
			mean += (k < 0 ? (long double)NAN : s->value[k]) / n;
		for (int k = i - n + 1; k <= i && k >= 0; k++)
			squares += (s->value[k] - mean) * (s->value[k] - mean);
		to[i] = isnan(mean) ? GONE : (double)sqrtl(squares / n);
	}
}

static void
naive_extreme(const struct series *s, int n, bool high, double *to)
{
	for (int i = 0; i < s->n; i++) {
		to[i] = i < n - 1 ? GONE : s->value[i];
		for (int k = i - n + 1; k <= i && i >= n - 1; k++)
			if (high ? s->value[k] > to[i] : s->value[k] < to[i])
				to[i] = s->value[k];
	}
}

static void
check_random(const struct series *s, int n)
{
	double want[BARS], deviation[BARS];
	char text[64];

	naive_sma(s, n, want);
	snprintf(text, sizeof(text), "sma(close,%d)", n);
	compare(text, s, want);
	naive_stddev(s, n, deviation);
	snprintf(text, sizeof(text), "stddev(close,%d)", n);
	compare(text, s, deviation);
	for (int i = 0; i < s->n; i++)
		want[i] -= 1.25 * deviation[i];
	snprintf(text, sizeof(text), "bbands(close,%d,1.25).lower", n);
	compare(text, s, want);
	naive_ema(s->value, s->n, n, want);
	snprintf(text, sizeof(text), "ema(close,%d)", n);
	compare(text, s, want);
	naive_rsi(s, n, want);
	snprintf(text, sizeof(text), "rsi(close,%d)", n);
	compare(text, s, want);
	naive_extreme(s, n, true, want);
	snprintf(text, sizeof(text), "highest(close,%d)", n);
	compare(text, s, want);
	naive_extreme(s, n, false, want);
	snprintf(text, sizeof(text), "lowest(close,%d)", n);
	compare(text, s, want);
}

UNIT_TEST("indic: each agrees with its definition on random series")
{
	static const int windows[] = {1, 2, 3, 14, 50, 399, 400};
	struct series s;

	for (int seed = 1; seed <= 4; seed++) {
		series_random(&s, (uint64_t)seed, seed * 2500, seed * 40);
		for (size_t i = 0; i < QTE_COUNT(windows); i++)
			check_random(&s, windows[i]);
	}
}

UNIT_TEST("indic: macd agrees with its definition on random series")
{
	double fast[BARS], slow[BARS], line[BARS], signal[BARS];
	struct series s;

	series_random(&s, 9, 10000, 100);
	naive_ema(s.value, s.n, 12, fast);
	naive_ema(s.value, s.n, 26, slow);
	for (int i = 0; i < s.n; i++)
		line[i] = fast[i] - slow[i];
	naive_ema(line, s.n, 9, signal);
	compare("macd(12,26,9).macd", &s, line);
	compare("macd(12,26,9).signal", &s, signal);
}

UNIT_TEST("indic: a window with an absent value is absent until that leaves")
{
	/* 1/(close - 6) is absent at the third bar alone. */
	series_of(&hand, 6, (const double[]){2, 4, 6, 8, 10, 14});
	BY_HAND("1/(close - 6)", -0.25, -0.5, GONE, 0.5, 0.25, 0.125);
	BY_HAND("sma(1/(close - 6),2)", GONE, -0.375, GONE, GONE, 0.375,
	    0.1875);
	BY_HAND("highest(1/(close - 6),2)", GONE, -0.25, GONE, GONE, 0.5, 0.25);
	BY_HAND("stddev(1/(close - 6),2)", GONE, 0.125, GONE, GONE, 0.125,
	    0.0625);
}

UNIT_TEST("indic: ema and rsi pass over an absent value and go on")
{
	series_of(&hand, 6, (const double[]){2, 4, 6, 8, 10, 14});
	BY_HAND("ema(1/(close - 6),3)", GONE, GONE, GONE, -0.25 / 3, 0.25 / 3,
	    0.3125 / 3);
	BY_HAND("rsi(1/(close - 6),2)", GONE, GONE, GONE, 80,
	    0.25 / 0.4375 * 100, 0.125 / 0.28125 * 100);
}
