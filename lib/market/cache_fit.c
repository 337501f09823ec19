/* SPDX-License-Identifier: MIT */
/* Columns of the cache: into few bits. */
#include "market/cache_fit.h"

#include "base/num.h"
#include "market/cache_bits.h"
#include "market/cache_ticks.h"

/* Ticks of a block are below this, so that their differences have 31 bits. */
#define TICKS_BELOW (UINT64_C(1) << 29)

/* The bits that a number needs, of those that there are. */
static size_t
width_of(uint64_t most)
{
	size_t bits = most == 0 ? 0 : 64 - (size_t)__builtin_clzll(most);

	while (!cache_bits_fit(bits))
		bits++;
	return bits;
}

/*
 * Division by multiplication: a multiple of odd * 2^shift, times the inverse of
 * odd modulo 2^64, turned right by shift, is the quotient; any other number
 * gives one above all quotients.
 */
struct divisor {
	uint64_t inverse, most;
	unsigned shift;
};

static struct divisor
divisor_of(uint64_t unit)
{
	struct divisor d = {.most = UINT64_MAX / unit,
	    .shift = (unsigned)__builtin_ctzll(unit)};

	d.inverse = num_inverse(unit >> d.shift);
	return d;
}

static uint64_t
quotient(const struct divisor *d, uint64_t v)
{
	uint64_t turned = v * d->inverse;

	return turned >> d->shift | turned << (64 - d->shift) % 64;
}

/*
 * The largest number that divides all ${n} and ${unit}, where 0 is divided by
 * any; so it is 0 when they all are.
 */
static uint64_t
common_unit(uint64_t unit, const uint64_t *v, size_t n)
{
	struct divisor d = {0};

	if (unit != 0)
		d = divisor_of(unit);
	for (size_t i = 0; i < n && unit != 1; i++) {
		if (unit != 0 ? quotient(&d, v[i]) <= d.most : v[i] == 0)
			continue;
		unit = num_gcd(v[i], unit);
		d = divisor_of(unit);
	}
	return unit;
}

static void
divide(uint64_t *v, size_t n, uint64_t unit)
{
	struct divisor d = divisor_of(unit);

	for (size_t i = 0; i < n; i++)
		v[i] = quotient(&d, v[i]);
}

/* The least of ${n} numbers with a sign and ${least}. */
static uint64_t
least_of(uint64_t least, const uint64_t *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((int64_t)v[i] < (int64_t)least)
			least = v[i];
	return least;
}

/* Take ${base} off all; return the greatest of what is left. */
static uint64_t
take_off(uint64_t base, uint64_t *v, size_t n)
{
	uint64_t most = 0;

	for (size_t i = 0; i < n; i++) {
		v[i] -= base;
		most = v[i] > most ? v[i] : most;
	}
	return most;
}

/* The members but for ->step and ->kind. */
static void
fit(struct cache_column *c, uint64_t *v, size_t n)
{
	uint64_t most;

	c->base = least_of(v[0], v, n);
	most = take_off(c->base, v, n);
	c->unit = common_unit(0, v, n);
	c->width = width_of(c->unit == 0 ? 0 : most / c->unit);
	/* All bits hold the number as it is. */
	if (c->width == 64)
		c->unit = 1;
	if (c->unit > 1)
		divide(v, n, c->unit);
}

void
cache_fit_plain(struct cache_column *c, uint64_t *v, size_t n)
{
	*c = (struct cache_column){.kind = CACHE_PLAIN};
	fit(c, v, n);
}

void
cache_fit_steps(struct cache_column *c, uint64_t *v, size_t n)
{
	uint64_t step = n > 1 ? v[1] - v[0] : 0;

	for (size_t i = 2; i < n; i++)
		if (v[i] - v[i - 1] < step)
			step = v[i] - v[i - 1];
	*c = (struct cache_column){.kind = CACHE_PLAIN, .step = step};
	for (size_t i = 0; i < n; i++)
		v[i] -= step * i;
	fit(c, v, n);
}

/* Prices become ticks from their least on; the base is that, the unit known. */
static bool
count_ticks(struct cache_column *c, uint64_t *const v[], size_t n)
{
	uint64_t most = 0, unit = 0, level = v[0][0];

	for (size_t k = 0; k < BATCH_PRICES; k++)
		level = least_of(level, v[k], n);
	for (size_t k = 0; k < BATCH_PRICES; k++) {
		uint64_t mine = take_off(level, v[k], n);

		most = mine > most ? mine : most;
	}
	for (size_t k = 0; k < BATCH_PRICES; k++)
		unit = common_unit(unit, v[k], n);
	if (unit == 0)
		unit = 1;
	if (unit >= CACHE_TICKS_UNIT || most / unit >= TICKS_BELOW)
		return false;
	for (size_t k = 0; k < BATCH_PRICES; k++) {
		divide(v[k], n, unit);
		c[k] = (struct cache_column){.kind = CACHE_TICKS,
		    .base = level,
		    .unit = unit};
	}
	return true;
}

/*
 * Ticks become what each differs from the one that it is near to.  The first
 * open does from nothing: it is left to be the least of all.  Return whether
 * high and low are beyond the others.
 */
static bool
take_differences(uint64_t *const v[], size_t n)
{
	uint64_t *open = v[BATCH_OPEN], *close = v[BATCH_CLOSE];
	uint64_t *high = v[BATCH_HIGH], *low = v[BATCH_LOW];
	uint64_t before = open[0];
	bool around = true;

	for (size_t i = 0; i < n; i++) {
		uint64_t most = open[i] > close[i] ? open[i] : close[i];
		uint64_t least = open[i] < close[i] ? open[i] : close[i];
		uint64_t last = close[i];

		around = around && high[i] >= most && low[i] <= least;
		high[i] -= most;
		low[i] = least - low[i];
		close[i] -= open[i];
		open[i] -= before;
		before = last;
	}
	open[0] = least_of(open[n - 1], open, n);
	return around;
}

bool
cache_fit_ticks(struct cache_column *c, uint64_t *const v[BATCH_PRICES],
    size_t n)
{
	uint64_t first, base;

	if (!count_ticks(c, v, n))
		return false;
	first = v[BATCH_OPEN][0];
	if (!take_differences(v, n))
		return false;
	c[BATCH_OPEN].step = v[BATCH_OPEN][0];
	c[BATCH_CLOSE].step = least_of(v[BATCH_CLOSE][0], v[BATCH_CLOSE], n);
	/* The first open is one step above 0. */
	base = c[0].base + c[0].unit * (first - c[BATCH_OPEN].step);
	for (size_t k = 0; k < BATCH_PRICES; k++) {
		c[k].base = base;
		c[k].width = width_of(take_off(c[k].step, v[k], n));
	}
	return true;
}
