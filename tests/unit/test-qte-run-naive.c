/* SPDX-License-Identifier: MIT */
/*
 * Tests of the indicators on random bars, each against its definition worked
 * out anew over the whole series, in long doubles.
 */
#include "naive.h"
#include "series.h"
#include "unit.h"

/* Absent where the close is 10: what is left of the series has holes. */
#define HOLES "(close == 10 ? 1/0 : close)"

/* What a division of small differences may lose. */
#define DIVIDED 1e-9

/* Absent what is not finite, as a division by nothing is. */
static void
check(const char *text, const struct series *s, const real *want,
    double tolerance)
{
	double rounded[SERIES_MAX];

	for (int i = 0; i < s->n; i++)
		rounded[i] = isfinite(want[i]) ? (double)want[i] : GONE;
	series_check(text, s, rounded, tolerance);
}

static void
check_call(const char *name, const char *x, int n, const struct series *s,
    const real *want)
{
	char text[128];

	snprintf(text, sizeof(text), "%s(%s,%d)", name, x, n);
	check(text, s, want, DIVIDED);
}

static void
check_windows(const struct series *s, const char *name, const real *x, int n)
{
	static const struct {
		const char *name;
		real (*function)(const real *, int);
	} table[] = {
	    {"sma", naive_mean},
	    {"wma", naive_weighted},
	    {"stddev", naive_deviation},
	    {"meandev", naive_mean_distance},
	    {"highest", naive_highest},
	    {"lowest", naive_lowest},
	    {"highestbars", naive_since_highest},
	    {"lowestbars", naive_since_lowest},
	    {"slope", naive_rise},
	    {"linreg", naive_line_end},
	};
	real want[SERIES_MAX] = {0};

	for (size_t i = 0; i < QTE_COUNT(table); i++) {
		naive_windows(x, s->n, n, table[i].function, want);
		/* One point has a place, but no slope. */
		if (n > 1 || i < 8)
			check_call(table[i].name, name, n, s, want);
	}
}

static void
kama(const real *x, int count, int n, real *to)
{
	real k = 0;
	bool started = false;

	for (int i = 0; i < count; i++) {
		real way = i < n ? GONE : 0, speed;

		for (int j = i - n + 1; j <= i && i >= n; j++)
			way += fabsl(x[j] - x[j - 1]);
		to[i] = GONE;
		if (isnan(way))
			continue;
		speed = way > 0 ? fabsl(x[i] - x[i - n]) / way : 1;
		speed = 2 / 31.0L + speed * (2 / 3.0L - 2 / 31.0L);
		k = started ? k : x[i - 1];
		started = true;
		to[i] = k = (1 - speed * speed) * k + speed * speed * x[i];
	}
}

static void
rsi(const real *x, int count, int n, real *to)
{
	real up[SERIES_MAX] = {0}, down[SERIES_MAX] = {0};

	naive_change(x, count, 1, to);
	for (int i = 0; i < count; i++) {
		up[i] = isnan(to[i]) || to[i] > 0 ? to[i] : 0;
		down[i] = isnan(to[i]) || to[i] < 0 ? -to[i] : 0;
	}
	naive_average(up, count, n, 1.0L / n, up);
	naive_average(down, count, n, 1.0L / n, down);
	for (int i = 0; i < count; i++)
		to[i] = up[i] <= 0 && down[i] <= 0
		    ? 50
		    : 100 - 100 / (1 + up[i] / down[i]);
}

/* Percent from one value to the next. */
static void
percent(const real *x, int count, int n, real *to)
{
	naive_change(x, count, n, to);
	for (int i = n; i < count; i++)
		to[i] *= 100 / x[i - n];
}

static void
check_recursive(const struct series *s, const char *name, const real *x, int n)
{
	real want[SERIES_MAX] = {0}, means[SERIES_MAX] = {0};

	naive_average(x, s->n, n, 2.0L / (n + 1), want);
	check_call("ema", name, n, s, want);
	naive_average(x, s->n, n, 1.0L / n, want);
	check_call("rma", name, n, s, want);
	naive_change(x, s->n, n, want);
	check_call("mom", name, n, s, want);
	percent(x, s->n, n, want);
	check_call("roc", name, n, s, want);
	kama(x, s->n, n, want);
	check_call("kama", name, n, s, want);
	rsi(x, s->n, n, want);
	check_call("rsi", name, n, s, want);
	naive_average(x, s->n, n, 2.0L / (n + 1), want);
	naive_average(want, s->n, n, 2.0L / (n + 1), want);
	naive_average(want, s->n, n, 2.0L / (n + 1), means);
	percent(means, s->n, 1, want);
	check_call("trix", name, n, s, want);
}

/* Of closes alone: deviations beside a mean, and two means. */
static void
check_closes(const struct series *s, const real *x, int n)
{
	real means[SERIES_MAX] = {0}, other[SERIES_MAX] = {0};
	char text[128];

	naive_windows(x, s->n, n, naive_mean, means);
	naive_windows(x, s->n, n, naive_deviation, other);
	for (int i = 0; i < s->n; i++)
		means[i] -= 1.25L * other[i];
	snprintf(text, sizeof(text), "bbands(close,%d,1.25).lower", n);
	check(text, s, means, DIVIDED);
	naive_average(x, s->n, n, 2.0L / (n + 1), means);
	naive_average(x, s->n, n + 3, 2.0L / (n + 4), other);
	for (int i = 0; i < s->n; i++)
		means[i] -= other[i];
	snprintf(text, sizeof(text), "macd(%d,%d,5).macd", n, n + 3);
	check(text, s, means, DIVIDED);
	naive_average(means, s->n, 5, 2.0L / 6, other);
	snprintf(text, sizeof(text), "macd(%d,%d,5).signal", n, n + 3);
	check(text, s, other, DIVIDED);
	for (int i = 0; i < s->n; i++)
		means[i] -= other[i];
	snprintf(text, sizeof(text), "macd(%d,%d,5).hist", n, n + 3);
	check(text, s, means, DIVIDED);
}

UNIT_TEST("naive: functions of one series, whole and with holes")
{
	static const int windows_of[] = {1, 2, 3, 14, 50};
	static struct series s;
	real whole[SERIES_MAX] = {0}, holes[SERIES_MAX] = {0};
	int gone = 0;

	for (uint64_t seed = 1; seed <= 4; seed++) {
		series_market(&s, seed, 1000, 1 + (int64_t)seed);
		for (int i = 0; i < s.n; i++) {
			bool hole = s.bar[i].close.units == 10000000000;

			whole[i] = s.close[i];
			holes[i] = hole ? GONE : s.close[i];
			gone += hole;
		}
		for (size_t i = 0; i < QTE_COUNT(windows_of); i++) {
			check_windows(&s, "close", whole, windows_of[i]);
			check_windows(&s, HOLES, holes, windows_of[i]);
			check_recursive(&s, "close", whole, windows_of[i]);
			check_closes(&s, whole, windows_of[i]);
			check_recursive(&s, HOLES, holes, windows_of[i]);
		}
	}
	/* Otherwise nothing was tested. */
	CHECK(gone > 10);
}

/* What is made of whole bars. */

struct market {
	const struct series *s;
	int n;
	real high[SERIES_MAX], low[SERIES_MAX], close[SERIES_MAX],
	    typical[SERIES_MAX], volume[SERIES_MAX];
	real range[SERIES_MAX]; /* true; absent at the first bar */
	real atr[SERIES_MAX];
};

static void
market_open(struct market *m, const struct series *s, int n)
{
	m->s = s;
	m->n = n;
	for (int i = 0; i < s->n; i++) {
		m->high[i] = s->high[i];
		m->low[i] = s->low[i];
		m->close[i] = s->close[i];
		m->volume[i] = s->volume[i];
		m->typical[i] = (m->high[i] + m->low[i] + m->close[i]) / 3;
		m->range[i] = i == 0 ? GONE
				     : fmaxl(m->high[i], m->close[i - 1]) -
			fminl(m->low[i], m->close[i - 1]);
	}
	naive_average(m->range, s->n, n, 1.0L / n, m->atr);
}

static void
check_market(const char *name, const char *rest, const struct market *m,
    const real *want)
{
	char text[128];

	snprintf(text, sizeof(text), "%s(%d%s", name, m->n, rest);
	check(text, m->s, want, DIVIDED);
}

/* Where the close stands between the extremes: 0 to 1; level: ${level}. */
static void
place(const struct market *m, real level, real *to)
{
	real top[SERIES_MAX] = {0}, bottom[SERIES_MAX] = {0};

	naive_windows(m->high, m->s->n, m->n, naive_highest, top);
	naive_windows(m->low, m->s->n, m->n, naive_lowest, bottom);
	for (int i = 0; i < m->s->n; i++)
		to[i] = top[i] <= bottom[i]
		    ? level
		    : (m->close[i] - bottom[i]) / (top[i] - bottom[i]);
}

static void
check_ranges(const struct market *m)
{
	real want[SERIES_MAX] = {0}, smooth[SERIES_MAX] = {0};
	int count = m->s->n;

	memcpy(want, m->range, sizeof(want));
	want[0] = m->high[0] - m->low[0];
	check("tr", m->s, want, DIVIDED);
	check_market("atr", ")", m, m->atr);
	place(m, 0, want);
	naive_windows(want, count, 3, naive_mean, smooth);
	for (int i = 0; i < count; i++)
		smooth[i] *= 100;
	check_market("stoch", ",3,2).k", m, smooth);
	naive_windows(smooth, count, 2, naive_mean, want);
	check_market("stoch", ",3,2).d", m, want);
	place(m, 1, want);
	for (int i = 0; i < count; i++)
		want[i] = 100 * want[i] - 100;
	check_market("willr", ")", m, want);
	naive_average(m->close, count, m->n, 2.0L / (m->n + 1), want);
	for (int i = 0; i < count; i++)
		want[i] += 1.5L * m->atr[i];
	check_market("keltner", ",1.5).upper", m, want);
	for (int i = 0; i < count; i++)
		want[i] -= 3 * m->atr[i];
	check_market("keltner", ",1.5).lower", m, want);
}

static void
check_typical(const struct market *m)
{
	real want[SERIES_MAX] = {0}, distance[SERIES_MAX] = {0};
	int count = m->s->n, n = m->n;

	naive_windows(m->typical, count, n, naive_mean, want);
	naive_windows(m->typical, count, n, naive_mean_distance, distance);
	for (int i = 0; i < count; i++)
		want[i] = distance[i] <= 1e-15L
		    ? 0
		    : (m->typical[i] - want[i]) / (0.015L * distance[i]);
	check_market("cci", ")", m, want);
	for (int i = 0; i < count; i++) {
		real up = 0, down = 0, money = 0, volume = 0;

		for (int k = i - n + 1; k <= i && i >= n - 1; k++) {
			real flow = m->typical[k] * m->volume[k];
			real before = k > 0 ? m->typical[k - 1] : GONE;

			money += flow;
			volume += m->volume[k];
			/* A third of a cent is the least move. */
			up += m->typical[k] > before + 1e-6L ? flow : 0;
			down += m->typical[k] < before - 1e-6L ? flow : 0;
		}
		want[i] = money / volume;
		distance[i] = up + down > 0 ? 100 * up / (up + down) : 50;
		distance[i] = i < n ? GONE : distance[i];
	}
	check_market("vwap", ")", m, want);
	check_market("mfi", ")", m, distance);
}

static void
check_direction(const struct market *m)
{
	real plus[SERIES_MAX] = {0}, minus[SERIES_MAX] = {0},
	     index[SERIES_MAX] = {0};
	int count = m->s->n, n = m->n;

	plus[0] = minus[0] = GONE;
	for (int i = 1; i < count; i++) {
		/* In cents, so that equal moves are equal. */
		long up = lroundl(100 * (m->high[i] - m->high[i - 1]));
		long down = lroundl(100 * (m->low[i - 1] - m->low[i]));

		plus[i] = up > down && up > 0 ? (real)up / 100 : 0;
		minus[i] = down > up && down > 0 ? (real)down / 100 : 0;
	}
	naive_average(plus, count, n, 1.0L / n, plus);
	naive_average(minus, count, n, 1.0L / n, minus);
	for (int i = 0; i < count; i++) {
		bool still = plus[i] <= 0 && minus[i] <= 0;

		index[i] = m->atr[i] <= 0 ? GONE
		    : still
		    ? 0
		    : fabsl(plus[i] - minus[i]) / (plus[i] + minus[i]) * 100;
		plus[i] *= 100 / m->atr[i];
		minus[i] *= 100 / m->atr[i];
	}
	check_market("plus_di", ")", m, plus);
	check_market("minus_di", ")", m, minus);
	naive_average(index, count, n, 1.0L / n, index);
	check_market("adx", ")", m, index);
}

static void
check_aroon(const struct market *m)
{
	real up[SERIES_MAX] = {0}, down[SERIES_MAX] = {0};

	naive_windows(m->high, m->s->n, m->n + 1, naive_since_highest, up);
	naive_windows(m->low, m->s->n, m->n + 1, naive_since_lowest, down);
	for (int i = 0; i < m->s->n; i++) {
		up[i] = 100 * (1 - up[i] / m->n);
		down[i] = 100 * (1 - down[i] / m->n);
	}
	check_market("aroon", ").up", m, up);
	check_market("aroon", ").down", m, down);
	for (int i = 0; i < m->s->n; i++)
		up[i] -= down[i];
	check_market("aroon", ").osc", m, up);
}

static void
check_volume(const struct market *m)
{
	real want[SERIES_MAX] = {0}, sum = 0;

	for (int i = 0; i < m->s->n; i++) {
		bool fell = i > 0 && m->close[i] < m->close[i - 1];
		bool rose = i == 0 || m->close[i] > m->close[i - 1];

		sum += rose ? m->volume[i] : fell ? -m->volume[i] : 0;
		want[i] = sum;
	}
	check("obv", m->s, want, DIVIDED);
	for (int i = 0; i < m->s->n; i++) {
		real money = 0, volume = 0;

		for (int k = i - m->n + 1; k <= i && i >= m->n - 1; k++) {
			money += m->close[k] * m->volume[k];
			volume += m->volume[k];
		}
		want[i] = money / volume;
	}
	check_call("vwma", "close", m->n, m->s, want);
}

/* A state a bar: on which side of the close the line is, and both bands. */
static void
check_supertrend(const struct market *m)
{
	real want[SERIES_MAX] = {0}, upper[SERIES_MAX], lower[SERIES_MAX];
	bool below = false;

	for (int i = 0; i < m->s->n; i++) {
		real middle = (m->high[i] + m->low[i]) / 2;

		want[i] = GONE;
		if (i < m->n)
			continue;
		upper[i] = middle + 1.25L * m->atr[i];
		lower[i] = middle - 1.25L * m->atr[i];
		if (i > m->n) {
			if (m->close[i - 1] <= upper[i - 1])
				upper[i] = fminl(upper[i], upper[i - 1]);
			if (m->close[i - 1] >= lower[i - 1])
				lower[i] = fmaxl(lower[i], lower[i - 1]);
			below = below ? m->close[i] >= lower[i]
				      : m->close[i] > upper[i];
		}
		want[i] = below ? lower[i] : upper[i];
	}
	check_market("supertrend", ",1.25)", m, want);
}

UNIT_TEST("naive: functions of whole bars, with ties and without volume")
{
	static const int windows_of[] = {1, 2, 3, 14, 50};
	static struct series s;
	static struct market m;

	for (uint64_t seed = 1; seed <= 4; seed++) {
		series_market(&s, seed, 1000, 2 * (int64_t)(seed * seed));
		for (size_t i = 0; i < QTE_COUNT(windows_of); i++) {
			market_open(&m, &s, windows_of[i]);
			check_ranges(&m);
			check_typical(&m);
			check_direction(&m);
			check_aroon(&m);
			check_volume(&m);
			/* Otherwise bands and closes are equal but for bits. */
			if (windows_of[i] > 2)
				check_supertrend(&m);
		}
	}
}
