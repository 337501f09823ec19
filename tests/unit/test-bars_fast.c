/* SPDX-License-Identifier: MIT */
/* Tests of market/fast: it reads what market/row.h reads, and as that does. */
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "market/fast.h"
#include "random.h"
#include "reading.h"

#ifndef ROUNDS
#define ROUNDS 2000
#endif

#define START INT64_C(1577836800) /* 2020-01-01 */

/* What is random about a file. */
struct plan {
	char order[12]; /* a letter for each column */
	char delimiter;
	const char *newline;
	int times, step_s;
	int whole, decimals; /* digits of a price */
	bool stripped;	     /* no zeros at the end of a price */
	int wrong;	     /* one byte of so many is changed; 0: none */
};

static void
note_batch(struct buf *log, const struct batch *b)
{
	buf_fmt(log, "%zu %d %d %zu %lld\n", b->n, b->any_loose, b->scale,
	    b->before, (long long)b->first);
	buf_add(log, b->ts_ns, b->n * sizeof(b->ts_ns[0]));
	for (int k = 0; k < BATCH_PRICES; k++)
		buf_add(log, b->price[k], b->n * sizeof(b->price[k][0]));
	buf_add(log, b->volume, b->n * sizeof(b->volume[0]));
	buf_add(log, b->line, b->n * sizeof(b->line[0]));
	buf_add(log, b->loose, b->n);
}

/* All that a parser says of the file. */
static void
read_all(struct buf *log, const struct bars_opts *opts, size_t cap)
{
	struct err e = {0};
	struct batch batch;
	struct bars b;
	int rc = bars_open(&b, "t.csv", opts, &e);

	buf_reset(log);
	if (rc != 0) {
		buf_str(log, e.msg);
		return;
	}
	batch_init(&batch, cap);
	while ((rc = bars_fill(&b, &batch, &e)) == 0)
		note_batch(log, &batch);
	buf_fmt(log, "%d %s %lld %lld %lld %d %s\n", rc, rc > 0 ? e.msg : "",
	    (long long)b.rows, (long long)b.outside, (long long)b.warmup,
	    b.exact, b.symbol);
	buf_add(log, b.skipped, sizeof(b.skipped));
	batch_release(&batch);
	bars_close(&b);
}

static bool
all_agree(const struct buf *text, struct bars_opts opts, size_t cap)
{
	struct buf general = {0}, log = {0};
	bool same = true;

	scratch_put("t.csv", text->data, text->len);
	opts.parser = BARS_GENERAL;
	read_all(&general, &opts, cap);
	opts.parser = BARS_FAST;
	read_all(&log, &opts, cap);
	same = log.len == general.len &&
	    memcmp(log.data, general.data, log.len) == 0;
	opts.parser = BARS_SCALAR;
	read_all(&log, &opts, cap);
	same = same && log.len == general.len &&
	    memcmp(log.data, general.data, log.len) == 0;
	buf_release(&general);
	buf_release(&log);
	return same;
}

static void
put_time(struct buf *to, const struct plan *p, int64_t s)
{
	static const char *const fractions[] = {".5", ".250", ".000000001"};
	char text[WHEN_TEXT_SIZE];

	when_put(text, s * WHEN_SECOND);
	text[10] = p->times % 2 == 0 ? ' ' : 'T';
	switch (p->times / 2) {
	case 0:
		buf_add(to, text, 19);
		break;
	case 1:
		buf_str(to, text);
		break;
	case 2:
		buf_add(to, text, 16);
		break;
	case 3:
		buf_add(to, text, 19);
		buf_str(to, fractions[random_below(3)]);
		break;
	case 4:
		buf_fmt(to, "%lld%s", (long long)s,
		    p->times % 2 == 0 ? "" : "000");
		break;
	case 5:
		buf_fmt(to, "%lld%s", (long long)s,
		    p->times % 2 == 0 ? "000000" : "123456789");
		break;
	case 6:
		buf_add(to, text, 19);
		buf_str(to, "+02:00");
		break;
	default:
		buf_fmt(to, "%.4s%.2s%.2s", text, text + 5, text + 8);
		if (p->times % 2 == 0)
			buf_fmt(to, "%.2s%.2s", text + 11, text + 14);
		break;
	}
}

static void
put_price(struct buf *to, const struct plan *p, uint64_t units)
{
	char text[32];
	size_t n = (size_t)snprintf(text, sizeof(text), "%0*llu",
	    p->whole + p->decimals, (unsigned long long)units);
	size_t whole = n - (size_t)p->decimals;

	while (p->stripped && n > whole && text[n - 1] == '0')
		n--;
	buf_add(to, text, whole);
	if (n > whole)
		buf_char(to, '.');
	buf_add(to, text + whole, n - whole);
}

static void
put_column(struct buf *to, const struct plan *p, char what, int64_t s)
{
	static const char *const notes[] = {"", "x", "a note", "12",
	    "\xc3\xa9"};
	static const uint64_t scales[] = {1, 10, 100, 1000, 1000000, 100000000};
	char text[WHEN_TEXT_SIZE];
	uint64_t base = 1;

	for (int i = 1; i < p->whole + p->decimals; i++)
		base *= 10;
	base = base * 2 + (uint64_t)s / 16 % 100;
	switch (what) {
	case 't':
		put_time(to, p, s);
		break;
	case 'd':
	case 'c':
		when_put(text, s * WHEN_SECOND);
		if (what == 'd')
			buf_add(to, text, 10);
		else
			buf_add(to, text + 11, p->times % 2 == 0 ? 8 : 5);
		break;
	case 'v':
		buf_fmt(to, "%llu",
		    (unsigned long long)random_below(
			scales[random_below(QTE_COUNT(scales))]));
		if (p->stripped && random_below(2) == 0)
			buf_fmt(to, ".%llu",
			    (unsigned long long)random_below(100000));
		break;
	case 's':
		buf_str(to, random_below(4) == 0 ? "B2" : "A");
		break;
	case 'x':
		buf_str(to, notes[random_below(QTE_COUNT(notes))]);
		break;
	default:
		put_price(to, p,
		    what == 'h'	      ? base + 20
			: what == 'l' ? base - (base > 20 ? 20 : 0)
				      : base + random_below(20));
		break;
	}
}

static void
put_header(struct buf *to, const struct plan *p)
{
	static const char *const names[] = {['t'] = "timestamp",
	    ['d'] = "date",
	    ['c'] = "time",
	    ['o'] = "open",
	    ['h'] = "high",
	    ['l'] = "low",
	    ['e'] = "close",
	    ['v'] = "volume",
	    ['s'] = "symbol",
	    ['x'] = "note"};

	for (const char *c = p->order; *c != '\0'; c++) {
		if (c > p->order)
			buf_char(to, p->delimiter);
		buf_str(to, names[(unsigned char)*c]);
	}
	buf_str(to, p->newline);
}

/* Change a few bytes to what may matter. */
static void
spoil(struct buf *text, size_t header, int one_of)
{
	static const char bytes[] = "0123456789.,;-+:eE TZ\"\r\n\0\xc3x";

	for (size_t i = header; i < text->len; i++)
		if (random_below((uint64_t)one_of) == 0)
			text->data[i] = bytes[random_below(sizeof(bytes) - 1)];
}

static struct plan
random_plan(void)
{
	static const char *const orders[] = {"tohlev", "tohlev", "tohlevx",
	    "dcohlev", "vxelhot", "tsohlev", "stohlev", "ohlevdc", "tohlexv"};
	struct plan p = {.delimiter = random_below(4) == 0 ? ';' : ',',
	    .newline = random_below(4) == 0 ? "\r\n" : "\n",
	    .times = (int)random_below(16),
	    .step_s = (int)random_below(3) * 1800 + 60,
	    .whole = 1 + (int)random_below(8),
	    .decimals = (int)random_below(11),
	    .stripped = random_below(2) == 0,
	    .wrong = (int)random_below(3) * 150};

	if (random_below(2) == 0) {
		p.whole = 3;
		p.decimals = 2;
	}
	snprintf(p.order, sizeof(p.order), "%s",
	    orders[random_below(QTE_COUNT(orders))]);
	return p;
}

static struct bars_opts
random_opts(const struct plan *p)
{
	struct bars_opts o = {.delimiter = p->delimiter,
	    .skip = random_below(2) == 0};

	if (strchr(p->order, 's') != NULL && random_below(4) > 0)
		o.symbol = random_below(2) == 0 ? "A" : "B2";
	if (random_below(4) == 0) {
		o.range.has_from = true;
		o.range.from_ns = (START + 20 * p->step_s) * WHEN_SECOND;
		o.range.warmup = (int64_t)random_below(12);
	}
	if (random_below(4) == 0) {
		o.range.has_to = true;
		o.range.to_ns = (START + 50 * p->step_s) * WHEN_SECOND;
	}
	return o;
}

static void
put_file(struct buf *text, const struct plan *p)
{
	size_t header, rows = 1 + random_below(80);

	buf_reset(text);
	put_header(text, p);
	header = text->len;
	for (size_t i = 0; i < rows; i++) {
		int64_t s = START + 40000 + (int64_t)i * p->step_s;

		for (const char *c = p->order; *c != '\0'; c++) {
			if (c > p->order)
				buf_char(text, p->delimiter);
			put_column(text, p, *c, s);
		}
		buf_str(text, p->newline);
	}
	if (p->wrong > 0)
		spoil(text, header, p->wrong);
}

/* Rows that are read one after the other by what takes plain rows alone. */
static bool
takes(const char *header, const char *rows, enum bars_parser parser)
{
	char text[1024] = {0};
	struct columns columns;
	struct stamp stamp = {.any = true, .form = WHEN_LOCAL};
	struct pick pick;
	struct batch batch;
	struct fast f;
	struct fast_run run = {.at = text, .batch = &batch, .room = 64};
	struct err e = {0};
	bool all;

	memcpy(text, rows, strlen(rows));
	run.end = text + strlen(rows);
	if (strstr(rows, "15779") != NULL)
		stamp.form = WHEN_EPOCH;
	if (strchr(rows, 'Z') != NULL)
		stamp.form = WHEN_ZONED;
	if (!CHECK_INT(columns_list(&columns, header, &e), 0))
		return false;
	pick_init(&pick, "A");
	pick.seen[pick.nseen++] = mem_text("B", 1);
	batch_init(&batch, 64);
	fast_init(&f, &columns, ',');
	f.pick = &pick;
	f.stamp = &stamp;
	if (parser == BARS_FAST)
		fast_vectors(&f);
	fast_rows(&f, &run);
	all = run.at == run.end;
	fast_release(&f);
	batch_release(&batch);
	pick_release(&pick);
	return all;
}

UNIT_TEST("fast: rows of plain numbers are taken, in all their forms")
{
	static const char *const files[][2] = {
	    {"timestamp,open,high,low,close,volume",
		"2020-01-02,10,12.5,9,11.25,100\n2020-01-03,10,12,9,11,0\n"},
	    {"timestamp,open,high,low,close,volume",
		"2020-01-02 00:00:00,10,12,9,11,100\r\n"
		"2020-01-02 23:59:59,9999999.999999999,9999999.999999999,1,2,"
		"123456789012345\r\n"},
	    {"timestamp,open,high,low,close,volume",
		"2020-01-02T09:30:00.5Z,10,12,9,11,1.25\n"
		"2020-01-02T09:30:01Z,10,12,9,11,1.5\n"},
	    {"volume,close,low,high,open,timestamp",
		"100,11,9,12,10,1577923200\n100,11,9,12,10,1577923201\n"},
	    {"timestamp,open,high,low,close,volume",
		"1577923200000,10,12,9,11,1\n1577923200000001,10,12,9,11,1\n"
		"1577923200000001001,10,12,9,11,1\n"},
	    {"date,time,open,high,low,close,volume",
		"2020-01-02,09:30:00,10,12,9,11,1\n2020-01-02,09:31,10,12,9,11,"
		"1\n"},
	    {"timestamp,symbol,open,high,low,close,volume,-",
		"2020-01-02,A,10,12,9,11,1,a note\n2020-01-02,B,x,,,,,\n"
		"2020-01-03,A,10,12,9,11,1,\xc3\xa9\n"},
	};

	for (size_t i = 0; i < QTE_COUNT(files); i++) {
		CHECK(takes(files[i][0], files[i][1], BARS_FAST));
		CHECK(takes(files[i][0], files[i][1], BARS_SCALAR));
	}
}

UNIT_TEST("fast: a row that is not plain is left where it is")
{
	static const char *const rows[] = {"2020-01-02,\"10\",12,9,11,1\n",
	    "2020-01-02,10,12,9,11\n", "2020-01-02,10,12,9,11,1,1\n", "\n",
	    "2020-01-02,10,12,9,11,\n", "2020-01-02,+10,12,9,11,1\n",
	    "2020-01-02,10.,12,9,11,1\n", "2020-01-02,.5,12,0.1,11,1\n",
	    "2020-01-02,1e1,12,9,11,1\n", "2020-01-02,10,12,9,11,-1\n",
	    "2020-01-02,10.0000000001,12,9,11,1\n", "1970-01-01,10,12,9,11,1\n",
	    "2020-01-02,10,9,9,9,1\n", "2020-01-02,10,12,11,11,1\n",
	    "2020-01-02,0,12,0,11,1\n", "2020-01-02Z,10,12,9,11,1\n",
	    "2020-02-30 00:00:00,10,12,9,11,1\n",
	    "2020-01-02 24:00:00,10,12,9,11,1\n",
	    "2020-01-02 00:00:60,10,12,9,11,1\n", "2020-01-02,10\r,12,9,11,1\n",
	    "2020-01-02, 10,12,9,11,1\n",
	    "2020-01-02,99999999999,99999999999,9,11,1\n"};

	for (size_t i = 0; i < QTE_COUNT(rows); i++) {
		const char *header = "timestamp,open,high,low,close,volume";

		CHECK(!takes(header, rows[i], BARS_FAST));
		CHECK(!takes(header, rows[i], BARS_SCALAR));
	}
}

UNIT_TEST("bars: all parsers read random files alike")
{
	struct buf text = {0};

	for (int i = 0; i < ROUNDS; i++) {
		struct plan p = random_plan();
		struct bars_opts opts = random_opts(&p);

		put_file(&text, &p);
		if (!CHECK(all_agree(&text, opts, 1 + random_below(100))))
			break;
	}
	buf_release(&text);
}
