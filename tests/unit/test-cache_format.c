/* SPDX-License-Identifier: MIT */
/*
 * A file of the cache, read by what qte-data(5) says alone: the numbers here
 * stand there, and are not those of the headers.
 */
#include <unistd.h>

#include "base/buf.h"
#include "format/digest.h"
#include "reading.h"
#include "unit.h"

enum { PLAIN, WHOLE, TICKS };
enum { TIME, LINE, OPEN, HIGH, LOW, CLOSE, VOLUME, COLUMNS };

struct column {
	uint64_t base, step, unit;
	size_t bits;
	unsigned kind;
	const unsigned char *at;
};

static uint64_t
get(const unsigned char *at, size_t n)
{
	uint64_t v = 0;

	while (n-- > 0)
		v = v << 8 | at[n];
	return v;
}

/* The number of row ${i}, bit by bit. */
static uint64_t
number(const struct column *c, size_t i)
{
	uint64_t v = 0;

	for (size_t k = c->bits; k-- > 0;) {
		size_t bit = c->bits * i + k;

		v = v << 1 | (c->at[bit / 8] >> bit % 8 & 1);
	}
	return v;
}

static uint64_t
value(const struct column *c, size_t i)
{
	return c->base + c->step * i + c->unit * number(c, i);
}

/* The prices of row ${i}, in the order of the columns. */
static void
read_ticks(const struct column *c, size_t i, int32_t *before, uint64_t to[4])
{
	int32_t open = (int32_t)((uint32_t)*before + (uint32_t)c[OPEN].step +
	    (uint32_t)number(&c[OPEN], i));
	int32_t close = (int32_t)((uint32_t)open + (uint32_t)c[CLOSE].step +
	    (uint32_t)number(&c[CLOSE], i));
	int32_t most = open > close ? open : close;
	int32_t least = open < close ? open : close;
	int32_t ticks[] = {open,
	    (int32_t)((uint32_t)most + (uint32_t)number(&c[HIGH], i)),
	    (int32_t)((uint32_t)least - (uint32_t)number(&c[LOW], i)), close};

	for (size_t k = 0; k < 4; k++)
		to[k] =
		    c[OPEN].base + c[OPEN].unit * (uint64_t)(int64_t)ticks[k];
	*before = close;
}

/* The columns of a block with ${rows} rows, behind its head; return the end. */
static const unsigned char *
read_columns(const unsigned char *head, size_t rows, struct column *c)
{
	const unsigned char *at = head + 280;

	for (size_t i = 0; i < COLUMNS; i++) {
		const unsigned char *from = head + 56 + 32 * i;

		c[i] = (struct column){.base = get(from, 8),
		    .step = get(from + 8, 8),
		    .unit = get(from + 16, 8),
		    .bits = get(from + 24, 4),
		    .kind = (unsigned)get(from + 28, 4),
		    .at = at};
		at += (c[i].bits * rows + 7) / 8;
	}
	return at;
}

/* Row ${i} of the block is ${bar}. */
static bool
is_bar(const struct column *c, size_t i, int32_t *before, unsigned marks,
    const struct bar *bar)
{
	const struct bars_price *want[] = {&bar->open, &bar->high, &bar->low,
	    &bar->close};
	uint64_t prices[4] = {value(&c[OPEN], i), value(&c[HIGH], i),
	    value(&c[LOW], i), value(&c[CLOSE], i)};
	uint64_t bits = value(&c[VOLUME], i);
	double volume = (double)bits;
	bool same = true;

	if (c[VOLUME].kind == PLAIN)
		memcpy(&volume, &bits, sizeof(volume));
	if (c[OPEN].kind == TICKS)
		read_ticks(c, i, before, prices);
	for (size_t k = 0; k < 4; k++)
		same = same && CHECK_INT(prices[k], want[k]->units) &&
		    CHECK_INT(marks >> k & 1, !want[k]->exact);
	return same && CHECK_INT(value(&c[TIME], i), bar->ts_ns) &&
	    CHECK_DBL(volume, bar->volume);
}

/* The rows of the block at ${head} are the next of ${b}; return its end. */
static const unsigned char *
compare_block(const unsigned char *head, uint64_t seed, struct bars *b)
{
	size_t rows = get(head + 24, 4), size = get(head + 28, 4);
	struct column c[COLUMNS];
	const unsigned char *marks = read_columns(head, rows, c);
	bool marked = get(head + 36, 4) == 1;
	int32_t before = 0;
	struct err e = {0};
	struct bar bar;

	CHECK(get(head, 8) == digest_sum(head + 8, 272, seed));
	CHECK(get(head + 8, 8) == digest_sum(head + 280, size, seed));
	CHECK_INT(marks - head + (marked ? (int)rows : 0), 280 + (int)size);
	for (size_t i = 0; i < rows; i++)
		if (!CHECK_INT(bars_next(b, &bar, &e), 0) ||
		    !is_bar(c, i, &before, marked ? marks[i] : 0, &bar))
			break;
	return head + 280 + size;
}

/* The file ${path} of the cache has all bars of ${source}. */
static void
compare(const char *path, const char *source)
{
	static const struct bars_opts plain = {.skip = false};
	static unsigned char bytes[1 << 20];
	const unsigned char *at = bytes, *tail;
	FILE *f = fopen(path, "rb");
	struct err e = {0};
	struct bars b;
	struct bar bar;
	size_t n;

	if (!CHECK(f != NULL))
		return;
	n = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	tail = bytes + n - 512;
	CHECK(memcmp(tail, "QTEcache", 8) == 0);
	CHECK_INT(get(tail + 8, 4), 2);
	if (!CHECK_INT(bars_open(&b, source, &plain, &e), 0))
		return;
	for (uint64_t i = get(tail + 32, 8); i > 0; i--)
		at = compare_block(at, get(tail + 24, 8), &b);
	CHECK_INT(at - bytes, get(tail + 40, 8));
	CHECK_INT(bars_next(&b, &bar, &e), BARS_END);
	bars_close(&b);
}

/* ${n} minutes; ${kind} says how odd prices and volumes are. */
static void
put_source(size_t n, unsigned kind)
{
	static const char *const volume[] = {"00", ".125", "00"};
	static const char *const open[] = {"25", "25", "1234567891234"};
	struct buf b = {0};

	buf_str(&b, "time,open,high,low,close,volume\n");
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%zu,%zu.%s,%zu.5,%zu,%zu.75,%zu%s\n",
		    1600000000 + 60 * (i + i / 390 * 1050), 50 + i % 7,
		    open[kind], 60 + i % 9, 20 + i % 11, 50 + i % 5,
		    i * i % 997, volume[kind]);
	scratch_put("f.csv", buf_text(&b), b.len);
	buf_release(&b);
}

UNIT_TEST("cache: the manual says all that a reader has to know")
{
	static const struct cache_opts opts = {.dir = "kept", .full = 1};
	const struct bars_opts kept = {.cache = &opts};
	struct err e = {0};
	struct batch batch;
	struct bars b;
	char path[64];

	batch_init(&batch, 1000);
	for (unsigned kind = 0; kind < 3; kind++) {
		put_source(9000, kind);
		if (!CHECK_INT(bars_open(&b, "f.csv", &kept, &e), 0))
			break;
		while (bars_fill(&b, &batch, &e) == 0)
			;
		bars_close(&b);
		(void)snprintf(path, sizeof(path), "kept/%.37s",
		    place_names("kept"));
		compare(path, "f.csv");
		CHECK(unlink(path) == 0);
	}
	batch_release(&batch);
}
