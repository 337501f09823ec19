/* SPDX-License-Identifier: MIT */
/* Tests of market/cache_block and cache_column. */
#include <stdlib.h>
#include <string.h>

#include "market/cache_block.h"
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

/* Rows ${from} on of ${a} are the first ${n} from ${to} on of ${b}. */
static bool
same(const struct batch *a, size_t from, const struct batch *b, size_t to,
    size_t n)
{
	size_t size = n * sizeof(int64_t);
	bool equal = memcmp(a->ts_ns + from, b->ts_ns + to, size) == 0 &&
	    memcmp(a->line + from, b->line + to, size) == 0 &&
	    memcmp(a->volume + from, b->volume + to, size) == 0 &&
	    memcmp(a->loose + from, b->loose + to, n) == 0;

	for (size_t k = 0; k < BATCH_PRICES; k++)
		equal = equal &&
		    memcmp(a->price[k] + from, b->price[k] + to, size) == 0;
	return equal;
}

/* All of ${rows} come back, in two parts, from bytes at an odd place. */
static bool
comes_back(struct cache_press *p, const struct batch *rows)
{
	struct cache_block put = {.number = 7}, got;
	const struct buf *bytes = cache_block_put(p, &put, rows);
	char *copy = malloc(bytes->len + 1);
	const char *columns = copy + 1 + CACHE_BLOCK_HEAD;
	size_t from = random_below(rows->n), n = rows->n - from;
	struct batch back;
	bool good;

	memcpy(copy + 1, bytes->data, bytes->len);
	batch_init(&back, rows->n);
	good = CHECK(cache_block_head(&got, copy + 1, 7, SEED)) &&
	    CHECK_INT(got.size, bytes->len - CACHE_BLOCK_HEAD) &&
	    CHECK(cache_block_good(&got, columns, SEED));
	if (good) {
		cache_block_rows(&got, columns, from, n, &back);
		cache_block_rows(&got, columns, 0, from, &back);
		good = CHECK_INT(back.n, rows->n) &&
		    CHECK_INT(back.any_loose, rows->any_loose) &&
		    CHECK_INT(back.scale, rows->scale) &&
		    CHECK_INT(got.first_ns, rows->ts_ns[0]) &&
		    CHECK_INT(got.last_ns, rows->ts_ns[rows->n - 1]) &&
		    CHECK(same(rows, from, &back, 0, n)) &&
		    CHECK(same(rows, 0, &back, n, from));
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

UNIT_TEST("cache: columns of equal steps take no bytes, small ranges few")
{
	struct cache_press *p = cache_press_new(SEED);
	struct cache_block block = {.number = 0};
	struct batch b;

	batch_init(&b, 100);
	for (int64_t i = 0; i < 100; i++) {
		struct bars_price open = {.exact = true,
		    .units = 1000000000000 + i * 1000 * 10000000};
		struct bars_price close = {.exact = true,
		    .units = open.units + (i % 7) * 10000000};
		struct bar bar = {.ts_ns = i * 60000000000,
		    .open = open,
		    .high = close,
		    .low = open,
		    .close = close,
		    .volume = 100.0 * (double)(i + 300)};

		batch_add(&b, &bar, i + 2);
	}
	CHECK_INT(cache_block_put(p, &block, &b)->len,
	    CACHE_BLOCK_HEAD + 100 * (1 + 1 + 1 + 1));
	CHECK_INT(block.column[CACHE_TIME].width, 0);
	CHECK_INT(block.column[CACHE_LINE].width, 0);
	CHECK_INT(block.column[CACHE_OPEN].unit, 10000000000);
	CHECK_INT(block.column[CACHE_OPEN + BATCH_CLOSE].kind, CACHE_ON_OPEN);
	CHECK_INT(block.column[CACHE_VOLUME].kind, CACHE_WHOLE);
	CHECK_INT(block.column[CACHE_VOLUME].unit, 100);
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

UNIT_TEST("cache: vectors read a column as the scalar code does")
{
	static const size_t widths[] = {0, 1, 2, 4, 8};
	char bytes[8 * 70 + 1];
	int64_t open[70];
	uint64_t a[70], b[70];

	for (size_t i = 0; i < 20000; i++) {
		size_t n = random_below(70);
		struct cache_column c = {.base = random_sized(),
		    .step = random_sized(),
		    .unit = i % 2 == 0 ? 1 : random_sized(),
		    .width = widths[i % 5],
		    .kind = i % 3 == 0 ? CACHE_ON_OPEN : CACHE_PLAIN};
		struct cache_rows rows = {.from = bytes + 1,
		    .first = random_below(4000),
		    .n = n,
		    .to = a,
		    .open = open};

		for (size_t k = 0; k < sizeof(bytes); k++)
			bytes[k] = (char)random_bits();
		for (size_t k = 0; k < 70; k++)
			open[k] = (int64_t)random_bits();
		cache_column_read(&c, &rows);
		rows.to = b;
		cache_column_scalar(&c, &rows, 0);
		if (!CHECK(memcmp(a, b, n * sizeof(a[0])) == 0))
			break;
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
