/* SPDX-License-Identifier: MIT */
/* Tests of market/cache: what it gives is what the source gives. */
#include <sys/stat.h>

#include "base/buf.h"
#include "format/digest.h"
#include "reading.h"
#include "unit.h"

static const struct cache_opts cache_opts = {.dir = "kept", .full = 1};

/* All that a run comes to know of a file. */
struct outcome {
	int rc;
	struct digest rows;
	int64_t bars, read, outside, warmup, skipped;
	bool exact, reading, stands;
	int trouble;
	char symbol[32], message[200];
};

/* Row by row, since the batches may be parted elsewhere. */
static void
add_rows(struct digest_run *d, const struct batch *b)
{
	for (size_t i = 0; i < b->n; i++) {
		int64_t line = batch_line(b, i);

		digest_add(d, b->ts_ns + i, sizeof(b->ts_ns[i]));
		digest_add(d, &line, sizeof(line));
		digest_add(d, b->volume + i, sizeof(b->volume[i]));
		for (size_t k = 0; k < BATCH_PRICES; k++)
			digest_add(d, b->price[k] + i, sizeof(b->price[k][i]));
		digest_add(d, b->loose + i, 1);

		int64_t number[] = {b->first + (int64_t)i, i < b->before};

		digest_add(d, number, sizeof(number));
	}
}

static void
take_all(struct bars *b, size_t cap, struct outcome *o, struct err *e)
{
	struct digest_run *d = digest_new();
	struct batch batch;

	batch_init(&batch, cap);
	while ((o->rc = bars_fill(b, &batch, e)) == 0) {
		add_rows(d, &batch);
		o->bars += (int64_t)batch.n;
	}
	o->rows = digest_so_far(d);
	digest_free(d);
	batch_release(&batch);
}

static struct outcome
outcome_of(const char *path, const struct bars_opts *opts, size_t cap)
{
	struct outcome o = {.rc = 0};
	struct err e = {0};
	struct bars b;

	o.rc = bars_open(&b, path, opts, &e);
	if (o.rc == 0) {
		const struct cache *c = bars_cache(&b);

		o.reading = c->reading;
		take_all(&b, cap, &o, &e);
		o.read = b.rows;
		o.outside = b.outside;
		o.warmup = b.warmup;
		o.exact = b.exact;
		for (size_t i = 0; i < BARS_FAULTS; i++)
			o.skipped = o.skipped * 3 + b.skipped[i];
		o.stands = c->stands;
		o.trouble = c->trouble.status;
		(void)snprintf(o.symbol, sizeof(o.symbol), "%s", b.symbol);
		bars_close(&b);
	}
	if (o.rc != BARS_END)
		(void)snprintf(o.message, sizeof(o.message), "%.199s", e.msg);
	return o;
}

static bool
same(const struct outcome *a, const struct outcome *b)
{
	return CHECK_INT(a->rc, b->rc) && CHECK_INT(a->bars, b->bars) &&
	    CHECK(a->rows.high == b->rows.high) &&
	    CHECK_INT(a->read, b->read) && CHECK_INT(a->outside, b->outside) &&
	    CHECK_INT(a->warmup, b->warmup) &&
	    CHECK_INT(a->skipped, b->skipped) &&
	    CHECK_INT(a->exact, b->exact) && CHECK_STR(a->symbol, b->symbol) &&
	    CHECK_STR(a->message, b->message);
}

/* Rows of minutes, of which some are odd. */
static void
put_source(size_t n)
{
	struct buf b = {0};

	buf_str(&b, "note,time,open,high,low,close,volume\n");
	for (size_t i = 0; i < n; i++) {
		size_t minute = i + (i > 70 ? 600 : 0);

		buf_fmt(&b, "%s,2020-01-%02zuT%02zu:%02zu,",
		    i == 9 ? "\"\"" : "", 2 + minute / 1440, minute / 60 % 24,
		    minute % 60);
		buf_fmt(&b, "%zu.5,%zu.%s,10,%zu.25,%zu\n", 20 + i % 9,
		    30 + i % 7, i == 50 ? "1234567891234" : "75", 20 + i % 5,
		    100 * (i % 13));
		if (i == 40)
			buf_str(&b, ",bad,1,1,1,1,1\n");
	}
	scratch_put("s.csv", buf_text(&b), b.len);
	buf_release(&b);
}

static const struct bars_opts plain = {.skip = true};
static const struct bars_opts kept = {.skip = true, .cache = &cache_opts};

/* The name of the only file of the cache. */
static const char *
kept_path(void)
{
	static char path[64];

	(void)snprintf(path, sizeof(path), "kept/%.37s", place_names("kept"));
	return path;
}

UNIT_TEST("cache: the second run reads what the first one kept")
{
	struct outcome want, made, used;

	put_source(10000);
	want = outcome_of("s.csv", &plain, 2048);
	made = outcome_of("s.csv", &kept, 2048);
	CHECK_INT(want.bars, 10000);
	CHECK(!made.reading && made.stands);
	CHECK(same(&made, &want));
	CHECK_INT(place_mode("kept"), 0700);
	CHECK_INT(place_mode(kept_path()), 0600);
	for (size_t cap = 1; cap < 20000; cap = cap * 5 + 2) {
		used = outcome_of("s.csv", &kept, cap);
		want = outcome_of("s.csv", &plain, cap);
		CHECK(used.reading && used.stands);
		CHECK_INT(used.trouble, 0);
		CHECK(same(&used, &want));
	}
}

UNIT_TEST("cache: a range is taken out of all rows")
{
	/* Minutes of 2020-01-02 on; 600 lack behind the 71st. */
	static const int64_t borders[] = {-5, 0, 1, 70, 71, 300, 671, 4095,
	    4096, 4700, 8191, 9000, 10599, 10600, 20000};
	const int64_t day = 18263, minute = 60 * INT64_C(1000000000);
	struct bars_opts a = kept, b = plain;

	for (size_t i = 0; i < QTE_COUNT(borders); i++)
		for (size_t k = i; k <= QTE_COUNT(borders); k++) {
			struct range_opts r = {.has_from = i % 4 != 3,
			    .from_ns = (day * 1440 + borders[i]) * minute,
			    .has_to = k < QTE_COUNT(borders),
			    .warmup = i % 3 == 1 ? 5000 : (int64_t)(i % 3)};

			if (r.has_to)
				r.to_ns =
				    (day * 1440 + borders[k]) * minute + 1;
			a.range = b.range = r;

			struct outcome got = outcome_of("s.csv", &a, 2048);
			struct outcome want = outcome_of("s.csv", &b, 2048);

			if (!CHECK(got.reading) || !same(&got, &want))
				return;
		}
}

/* Whatever became of the kept file, the source's rows come out. */
static void
spoiled(const char *bytes, size_t n, const struct outcome *want)
{
	struct outcome got;

	place_write(kept_path(), bytes, n);
	got = outcome_of("s.csv", &kept, 64);
	CHECK(same(&got, want));
	CHECK(got.stands);
}

UNIT_TEST("cache: a file with any byte changed gives no other row")
{
	static char bytes[8192];
	struct outcome want;
	FILE *f;
	size_t n;

	CHECK(unlink(kept_path()) == 0);
	put_source(60);
	want = outcome_of("s.csv", &plain, 64);
	CHECK(outcome_of("s.csv", &kept, 64).stands);
	f = fopen(kept_path(), "rb");
	if (!CHECK(f != NULL))
		return;
	n = fread(bytes, 1, sizeof(bytes), f);
	(void)fclose(f);
	for (size_t i = 0; i < n; i++) {
		bytes[i] ^= (char)(1 << i % 8);
		spoiled(bytes, n, &want);
		bytes[i] ^= (char)(1 << i % 8);
	}
	for (size_t i = 0; i < n; i += 7)
		spoiled(bytes, i, &want);
	bytes[n] = 'x';
	spoiled(bytes, n + 1, &want);
}

UNIT_TEST("cache: damage in the middle hands over to the source")
{
	char byte;
	FILE *f;

	CHECK(unlink(kept_path()) == 0);
	put_source(10000);
	for (size_t cap = 1; cap < 20000; cap = cap * 7 + 1) {
		struct outcome want = outcome_of("s.csv", &plain, cap), got;

		CHECK(outcome_of("s.csv", &kept, cap).stands);
		f = fopen(kept_path(), "r+b");
		if (!CHECK(f != NULL))
			return;
		CHECK(fseek(f, -12000, SEEK_END) == 0 &&
		    fread(&byte, 1, 1, f) == 1);
		byte ^= 4;
		CHECK(fseek(f, -12000, SEEK_END) == 0 &&
		    fwrite(&byte, 1, 1, f) == 1);
		(void)fclose(f);
		got = outcome_of("s.csv", &kept, cap);
		CHECK(got.reading && got.stands);
		CHECK_INT(got.trouble, EX_DATAERR);
		CHECK(same(&got, &want));
	}
}

UNIT_TEST("cache: a range is looked for in no damaged block")
{
	struct bars_opts a = kept, b = plain;
	struct outcome want, got;
	int found = 0;
	struct stat st;
	char byte;
	FILE *f;

	CHECK(unlink(kept_path()) == 0);
	put_source(10000);
	a.range.has_from = true;
	a.range.from_ns = (18263 * 1440 + 9000) * 60 * INT64_C(1000000000);
	b.range = a.range;
	want = outcome_of("s.csv", &b, 64);
	CHECK(outcome_of("s.csv", &a, 64).stands);
	if (!CHECK(stat(kept_path(), &st) == 0))
		return;
	for (long at = 0; at < st.st_size; at += 499) {
		f = fopen(kept_path(), "r+b");
		if (!CHECK(f != NULL))
			return;
		CHECK(
		    fseek(f, at, SEEK_SET) == 0 && fread(&byte, 1, 1, f) == 1);
		byte ^= 16;
		CHECK(
		    fseek(f, at, SEEK_SET) == 0 && fwrite(&byte, 1, 1, f) == 1);
		(void)fclose(f);
		got = outcome_of("s.csv", &a, 64);
		found += got.trouble == EX_DATAERR;
		if (!CHECK(same(&got, &want)) || !CHECK(got.stands))
			return;
		/* What was damaged before the range is no matter. */
		CHECK(unlink(kept_path()) == 0);
		CHECK(outcome_of("s.csv", &a, 64).stands);
	}
	CHECK(found > 10);
}

UNIT_TEST("cache: a source that was changed is read anew")
{
	struct outcome want, got;
	const struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};

	CHECK(unlink(kept_path()) == 0);
	put_source(60);
	CHECK(outcome_of("s.csv", &kept, 64).stands);
	CHECK(utimensat(AT_FDCWD, "s.csv", old, 0) == 0);
	/* The same bytes, whatever the times say. */
	CHECK(outcome_of("s.csv", &kept, 64).reading);
	/* The same size, and the same time set back. */
	FILE *f = fopen("s.csv", "r+b");

	if (!CHECK(f != NULL))
		return;
	CHECK(fseek(f, -3, SEEK_END) == 0 && fputc('7', f) == '7');
	(void)fclose(f);
	CHECK(utimensat(AT_FDCWD, "s.csv", old, 0) == 0);
	want = outcome_of("s.csv", &plain, 64);
	got = outcome_of("s.csv", &kept, 64);
	CHECK(!got.reading && got.stands);
	CHECK_INT(got.trouble, 0);
	CHECK(same(&got, &want));
}

UNIT_TEST("cache: times tell of a change only when it is long enough ago")
{
	const struct cache_time since = {.s = 1000, .ns = 500};
	struct cache_source s = {.size = 9, .inode = 3}, t;

	s.changed = s.touched = (struct cache_time){.s = 997, .ns = 999999999};
	CHECK(cache_tail_settled(&s, &since));
	s.touched.s = 998;
	CHECK(!cache_tail_settled(&s, &since));
	s.touched.s = 997;
	s.changed.s = 2000;
	CHECK(!cache_tail_settled(&s, &since));
	t = s;
	CHECK(cache_tail_same(&s, &t));
	t.touched.ns++;
	CHECK(!cache_tail_same(&s, &t));
	t = s;
	t.changed.ns++;
	CHECK(!cache_tail_same(&s, &t));
	t = s;
	t.inode++;
	CHECK(!cache_tail_same(&s, &t));
	t = s;
	t.device++;
	CHECK(!cache_tail_same(&s, &t));
	t = s;
	t.size++;
	CHECK(!cache_tail_same(&s, &t));
}

UNIT_TEST("cache: the symbol of a column, and of a file's name")
{
	static const struct bars_opts other = {.symbol = "other",
	    .cache = &cache_opts};
	static const struct bars_opts a = {.symbol = "A", .cache = &cache_opts};
	static const struct bars_opts c = {.cache = &cache_opts};
	static const char symbols[] = "symbol,time,open,high,low,close,volume\n"
				      "A,2020-01-02,1,1,1,1,1\n"
				      "B,2020-01-02,1,1,1,1,1\n";
	struct outcome o;

	scratch_put("other.csv", HEADER GOOD, sizeof(HEADER GOOD) - 1);
	CHECK(outcome_of("other.csv", &other, 64).stands);
	CHECK(symlink("other.csv", "alias.csv") == 0);
	CHECK(outcome_of("other.csv", &other, 64).reading);
	o = outcome_of("alias.csv", &other, 64);
	CHECK_INT(o.rc, EX_DATAERR);
	CHECK(outcome_of("other.csv", &c, 64).stands);
	o = outcome_of("alias.csv", &c, 64);
	CHECK(o.reading);
	CHECK_STR(o.symbol, "alias");
	scratch_put("m.csv", symbols, sizeof(symbols) - 1);
	o = outcome_of("m.csv", &a, 64);
	CHECK(o.stands && o.read == 2 && o.bars == 1);
	o = outcome_of("m.csv", &a, 64);
	CHECK(o.reading && o.read == 2 && o.bars == 1);
	CHECK_STR(o.symbol, "A");
	o = outcome_of("m.csv", &c, 64);
	CHECK(!o.reading && !o.stands && o.rc == EX_DATAERR);
	while (unlink(kept_path()) == 0)
		;
}
