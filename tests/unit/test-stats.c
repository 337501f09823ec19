/* SPDX-License-Identifier: MIT */
/* Tests of the figures of a run. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/when.h"
#include "figures/stats.h"
#include "figures/stats_follow.h"
#include "unit.h"

#define HOUR WHEN_HOUR
#define DAY WHEN_DAY

static bool
near(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) && isnan(b);
	return fabs(a - b) <= 1e-12 * fmax(1, fabs(b));
}

/* Compares up to the last digits, and says what it got. */
static void
check_near(double got, double want, int line)
{
	if (!near(got, want))
		printf("# got %.17g, want %.17g\n", got, want);
	(void)unit_check(near(got, want), __FILE__, line, "near");
}

#define CHECK_NEAR(got, want) check_near(got, want, __LINE__)
#define CURVE(initial, ...)                              \
	curve_of(initial, (const double[]){__VA_ARGS__}, \
	    sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static struct stats_curve
curve_of(double initial, const double *equity, size_t n)
{
	struct stats_curve c;

	stats_curve_init(&c, initial);
	for (size_t i = 0; i < n; i++)
		stats_curve_add(&c, equity[i]);
	return c;
}

UNIT_TEST("stats: no bar, one and two leave out what they cannot tell")
{
	struct stats_curve c;
	struct stats_ratios r;

	stats_curve_init(&c, 100);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK(isnan(r.total_return) && isnan(r.annual_return));
	CHECK(isnan(r.volatility) && isnan(r.sharpe) && isnan(r.sortino));
	c = CURVE(100, 125);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK_DBL(r.total_return, 0.25);
	CHECK(isnan(r.annual_return) && isnan(r.volatility));
	CHECK(isnan(r.sharpe) && isnan(r.sortino));
	c = CURVE(100, 100, 125);
	r = stats_curve_ratios(&c, 2, 0);
	CHECK_DBL(r.total_return, 0.25);
	CHECK_NEAR(r.annual_return, 0.5625);
	CHECK(isnan(r.volatility) && isnan(r.sharpe) && isnan(r.sortino));
}

UNIT_TEST("stats: by hand, ratios of four bars")
{
	/* Returns 0.1, -0.1, 0.3: mean 0.1, deviation 0.2, downside by 3. */
	struct stats_curve c = CURVE(100, 100, 110, 99, 128.7);
	struct stats_ratios r = stats_curve_ratios(&c, 4, 0);

	CHECK_NEAR(r.total_return, 0.287);
	CHECK_NEAR(r.annual_return, pow(1.287, 4.0 / 3) - 1);
	CHECK_NEAR(r.volatility, 0.4);
	CHECK_NEAR(r.sharpe, 1);
	CHECK_NEAR(r.sortino, 0.1 / sqrt(0.01 / 3) * 2);
	r = stats_curve_ratios(&c, 4, 0.2);
	CHECK_NEAR(r.volatility, 0.4);
	CHECK_NEAR(r.sharpe, 0.5);
	CHECK_NEAR(r.sortino, 0.05 / sqrt(0.01 / 3) * 2);
}

UNIT_TEST("stats: a level curve has no spread, and no ratio to it")
{
	struct stats_curve c = CURVE(100, 100, 100, 100, 100);
	struct stats_ratios r = stats_curve_ratios(&c, 252, 0);

	CHECK_DBL(r.total_return, 0);
	CHECK_DBL(r.annual_return, 0);
	CHECK_DBL(r.volatility, 0);
	CHECK(isnan(r.sharpe) && isnan(r.sortino));
	CHECK_DBL(r.max_drawdown, 0);
	CHECK_INT(r.max_drawdown_bars, 0);
}

UNIT_TEST("stats: a steady rise has no spread to speak of, and no bad return")
{
	struct stats_curve c;
	struct stats_ratios r;
	double equity = 100;

	stats_curve_init(&c, 100);
	for (int i = 0; i < 50; i++, equity *= 2)
		stats_curve_add(&c, equity);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK_DBL(r.volatility, 0);
	CHECK(isnan(r.sharpe) && isnan(r.sortino));
}

UNIT_TEST("stats: drawdown is from the highest so far, the start included")
{
	struct stats_curve c = CURVE(100, 90, 95);
	struct stats_ratios r = stats_curve_ratios(&c, 252, 0);

	CHECK_DBL(r.max_drawdown, 90.0 / 100 - 1);
	CHECK_INT(r.max_drawdown_bars, 2);
	c = CURVE(100, 200, 100, 400, 300);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK_DBL(r.max_drawdown, -0.5);
	CHECK_INT(r.max_drawdown_bars, 1);
	c = CURVE(100, 120, 110, 119, 120, 80, 121);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK_DBL(r.max_drawdown, 80.0 / 120 - 1);
	CHECK_INT(r.max_drawdown_bars, 2);
}

UNIT_TEST("stats: what is lost, and more, is still a curve")
{
	struct stats_curve c = CURVE(100, 100, 50, -20);
	struct stats_ratios r = stats_curve_ratios(&c, 252, 0);

	CHECK_NEAR(r.total_return, -1.2);
	CHECK(isnan(r.annual_return));
	CHECK_NEAR(r.max_drawdown, -1.2);
	c = CURVE(100, 100, 50, -20, -40, -30);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK(isnan(r.volatility) && isnan(r.sharpe) && isnan(r.sortino));
	c = CURVE(100, 100, 0, 0, 0);
	r = stats_curve_ratios(&c, 252, 0);
	CHECK_DBL(r.total_return, -1);
	CHECK_DBL(r.annual_return, -1);
	CHECK(isnan(r.volatility) && isnan(r.sharpe) && isnan(r.sortino));
}

/* The figures as they are defined, in two passes. */
static void
naive(const double *equity, int n, double periods, struct stats_ratios *to)
{
	long double mean = 0, squares = 0, down = 0;

	for (int i = 1; i < n; i++)
		mean += ((long double)equity[i] / equity[i - 1] - 1) / (n - 1);
	for (int i = 1; i < n; i++) {
		long double r = (long double)equity[i] / equity[i - 1] - 1;

		squares += (r - mean) * (r - mean);
		down += r < 0 ? r * r : 0;
	}
	to->volatility = (double)sqrtl(squares / (n - 2) * periods);
	to->sharpe = (double)(mean * periods) / to->volatility;
	to->sortino = (double)(mean / sqrtl(down / (n - 1)) * sqrtl(periods));
}

UNIT_TEST("stats: one pass agrees with two on random curves")
{
	uint64_t random = 7;
	double equity[2000];

	for (int round = 0; round < 20; round++) {
		struct stats_ratios want, got;
		struct stats_curve c;
		double level = round % 2 != 0 ? 1e5 : 1e15;

		stats_curve_init(&c, level);
		for (int i = 0; i < 2000; i++) {
			random = random * UINT64_C(6364136223846793005) + 1;
			level *= 1 +
			    ((double)(random >> 40) / 0x1000000 - 0.5) /
				(round + 10);
			equity[i] = level;
			stats_curve_add(&c, level);
		}
		naive(equity, 2000, 252, &want);
		got = stats_curve_ratios(&c, 252, 0);
		CHECK(fabs(got.volatility / want.volatility - 1) < 1e-12);
		CHECK(fabs(got.sharpe - want.sharpe) < 1e-11);
		CHECK(fabs(got.sortino - want.sortino) < 1e-11);
	}
}

UNIT_TEST("stats: steady and small returns keep their digits")
{
	const double factors[] = {1.05, 1.0001, 1 + 1e-7, 0.97};

	for (size_t k = 0; k < QTE_COUNT(factors); k++) {
		struct stats_ratios want, got;
		struct stats_curve c;
		double equity[200], level = 100;

		stats_curve_init(&c, 100);
		for (int i = 0; i < 200; i++, level *= factors[k]) {
			equity[i] = round(level * 1e9) / 1e9;
			stats_curve_add(&c, equity[i]);
		}
		naive(equity, 200, 252, &want);
		got = stats_curve_ratios(&c, 252, 0);
		CHECK(fabs(got.volatility / want.volatility - 1) < 1e-4);
		CHECK(fabs(got.sharpe / want.sharpe - 1) < 1e-4);
	}
}

UNIT_TEST("stats: a first return unlike the others costs them no digits")
{
	struct stats_ratios want, got;
	struct stats_curve c;
	double equity[2000] = {100, 190};

	for (int i = 2; i < 2000; i++)
		equity[i] = equity[i - 1] * (i % 3 == 0 ? 1 + 1e-5 : 1 - 2e-6);
	stats_curve_init(&c, 100);
	for (int i = 0; i < 2000; i++)
		stats_curve_add(&c, equity[i]);
	naive(equity, 2000, 252, &want);
	got = stats_curve_ratios(&c, 252, 0);
	CHECK(fabs(got.volatility / want.volatility - 1) < 1e-15);
	CHECK(fabs(got.sharpe / want.sharpe - 1) < 1e-15);
}

/* ${n} bars, ${step} apart, from Monday 2020-01-06 at 00:00 on. */
static double
periods_of(int n, int64_t step)
{
	struct stats_spacing s = {0};

	for (int i = 0; i < n; i++)
		stats_spacing_add(&s, 18267 * DAY + i * step);
	return stats_spacing_periods(&s);
}

UNIT_TEST("stats: bars a year follow from the usual spacing")
{
	CHECK_DBL(periods_of(0, 0), 252);
	CHECK_DBL(periods_of(1, 0), 252);
	CHECK_DBL(periods_of(5, DAY), 252);
	CHECK_DBL(periods_of(5, 20 * HOUR), 252);
	CHECK_DBL(periods_of(6, DAY), 365); /* the sixth is a Saturday */
	CHECK_DBL(periods_of(52, 7 * DAY), 52);
	CHECK_DBL(periods_of(52, 5 * DAY), 52);
	CHECK_DBL(periods_of(24, 30 * DAY), 12);
	CHECK_DBL(periods_of(24, 26 * DAY), 12);
	CHECK_DBL(periods_of(24, 33 * DAY), 11);
	CHECK_DBL(periods_of(20, 91 * DAY), 4);
	CHECK_DBL(periods_of(20, 365 * DAY), 1);
	CHECK_DBL(periods_of(5, 3650 * DAY), 1);
	CHECK_DBL(periods_of(20, 14 * DAY), 26);
}

UNIT_TEST("stats: intraday bars are counted by the dates they fall on")
{
	CHECK_DBL(periods_of(24 * 5, HOUR), 24 * 252);
	CHECK_DBL(periods_of(24 * 7, HOUR), 24 * 365);
	CHECK_DBL(periods_of(1440, HOUR / 60), 1440 * 252);
	CHECK_DBL(periods_of(5, 19 * HOUR), round(5.0 / 4) * 252);
}

UNIT_TEST("stats: weekends and holidays between daily bars change nothing")
{
	struct stats_spacing s = {0};

	for (int week = 0; week < 10; week++)
		for (int day = 0; day < 5; day++)
			if (week != 3 || day < 2)
				stats_spacing_add(&s,
				    (18267 + 7 * week + day) * DAY);
	CHECK_DBL(stats_spacing_periods(&s), 252);
	CHECK_INT(s.bars, 47);
	CHECK_INT(s.days, 47);
	CHECK(!s.weekend);
}

UNIT_TEST("stats: times before 1970 fall on their own dates")
{
	struct stats_spacing s = {0};

	/* 1969-12-29 is a Monday. */
	for (int i = -3; i < 2; i++)
		stats_spacing_add(&s, i * DAY + 23 * HOUR);
	CHECK(!s.weekend);
	CHECK_INT(s.days, 5);
	CHECK_DBL(stats_spacing_periods(&s), 252);
}

static bool
same_curve(const struct stats_curve *a, const struct stats_curve *b)
{
	struct stats_ratios x = stats_curve_ratios(a, 252, 0.01);
	struct stats_ratios y = stats_curve_ratios(b, 252, 0.01);

	return memcmp(&x, &y, sizeof(x)) == 0 && a->bars == b->bars &&
	    a->debt == b->debt && a->peak == b->peak && a->below == b->below &&
	    a->last == b->last;
}

static double
whole_at(const struct stats_line *line, double ticks)
{
	return line->cash + line->quantity * ticks;
}

/* Bars that are on the line, each by itself; ${before} them it was worth. */
static void
add_each(struct stats_curve *c, const struct stats_line *line,
    const double *ticks, size_t n, double before)
{
	for (size_t i = 0; i < n; i++) {
		double now = whole_at(line, ticks[i]);

		stats_curve_add_return(c, now / line->one,
		    (now - before) / before);
		before = now;
	}
}

/* A long, a short and no position over parts of the same ticks. */
static const struct stats_line lines[] = {{1e5, 300, 1e3}, {9e6, -200, 1e4},
    {1e6, 0, 1e4}, {-2e5, 1000, 1e3}, {12345, 7, 10}};

UNIT_TEST("stats: bars along a line come to the same as one by one")
{
	enum { N = 4000 };
	double *memory = mem_alloc(N + 2 * STATS_LANES, sizeof(*memory));
	double *ticks = memory + STATS_LANES;

	for (int i = 0; i < N; i++)
		ticks[i] = 10000 + i * 7919 % 1009 - (i > 2000 ? 300 : 0);
	for (size_t size = 1; size < 300; size += size < 20 ? 1 : 23) {
		struct stats_curve one, many;
		double before = 1e5, at = 0;

		stats_curve_init(&one, 2000);
		stats_curve_init(&many, 2000);
		for (size_t i = 0, k = size % 5; i < N; i += size, k++) {
			const struct stats_line *line =
			    &lines[k % QTE_COUNT(lines)];
			size_t n = N - i < size ? N - i : size;
			double first = whole_at(line, ticks[i]);

			before = i == 0 ? first : at * line->one;
			add_each(&one, line, ticks + i, n, before);
			stats_curve_follow(&many, line, ticks + i, n,
			    (first - before) / before);
			at = whole_at(line, ticks[i + n - 1]) / line->one;
			if (!same_curve(&one, &many))
				CHECK_INT(size, i);
		}
	}
	free(memory);
}

/* A first return of ${first}, then ${n} bars of a level, all in one or not. */
static struct stats_curve
level_curve(double first, int n, bool each)
{
	const struct stats_line line = {1000, 0, 1};
	const double memory[600 + 2 * STATS_LANES] = {0};
	const double *ticks = memory + STATS_LANES;
	struct stats_curve c;

	stats_curve_init(&c, 1000);
	stats_curve_add_return(&c, 1000 / (1 + first), NAN);
	stats_curve_add_return(&c, 1000, first);
	if (each)
		add_each(&c, &line, ticks, (size_t)n, 1000);
	else
		stats_curve_follow(&c, &line, ticks, (size_t)n, 0);
	stats_curve_add_return(&c, 999, -0.001);
	return c;
}

/* ${n} ticks, beside others that must not count, from each lane on. */
static void
compare_ways(const double *ticks, size_t n, double shift)
{
	stats_follow *plain = stats_follow_best(STATS_ONE);

	for (enum stats_wide wide = STATS_AVX2; wide <= STATS_AVX512; wide++)
		for (size_t lane = 0; lane < STATS_LANES; lane++) {
			struct stats_parts one = {.offs = {0.5, 0.25},
			    .shift = shift};
			struct stats_parts many = one;
			struct stats_bars bars = {ticks, n, lane, -0.375};
			struct stats_extremes a =
			    plain(&one, &lines[lane % 2], &bars);
			struct stats_extremes b = stats_follow_best(
			    wide)(&many, &lines[lane % 2], &bars);

			CHECK(memcmp(&one, &many, sizeof(one)) == 0);
			CHECK(a.low <= b.low && a.low >= b.low);
			CHECK(a.high <= b.high && a.high >= b.high);
		}
}

UNIT_TEST("stats: registers of any width add up the same returns")
{
	enum { N = STATS_GROUP };
	double memory[N + 2 * STATS_LANES];
	double *ticks = memory + STATS_LANES;

	for (size_t n = 1; n <= N; n++) {
		for (size_t i = 0; i < QTE_COUNT(memory); i++)
			memory[i] =
			    i % 3 == 0 ? (double)NAN : (i % 2 == 0 ? 0 : 1e15);
		for (size_t i = 0; i < n; i++)
			ticks[i] = (double)(int)(10000 + i * 7919 % 1009);
		compare_ways(ticks, n, n % 2 == 0 ? 0.001 : 0);
	}
}

UNIT_TEST("stats: a level of many bars comes to the same as one by one")
{
	for (int n = 1; n < 599; n += 7) {
		const double firsts[] = {0, 0.25, -0.25};

		for (size_t k = 0; k < QTE_COUNT(firsts); k++) {
			struct stats_curve one =
			    level_curve(firsts[k], n, true);
			struct stats_curve many =
			    level_curve(firsts[k], n, false);

			CHECK(same_curve(&one, &many));
		}
	}
}

UNIT_TEST("stats: a level from the first bar on is as one by one")
{
	const struct stats_line line = {1000, 0, 1};
	const double memory[300 + 2 * STATS_LANES] = {0};
	const double *ticks = memory + STATS_LANES;
	struct stats_curve one, many;

	stats_curve_init(&one, 1000);
	stats_curve_add(&one, 1000);
	many = one;
	add_each(&one, &line, ticks, 299, 1000);
	stats_curve_follow(&many, &line, ticks, 299, 0);
	CHECK(same_curve(&one, &many));
}

UNIT_TEST("stats: spacings of many bars are those of one by one")
{
	enum { N = 3000 };
	static int64_t ts[N];
	int64_t at = -5 * WHEN_DAY;

	for (int i = 0; i < N; i++,
		 at += i % 90 == 0 ? 3 * WHEN_DAY
		 : i % 30 == 0	   ? 21 * WHEN_HOUR
				   : 1800 * WHEN_SECOND)
		ts[i] = at;
	for (size_t size = 1; size < 200; size += 13) {
		struct stats_spacing one = {0}, many = {0};

		for (size_t i = 0; i < N; i++)
			stats_spacing_add(&one, ts[i]);
		for (size_t i = 0; i < N; i += size)
			stats_spacing_add_many(&many, ts + i,
			    N - i < size ? N - i : size);
		CHECK_INT(many.bars, one.bars);
		CHECK_INT(many.days, one.days);
		CHECK_INT(many.weekend, one.weekend);
		for (size_t k = 0; k < QTE_COUNT(one.counts); k++)
			CHECK_INT(many.counts[k], one.counts[k]);
	}
}
