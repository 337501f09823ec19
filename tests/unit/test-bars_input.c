/* SPDX-License-Identifier: MIT */
/* Tests of the shapes that market/bars reads. */
#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"
#include "reading.h"

static const struct bars_opts strict = {0};

UNIT_TEST("bars: fields are parted by the delimiter that is asked for")
{
	static const struct bars_opts tabs = {.delimiter = '\t'};
	const struct reading *r;

	r = read_text("time\topen\thigh\tlow\tclose\tvolume\tnote\n"
		      "2020-01-02\t10\t12\t9\t11\t100\ta,b\n",
	    &tabs);
	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->bars, 1);
	r = read_text(HEADER GOOD, &tabs);
	CHECK_INT(r->rc, EX_DATAERR);
	CHECK_STR(r->e.msg,
	    "t.csv:1:1: no column 'timestamp': is it separated by ','?");
}

UNIT_TEST("bars: columns go by their Chinese names too")
{
	const struct reading *r;

	r = read_text("代码,日期,时间,开盘,最高,最低,收盘,"
		      "成交量\n"
		      "600519,2020-01-02,09:35,10,12,9,11,100\n",
	    &strict);
	CHECK_INT(r->rc, BARS_END);
	CHECK_STR(r->symbol, "600519");
	CHECK_INT(r->bar.ts_ns,
	    18263 * WHEN_DAY + 9 * WHEN_HOUR + 35 * 60 * WHEN_SECOND);
	CHECK_INT(r->bar.high.units, 12 * NUM_PRICE_ONE);
	CHECK_INT(r->bar.low.units, 9 * NUM_PRICE_ONE);
}

UNIT_TEST("bars: a time of day of any length is no danger")
{
	const struct reading *r;
	struct buf b = {0};

	for (size_t n = 60; n < 120; n++) {
		buf_reset(&b);
		buf_str(&b,
		    "date,time,open,high,low,close,volume\n"
		    "2020-01-02,09:35:00.");
		for (size_t i = 0; i < n; i++)
			buf_char(&b, '0');
		buf_str(&b, ",10,12,9,11,100\n");
		r = read_text(buf_text(&b), &strict);
		CHECK_INT(r->rc, n + 9 < 85 ? BARS_END : EX_DATAERR);
	}
	buf_release(&b);
}

UNIT_TEST("bars: a list of columns stands in for a header")
{
	struct columns columns;
	const struct bars_opts bare = {.columns = &columns};
	const struct reading *r;
	struct err e = {0};

	CHECK_INT(
	    columns_list(&columns, "-,date,open,high,low,close,volume,", &e),
	    0);
	CHECK_INT(columns.width, 8);
	r = read_text("x," GOOD, &bare);
	CHECK_INT(r->rc, EX_DATAERR);
	CHECK_STR(r->e.msg, "t.csv:1:28: row has 7 fields, --columns names 8");
	r = read_text("x,2020-01-02,10,12,9,11,100,y\n", &bare);
	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->bars, 1);
	CHECK_INT(r->rows, 1);
	CHECK_INT(columns_list(&columns, "date,,", &e), EX_USAGE);
	CHECK_STR(e.msg, "no column 'open'");
}

UNIT_TEST("bars: a range, and bars before it")
{
	struct bars_opts opts = {.range = {.has_from = true,
				     .has_to = true,
				     .from_ns = 5 * WHEN_DAY,
				     .to_ns = 7 * WHEN_DAY}};
	struct buf b = {0};

	buf_str(&b, HEADER);
	for (int day = 1; day < 10; day++)
		buf_fmt(&b, "1970-01-%02d,10,12,9,11,100\n", day);
	for (int64_t n = 0; n < 7; n++) {
		const struct reading *r;

		opts.range.warmup = n;
		r = read_text(buf_text(&b), &opts);
		CHECK_INT(r->rc, BARS_END);
		CHECK_INT(r->bars, 2 + (n < 5 ? n : 5));
		CHECK_INT(r->bar.ts_ns, 6 * WHEN_DAY);
		CHECK_INT(r->rows, 9);
	}
	buf_release(&b);
}

UNIT_TEST("bars: bars before the range come in order, counted down")
{
	struct bars_opts opts = {.range = {.has_from = true,
				     .from_ns = 100 * WHEN_DAY,
				     .warmup = 7}};
	struct err e = {0};
	struct buf b = {0};
	struct bars bars;
	struct bar bar;

	buf_str(&b, "time,open,high,low,close,volume\n");
	for (int day = 80; day < 102; day++)
		buf_fmt(&b, "%d,10,12,9,11,100\n", day * 86400);
	scratch_put("t.csv", b.data, b.len);
	CHECK_INT(bars_open(&bars, "t.csv", &opts, &e), 0);
	for (int64_t day = 93; day < 102; day++) {
		CHECK_INT(bars_next(&bars, &bar, &e), 0);
		CHECK_INT(bar.ts_ns, day * WHEN_DAY);
		CHECK_INT(bars.before, day < 100 ? 100 - day : 0);
	}
	CHECK_INT(bars_next(&bars, &bar, &e), BARS_END);
	CHECK_INT(bar.ts_ns, 101 * WHEN_DAY);
	CHECK_INT(bars.outside, 20);
	CHECK_INT(bars.warmup, 7);
	bars_close(&bars);
	buf_release(&b);
}

UNIT_TEST(
    "bars: one price that is not exact makes the file so, whichever it is")
{
	static const char *const rows[] = {"2.0000000001,3,1,2,1",
	    "2,3.0000000001,1,2,1", "2,3,1.0000000001,2,1",
	    "2,3,1,2.0000000001,1"};
	struct bars_opts opts = {0};
	char text[256];

	for (size_t i = 0; i < QTE_COUNT(rows); i++)
		for (opts.parser = BARS_FAST; opts.parser <= BARS_SCALAR;
		     opts.parser++) {
			(void)snprintf(text, sizeof(text),
			    HEADER GOOD "2020-01-03,%s\n" GOOD_LATER, rows[i]);
			CHECK(!read_text(text, &opts)->exact);
			CHECK_INT(read_text(text, &opts)->bars, 3);
		}
	CHECK(read_text(HEADER GOOD GOOD_LATER, &opts)->exact);
}

UNIT_TEST("bars: a last row that is too wide is that, newline or not")
{
	const struct reading *r =
	    read_text(HEADER GOOD "2020-01-03,1,2,1,2,5,6",
		&(struct bars_opts){.skip = true});

	CHECK_INT(r->bars, 1);
	CHECK_INT(r->skipped[BARS_COLUMN_COUNT], 1);
	CHECK_INT(r->skipped[BARS_TRUNCATED_LAST_LINE], 0);
}

UNIT_TEST("bars: a price with many decimals is 0.000000001 at least")
{
	static const struct bars_opts skip = {.skip = true};
	const struct reading *r;

	r = read_text(HEADER
	    "2020-01-03,2,2,0.0000000010000000000000000001,2,1\n",
	    &skip);
	CHECK_INT(r->bars, 1);
	r = read_text(HEADER GOOD "2020-01-03,2,2,0.0000000009999999999,2,1\n",
	    &skip);
	CHECK_INT(r->bars, 1);
	CHECK_INT(r->skipped[BARS_ZERO_PRICE], 1);
}

UNIT_TEST("bars: sixteen other symbols are kept for a suggestion")
{
	struct bars_opts opts = {.symbol = "MSTF"};
	struct buf b = {0};

	buf_str(&b, "symbol," HEADER);
	for (int i = 1; i < 16; i++)
		buf_fmt(&b, "%d," GOOD, i);
	buf_str(&b, "MSFT," GOOD);
	CHECK_STR(read_text(buf_text(&b), &opts)->e.msg,
	    "t.csv: no row of symbol 'MSTF'; did you mean 'MSFT'?");
	buf_reset(&b);
	buf_str(&b, "symbol," HEADER);
	for (int i = 1; i < 17; i++)
		buf_fmt(&b, "%d," GOOD, i);
	buf_str(&b, "MSFT," GOOD);
	CHECK_STR(read_text(buf_text(&b), &opts)->e.msg,
	    "t.csv: no row of symbol 'MSTF'");
	buf_release(&b);
}
