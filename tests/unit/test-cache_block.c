/* SPDX-License-Identifier: MIT */
/* Tests of market/cache_block, cache_column and cache_ticks. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "format/digest.h"
#include "market/cache_bits.h"
#include "market/cache_block.h"
#include "market/cache_ticks.h"
#include "market/cache_vectors.h"
#include "random.h"
#include "unit.h"

#define SEED UINT64_C(0x5eed)

/* A number of at most ${bits} bits times ${unit}, from ${base} on. */
static int64_t
some(int64_t base, uint64_t unit, unsigned bits)
{
	uint64_t v = bits == 0 ? 0 : random_bits() >> (64 - bits);

	return (int64_t)((uint64_t)base + unit * v);
}

static double
some_volume(unsigned kind)
{
	switch (kind) {
	case 0:
		return 0.0;
	case 1:
		return (double)random_below(UINT64_C(1) << 52);
	case 2:
		return (double)random_below(1000) * 100;
	case 3:
		return (double)random_below(100000) / 1000;
	default:
		return fabs(random_double());
	}
}

/* Rows of a shape that ${bits} and ${unit} decide. */
static void
fill(struct batch *b, size_t n, unsigned bits, uint64_t unit)
{
	unsigned volumes = (unsigned)random_below(5);
	int64_t ts = some(0, 1, 63), line = 2;
	bool loose = random_below(4) == 0;

	batch_reset(b);
	for (size_t i = 0; i < n; i++) {
		struct bar bar = {.ts_ns = ts, .volume = some_volume(volumes)};
		struct bars_price *at[] = {&bar.open, &bar.high, &bar.low,
		    &bar.close};

		for (size_t k = 0; k < 4; k++) {
			at[k]->exact = !loose || random_below(3) > 0;
			at[k]->units = some(77, unit, bits);
		}
		batch_add(b, &bar, line);
		ts = (int64_t)((uint64_t)ts + 60 * unit +
		    (random_below(9) == 0 ? random_sized() : 0));
		line += 1 + (random_below(99) == 0);
	}
	b->scale = (int)random_below(10);
}

static bool
same(const struct batch *a, struct batch *b)
{
	size_t size = a->n * sizeof(int64_t);
	bool equal;

	batch_lines(b);
	equal = memcmp(a->ts_ns, b->ts_ns, size) == 0 &&
	    memcmp(a->line, b->line, size) == 0 &&
	    memcmp(a->volume, b->volume, size) == 0 &&
	    memcmp(a->loose, b->loose, a->n) == 0;

	for (size_t k = 0; k < BATCH_PRICES; k++)
		equal = equal && memcmp(a->price[k], b->price[k], size) == 0;
	return equal;
}

/* All of ${rows} come back, in three parts, from bytes at an odd place. */
static bool
comes_back(struct cache_press *p, const struct batch *rows)
{
	struct cache_block put = {.number = 7}, got;
	const struct buf *bytes = cache_block_put(p, &put, rows);
	char *copy = calloc(bytes->len + 1 + CACHE_BITS_SLACK, 1);
	const char *columns = copy + 1 + CACHE_BLOCK_HEAD;
	size_t one = random_below(rows->n);
	size_t two = random_below(rows->n - one);
	struct batch back;
	bool good;

	memcpy(copy + 1, bytes->data, bytes->len);
	batch_init(&back, rows->n);
	good = CHECK(cache_block_head(&got, copy + 1, 7, SEED)) &&
	    CHECK_INT(got.size, bytes->len - CACHE_BLOCK_HEAD) &&
	    CHECK(cache_block_good(&got, columns, SEED));
	if (good) {
		cache_block_rows(&got, columns, one, &back);
		cache_block_rows(&got, columns, two, &back);
		cache_block_rows(&got, columns, rows->n - one - two, &back);
		good = CHECK_INT(back.n, rows->n) &&
		    CHECK_INT(back.any_loose, rows->any_loose) &&
		    CHECK_INT(back.scale, rows->scale) &&
		    CHECK_INT(got.first_ns, rows->ts_ns[0]) &&
		    CHECK_INT(got.last_ns, rows->ts_ns[rows->n - 1]) &&
		    CHECK(same(rows, &back));
	}
	batch_release(&back);
	free(copy);
	return good;
}

UNIT_TEST("cache: rows of any shape come back from a block")
{
	struct cache_press *p = cache_press_new(SEED);
	struct batch b;

	batch_init(&b, CACHE_BLOCK_ROWS);
	for (unsigned i = 0; i < 3000; i++) {
		uint64_t unit = i % 3 == 0 ? 1 : random_sized() | (i % 3 == 1);

		fill(&b, 1 + random_below(i % 50 == 0 ? CACHE_BLOCK_ROWS : 70),
		    i % 65, unit);
		if (!comes_back(p, &b))
			break;
	}
	batch_release(&b);
	cache_press_free(p);
}

/* Rows as a market makes them, in moves of ${bits} bits of ${unit}. */
static void
walk(struct batch *b, size_t n, unsigned bits, uint64_t unit)
{
	int64_t at[BATCH_PRICES], close = some(0, unit, 30);

	batch_reset(b);
	for (size_t i = 0; i < n; i++) {
		int64_t half = some(0, unit, bits) / 2;
		int64_t open = some(close - half, unit, bits);

		close = some(open - half, unit, bits);
		at[BATCH_OPEN] = open;
		at[BATCH_CLOSE] = close;
		at[BATCH_HIGH] = some(open > close ? open : close, unit, bits);
		at[BATCH_LOW] = open < close ? open : close;
		at[BATCH_LOW] -= some(0, unit, bits);
		b->ts_ns[i] = (int64_t)i * 60000000000;
		b->line[i] = (int64_t)i + 2;
		b->volume[i] = some_volume(bits % 5);
		for (size_t k = 0; k < BATCH_PRICES; k++)
			b->price[k][i] = at[k];
		b->n++;
	}
}

UNIT_TEST("cache: prices come back from ticks, and from too many of them")
{
	struct cache_press *p = cache_press_new(SEED);
	struct batch b;

	batch_init(&b, CACHE_BLOCK_ROWS);
	for (unsigned i = 0; i < 3000; i++) {
		walk(&b, 1 + random_below(i % 50 == 0 ? CACHE_BLOCK_ROWS : 70),
		    i % 36, i % 5 == 0 ? 1 : 1 + random_below(1 << (i % 15)));
		if (!comes_back(p, &b))
			break;
	}
	batch_release(&b);
	cache_press_free(p);
}

/* ${n} bars of which all but the close of each are one price. */
static void
fill_ticks(struct batch *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct bars_price open = {.exact = true,
		    .units = 1000000000000 + (int64_t)(i % 7) * 10000000};
		struct bars_price close = {.exact = true,
		    .units = 1000000000000 + (int64_t)((i + 1) % 7) * 10000000};
		bool up = close.units > open.units;
		struct bar bar = {.ts_ns = (int64_t)i * 60000000000,
		    .open = open,
		    .high = up ? close : open,
		    .low = up ? open : close,
		    .close = close,
		    .volume = 100.0 * (double)(i % 200 + 300)};

		batch_add(b, &bar, (int64_t)i + 2);
	}
}

UNIT_TEST("cache: columns of equal steps take no bytes, small ranges few")
{
	struct cache_press *p = cache_press_new(SEED);
	struct cache_block block = {.number = 0};
	struct batch b;

	batch_init(&b, 200);
	fill_ticks(&b, 200);
	CHECK_INT(cache_block_put(p, &block, &b)->len,
	    CACHE_BLOCK_HEAD + 200 * (3 + 8) / 8);
	CHECK_INT(block.column[CACHE_TIME].width, 0);
	CHECK_INT(block.column[CACHE_LINE].width, 0);
	for (enum cache_column_is i = CACHE_OPEN; i < CACHE_VOLUME; i++) {
		CHECK_INT(block.column[i].kind, CACHE_TICKS);
		CHECK_INT(block.column[i].unit, 10000000);
		CHECK_INT(block.column[i].width,
		    i == CACHE_OPEN + BATCH_CLOSE ? 3 : 0);
	}
	CHECK_INT(block.column[CACHE_VOLUME].kind, CACHE_WHOLE);
	CHECK_INT(block.column[CACHE_VOLUME].unit, 100);
	CHECK_INT(block.column[CACHE_VOLUME].width, 8);
	batch_release(&b);
	cache_press_free(p);
}

/* Whether a block of that head is taken. */
static bool
is_taken(char *head)
{
	struct cache_block b;
	uint64_t check = htole64(
	    digest_sum(head + 8, CACHE_BLOCK_HEAD - sizeof(check), SEED));

	memcpy(head, &check, sizeof(check));
	return cache_block_head(&b, head, 0, SEED);
}

UNIT_TEST("cache: highs and lows in ticks have no step")
{
	struct cache_press *p = cache_press_new(SEED);
	struct cache_block block = {.number = 0};
	char head[CACHE_BLOCK_HEAD], *step;
	struct batch b;

	batch_init(&b, 9);
	fill_ticks(&b, 9);
	memcpy(head, cache_block_put(p, &block, &b)->data, sizeof(head));
	CHECK(is_taken(head));
	for (enum cache_column_is i = CACHE_OPEN; i < CACHE_VOLUME; i++) {
		/* Eight bytes into each of its columns, which are last. */
		step = head + sizeof(head) - (CACHE_COLUMNS - i) * 32 + 8;
		*step ^= 1;
		CHECK_INT(is_taken(head),
		    i == CACHE_OPEN + BATCH_OPEN ||
			i == CACHE_OPEN + BATCH_CLOSE);
		*step ^= 1;
	}
	batch_release(&b);
	cache_press_free(p);
}

UNIT_TEST("cache: volumes come back bit by bit")
{
	static const double volumes[] = {0.0, -0.0, 0.1, 1e308, 5e-324,
	    4503599627370495, 4503599627370496, 9007199254740992};
	struct cache_press *p = cache_press_new(SEED);
	struct bar bar = {.ts_ns = 1};
	struct batch b;

	batch_init(&b, 2);
	for (size_t i = 0; i < QTE_COUNT(volumes); i++) {
		batch_reset(&b);
		bar.volume = volumes[i];
		batch_add(&b, &bar, 2);
		bar.volume = 3;
		batch_add(&b, &bar, 3);
		CHECK(comes_back(p, &b));
	}
	batch_release(&b);
	cache_press_free(p);
}

/* Any bits, and what may be looked at behind them. */
static char bits[8 * 4100 + CACHE_BITS_SLACK];

static void
any_bits(void)
{
	uint64_t v = random_bits();

	for (size_t i = 0; i + sizeof(v) <= sizeof(bits); i += sizeof(v)) {
		v = v * 5 + 0x9e3779b97f4a7c15;
		memcpy(bits + i, &v, sizeof(v));
	}
}

static size_t
any_width(void)
{
	size_t width = random_below(CACHE_BITS_NARROW + 3);

	return width > CACHE_BITS_NARROW + 1 ? 64
	    : width > CACHE_BITS_NARROW	     ? 32
					     : width;
}

/* All that this processor has, the last: none. */
static const struct cache_vectors *const *
all_vectors(void)
{
	static const struct cache_vectors *all[3];
	size_t n = 0;

	if (cache_avx2() != NULL)
		all[n++] = cache_avx2();
	if (cache_avx512() != NULL)
		all[n++] = cache_avx512();
	all[n] = NULL;
	return all;
}

static struct cache_column
any_column(void)
{
	struct cache_column c = {.base = random_sized(),
	    .step = random_sized(),
	    .unit = 1,
	    .width = any_width()};

	if (c.width < 64 && random_below(2) == 0)
		c.unit = random_sized();
	if (random_below(3) == 0)
		c.kind = CACHE_WHOLE;
	return c;
}

UNIT_TEST("cache: vectors read a column as the scalar code does")
{
	uint64_t a[70], b[70];

	for (size_t i = 0; i < 20000; i++) {
		const struct cache_vectors *const *v = all_vectors();
		struct cache_column c = any_column();
		struct cache_rows rows = {.from = bits,
		    .first = random_below(4000),
		    .n = random_below(70),
		    .to = b};

		any_bits();
		cache_column_read(&c, &rows, NULL);
		for (rows.to = a; *v != NULL; v++) {
			cache_column_read(&c, &rows, *v);
			if (!CHECK(memcmp(a, b, rows.n * sizeof(a[0])) == 0))
				return;
		}
	}
}

struct prices {
	int64_t at[BATCH_PRICES][70];
};

static int32_t
read_ticks(const struct cache_ticks *ticks, const struct cache_vectors *v,
    struct prices *to)
{
	struct cache_ticks t = *ticks;

	for (size_t k = 0; k < BATCH_PRICES; k++)
		t.to[k] = to->at[k];
	cache_ticks_read(&t, v);
	return t.close;
}

UNIT_TEST("cache: vectors read ticks as the scalar code does")
{
	static struct prices a, b;

	any_bits();
	for (size_t i = 0; i < 20000; i++) {
		const struct cache_vectors *const *v = all_vectors();
		uint64_t base = random_sized();
		uint64_t unit = random_below(CACHE_TICKS_UNIT);
		struct cache_column c[BATCH_PRICES];
		struct cache_ticks t = {.columns = c,
		    .first = random_below(4000),
		    .n = random_below(70),
		    .close = (int32_t)random_bits()};
		int32_t close;

		for (size_t k = 0; k < BATCH_PRICES; k++) {
			c[k] = (struct cache_column){.kind = CACHE_TICKS,
			    .base = base,
			    .unit = unit,
			    .step = random_sized(),
			    .width = any_width() % 64};
			t.from[k] = bits + random_below(1000);
		}
		close = read_ticks(&t, NULL, &b);
		for (; *v != NULL; v++)
			if (!CHECK_INT(read_ticks(&t, *v, &a), close) ||
			    !CHECK(memcmp(&a, &b, sizeof(a)) == 0))
				return;
	}
}

UNIT_TEST("cache: a block with any bit changed is none")
{
	struct cache_press *p = cache_press_new(SEED);
	struct cache_block put = {.number = 0}, got;
	const struct buf *bytes;
	struct batch b;

	batch_init(&b, 40);
	fill(&b, 40, 17, 100);
	bytes = cache_block_put(p, &put, &b);
	CHECK(!cache_block_head(&got, bytes->data, 1, SEED));
	CHECK(!cache_block_head(&got, bytes->data, 0, SEED + 1));
	for (size_t i = 0; i < 8 * bytes->len; i++) {
		bytes->data[i / 8] ^= (char)(1 << i % 8);
		if (!CHECK(!cache_block_head(&got, bytes->data, 0, SEED) ||
			!cache_block_good(&got, bytes->data + CACHE_BLOCK_HEAD,
			    SEED)))
			break;
		bytes->data[i / 8] ^= (char)(1 << i % 8);
	}
	batch_release(&b);
	cache_press_free(p);
}

UNIT_TEST("cache: lines that no file has go round instead of beyond")
{
	struct batch b;

	batch_init(&b, 4);
	b.in_lines = true;
	b.line[0] = INT64_MAX - 1;
	CHECK_INT(batch_line(&b, 1), INT64_MAX);
	CHECK_INT(batch_line(&b, 2), INT64_MIN);
	batch_release(&b);
}
