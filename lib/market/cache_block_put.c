/* SPDX-License-Identifier: MIT */
/* Blocks of the column cache: into bytes. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "format/digest.h"
#include "market/cache_block.h"
#include "market/cache_bytes.h"

/* Doubles below are whole numbers that 52 bits hold. */
#define WHOLE_BELOW 4503599627370496.0

/* A column that is fitted: its shape, and what stands in its bytes. */
struct fitted {
	struct cache_column column;
	uint64_t rest[CACHE_BLOCK_ROWS];
};

struct cache_press {
	uint64_t seed;
	struct fitted fitted[2];
	struct buf columns, bytes;
};

static uint64_t
common_divisor(uint64_t a, uint64_t b)
{
	while (b != 0) {
		uint64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* The bytes that a number needs. */
static size_t
width_of(uint64_t most)
{
	return most == 0	 ? 0
	    : most <= UINT8_MAX	 ? 1
	    : most <= UINT16_MAX ? 2
	    : most <= UINT32_MAX ? 4
				 : 8;
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
	uint64_t odd = unit >> d.shift;

	/* Right in the lowest 3 bits; each step doubles them (Newton). */
	d.inverse = odd;
	for (int bits = 3; bits < 64; bits *= 2)
		d.inverse *= 2 - odd * d.inverse;
	return d;
}

static uint64_t
quotient(const struct divisor *d, uint64_t v)
{
	uint64_t turned = v * d->inverse;

	return turned >> d->shift | turned << (64 - d->shift) % 64;
}

/* The largest number that divides all ${n}, or 0 when they are 0. */
static uint64_t
common_unit(const uint64_t *v, size_t n)
{
	struct divisor d = {0};
	uint64_t unit = 0;

	for (size_t i = 0; i < n && unit != 1; i++) {
		if (unit != 0 ? quotient(&d, v[i]) <= d.most : v[i] == 0)
			continue;
		unit = common_divisor(v[i], unit);
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

/* Fit ${n} numbers, whose shares of ->step are taken off already. */
static void
fit(struct fitted *f, size_t n)
{
	uint64_t base = f->rest[0], most = 0, unit;

	for (size_t i = 1; i < n; i++)
		if ((int64_t)f->rest[i] < (int64_t)base)
			base = f->rest[i];
	for (size_t i = 0; i < n; i++) {
		f->rest[i] -= base;
		if (f->rest[i] > most)
			most = f->rest[i];
	}
	unit = common_unit(f->rest, n);
	f->column.base = base;
	f->column.width = unit == 0 ? 0 : width_of(most / unit);
	/* Eight bytes hold the number as it is. */
	f->column.unit = f->column.width == 8 ? 1 : unit;
	if (f->column.unit > 1)
		divide(f->rest, n, unit);
}

static void
fit_plain(struct fitted *f, const void *values, size_t n)
{
	f->column = (struct cache_column){.kind = CACHE_PLAIN};
	memcpy(f->rest, values, n * sizeof(f->rest[0]));
	fit(f, n);
}

/* Numbers that grow, mostly by the same step. */
static void
fit_steps(struct fitted *f, const int64_t *values, size_t n)
{
	uint64_t step = UINT64_MAX;

	memcpy(f->rest, values, n * sizeof(f->rest[0]));
	for (size_t i = 1; i < n; i++)
		if (f->rest[i] - f->rest[i - 1] < step)
			step = f->rest[i] - f->rest[i - 1];
	if (n == 1)
		step = 0;
	f->column = (struct cache_column){.kind = CACHE_PLAIN, .step = step};
	for (size_t i = 0; i < n; i++)
		f->rest[i] -= step * i;
	fit(f, n);
}

static void
fit_on_open(struct fitted *f, const int64_t *values, const int64_t *open,
    size_t n)
{
	f->column = (struct cache_column){.kind = CACHE_ON_OPEN};
	for (size_t i = 0; i < n; i++)
		f->rest[i] = (uint64_t)values[i] - (uint64_t)open[i];
	fit(f, n);
}

static bool
all_whole(const double *values, size_t n)
{
	bool whole = true;

	for (size_t i = 0; i < n; i++) {
		uint64_t bits;

		memcpy(&bits, &values[i], sizeof(bits));
		whole = whole && bits >> 63 == 0 && values[i] < WHOLE_BELOW &&
		    (double)(uint64_t)values[i] == values[i];
	}
	return whole;
}

static void
fit_volume(struct fitted *f, const double *values, size_t n)
{
	if (!all_whole(values, n)) {
		fit_plain(f, values, n);
		return;
	}
	f->column = (struct cache_column){.kind = CACHE_WHOLE};
	for (size_t i = 0; i < n; i++)
		f->rest[i] = (uint64_t)values[i];
	fit(f, n);
}

static void
put_rest(const struct fitted *f, size_t n, struct buf *to)
{
	size_t width = f->column.width;
	char *at = buf_reserve(to, width * n);

	for (size_t i = 0; i < n && width == 1; i++)
		at[i] = (char)f->rest[i];
	for (size_t i = 0; i < n && width == 2; i++) {
		uint16_t v = htole16((uint16_t)f->rest[i]);

		memcpy(at + 2 * i, &v, sizeof(v));
	}
	for (size_t i = 0; i < n && width == 4; i++) {
		uint32_t v = htole32((uint32_t)f->rest[i]);

		memcpy(at + 4 * i, &v, sizeof(v));
	}
	for (size_t i = 0; i < n && width == 8; i++) {
		uint64_t v = htole64(f->rest[i]);

		memcpy(at + 8 * i, &v, sizeof(v));
	}
	to->len += width * n;
}

static void
put_column(struct cache_block *b, enum cache_column_is i,
    const struct fitted *f, struct buf *to)
{
	b->column[i] = f->column;
	put_rest(f, b->rows, to);
}

static void
put_price(struct cache_block *b, size_t k, const struct batch *rows,
    struct cache_press *p)
{
	struct fitted *f = p->fitted, *best = f;

	fit_plain(&f[0], rows->price[k], rows->n);
	if (k != BATCH_OPEN && f[0].column.width > 0) {
		fit_on_open(&f[1], rows->price[k], rows->price[BATCH_OPEN],
		    rows->n);
		best = &f[f[1].column.width < f[0].column.width];
	}
	put_column(b, (enum cache_column_is)(CACHE_OPEN + k), best,
	    &p->columns);
}

static void
put_columns(struct cache_block *b, const struct batch *rows,
    struct cache_press *p)
{
	struct fitted *f = p->fitted;

	fit_steps(f, rows->ts_ns, rows->n);
	put_column(b, CACHE_TIME, f, &p->columns);
	fit_steps(f, rows->line, rows->n);
	put_column(b, CACHE_LINE, f, &p->columns);
	for (size_t k = 0; k < BATCH_PRICES; k++)
		put_price(b, k, rows, p);
	fit_volume(f, rows->volume, rows->n);
	put_column(b, CACHE_VOLUME, f, &p->columns);
	if (b->loose)
		buf_add(&p->columns, rows->loose, rows->n);
}

static void
put_head(const struct cache_block *b, struct buf *to)
{
	cache_put_64(to, b->check);
	cache_put_64(to, b->number);
	cache_put_32(to, (uint32_t)b->rows);
	cache_put_32(to, (uint32_t)b->size);
	cache_put_32(to, (uint32_t)b->scale);
	cache_put_32(to, b->loose);
	cache_put_64(to, (uint64_t)b->first_ns);
	cache_put_64(to, (uint64_t)b->last_ns);
	for (size_t i = 0; i < CACHE_COLUMNS; i++) {
		const struct cache_column *c = &b->column[i];

		cache_put_64(to, c->base);
		cache_put_64(to, c->step);
		cache_put_64(to, c->unit);
		cache_put_32(to, (uint32_t)c->width);
		cache_put_32(to, c->kind);
	}
}

struct cache_press *
cache_press_new(uint64_t seed)
{
	struct cache_press *p = mem_alloc(1, sizeof(*p));

	p->seed = seed;
	return p;
}

void
cache_press_free(struct cache_press *p)
{
	if (p == NULL)
		return;
	buf_release(&p->columns);
	buf_release(&p->bytes);
	free(p);
}

const struct buf *
cache_block_put(struct cache_press *p, struct cache_block *b,
    const struct batch *rows)
{
	struct buf *to = &p->bytes;
	uint64_t check = 0;

	b->rows = rows->n;
	b->scale = rows->scale;
	b->loose = rows->any_loose;
	b->first_ns = rows->ts_ns[0];
	b->last_ns = rows->ts_ns[rows->n - 1];
	buf_reset(&p->columns);
	put_columns(b, rows, p);
	b->size = p->columns.len;
	b->check = digest_sum(buf_text(&p->columns), b->size, p->seed);
	buf_reset(to);
	cache_put_64(to, 0);
	put_head(b, to);
	check = htole64(digest_sum(to->data + sizeof(check),
	    to->len - sizeof(check), p->seed));
	memcpy(to->data, &check, sizeof(check));
	buf_add(to, buf_text(&p->columns), b->size);
	return to;
}
