/* SPDX-License-Identifier: MIT */
/* Definitions of indicators, each worked out anew, in long doubles. */
#ifndef NAIVE_H
#define NAIVE_H

#include "series.h"

typedef long double real;
/* ${function} of each window of ${n} values, unless one of them is absent. */
static inline void
naive_windows(const real *x, int count, int n,
    real (*function)(const real *, int), real *to)
{
	for (int i = 0; i < count; i++) {
		to[i] = i < n - 1 ? GONE : 0;
		for (int k = i - n + 1; k <= i && i >= n - 1; k++)
			to[i] += x[k];
		if (!isnan(to[i]))
			to[i] = function(x + i - n + 1, n);
	}
}

static inline real
naive_mean(const real *w, int n)
{
	real sum = 0;

	for (int i = 0; i < n; i++)
		sum += w[i];
	return sum / n;
}

static inline real
naive_weighted(const real *w, int n)
{
	real sum = 0, weights = 0;

	for (int i = 1; i <= n; i++) {
		sum += i * w[i - 1];
		weights += i;
	}
	return sum / weights;
}

static inline real
naive_mean_distance(const real *w, int n)
{
	real m = naive_mean(w, n), sum = 0;

	for (int i = 0; i < n; i++)
		sum += fabsl(w[i] - m);
	return sum / n;
}

static inline real
naive_deviation(const real *w, int n)
{
	real m = naive_mean(w, n), sum = 0;

	for (int i = 0; i < n; i++)
		sum += (w[i] - m) * (w[i] - m);
	return sqrtl(sum / n);
}

static inline real
naive_since_highest(const real *w, int n)
{
	int back = 0;

	for (int k = 1; k < n; k++)
		if (w[n - 1 - k] > w[n - 1 - back])
			back = k;
	return back;
}

static inline real
naive_since_lowest(const real *w, int n)
{
	int back = 0;

	for (int k = 1; k < n; k++)
		if (w[n - 1 - k] < w[n - 1 - back])
			back = k;
	return back;
}

static inline real
naive_highest(const real *w, int n)
{
	return w[n - 1 - (int)naive_since_highest(w, n)];
}

static inline real
naive_lowest(const real *w, int n)
{
	return w[n - 1 - (int)naive_since_lowest(w, n)];
}

/* By the normal equations. */
static inline real
naive_rise(const real *w, int n)
{
	real x = 0, y = 0, xx = 0, xy = 0;

	for (int i = 0; i < n; i++) {
		x += i;
		y += w[i];
		xx += (real)i * i;
		xy += i * w[i];
	}
	return (n * xy - x * y) / (n * xx - x * x);
}

static inline real
naive_line_end(const real *w, int n)
{
	return naive_mean(w, n) + naive_rise(w, n) * (n - 1) / 2;
}

/* An average of weight ${a}, seeded by the mean of the first ${n} present. */
static inline void
naive_average(const real *x, int count, int n, real a, real *to)
{
	real seed = 0;
	int seen = 0;

	for (int i = 0; i < count; i++) {
		real now = x[i]; /* ${to} may be ${x} */

		to[i] = GONE;
		if (isnan(now))
			continue;
		if (++seen > n) {
			seed = a * now + (1 - a) * seed;
		} else {
			seed += now / n;
		}
		if (seen >= n)
			to[i] = seed;
	}
}

static inline void
naive_change(const real *x, int count, int n, real *to)
{
	for (int i = 0; i < count; i++)
		to[i] = i < n ? GONE : x[i] - x[i - n];
}

#endif
