/* SPDX-License-Identifier: MIT */
/* Tests of market/bars, columns and pick. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"
#include "reading.h"
#include "unit.h"

static const struct bars_opts strict = {0};
static const struct bars_opts skip = {.skip = true};

/* The text is refused with the message. */
static void
refused(const char *text, const char *message)
{
	const struct reading *r = read_text(text, &strict);

	CHECK_INT(r->rc, EX_DATAERR);
	CHECK_INT(r->e.status, EX_DATAERR);
	CHECK_STR(r->e.msg, message);
}

/* The row, third in its file, is refused, and counted when skipped. */
static void
bad_row(const char *row, enum bars_fault fault, const char *message)
{
	const struct reading *r;
	struct buf b = {0};
	size_t all = 0;

	buf_fmt(&b, HEADER GOOD "%s\n2020-01-09,10,12,9,11,100\n", row);
	refused(buf_text(&b), message);
	r = read_text(buf_text(&b), &skip);
	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->bars, 2);
	CHECK_INT(r->rows, 3);
	CHECK_INT(r->skipped[fault], 1);
	for (size_t i = 0; i < BARS_FAULTS; i++)
		all += (size_t)r->skipped[i];
	CHECK_INT(all, 1);
	buf_release(&b);
}

UNIT_TEST("bars: a file gives its bars")
{
	const struct reading *r = read_text(
	    HEADER GOOD "2020-01-03,10.5,12.25,9,11.123456789,0\n", &strict);

	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->bars, 2);
	CHECK_INT(r->rows, 2);
	CHECK(r->exact);
	CHECK_STR(r->symbol, "t");
	CHECK_INT(r->bar.ts_ns, 18264 * WHEN_DAY);
	CHECK(r->bar.close.exact);
	CHECK_INT(r->bar.open.units, 10500000000);
	CHECK_INT(r->bar.high.units, 12250000000);
	CHECK_INT(r->bar.low.units, 9000000000);
	CHECK_INT(r->bar.close.units, 11123456789);
	CHECK_DBL(bars_price_value(&r->bar.close), 11.123456789);
	CHECK_DBL(r->bar.volume, 0.0);
}

UNIT_TEST("bars: columns go by name, in any order and letter case")
{
	const struct reading *r;

	r = read_text("Vol,note,CLOSE,Low,HIGH,open,Date\n"
		      "7,\"x,\ny\",11,9,12,10,2020-01-02\n",
	    &strict);
	CHECK_INT(r->bars, 1);
	CHECK_INT(r->bar.open.units, 10 * NUM_PRICE_ONE);
	CHECK_INT(r->bar.close.units, 11 * NUM_PRICE_ONE);
	CHECK_DBL(r->bar.volume, 7);
	CHECK_INT(read_text("DateTime,open,high,low,close,volume,,\n"
			    "2020-01-02T10:00,10,12,9,11,100,,\n",
		      &strict)
		      ->bars,
	    1);
	CHECK_INT(
	    read_text("time,open,high,low,close,volume\n20200102,1,1,1,1,1",
		&strict)
		->bars,
	    1);
}

UNIT_TEST("bars: an unnamed first column is the time unless another is")
{
	const struct reading *r;

	r = read_text(",open,high,low,close,volume\n2020-01-02,1,2,1,2,5\n",
	    &strict);
	CHECK_INT(r->bars, 1);
	r = read_text(",date,open,high,low,close,volume\n"
		      "0,2020-01-02,1,2,1,2,5\n",
	    &strict);
	CHECK_INT(r->bars, 1);
	CHECK_INT(r->bar.ts_ns, 18263 * WHEN_DAY);
}

UNIT_TEST("bars: CRLF, a byte-order mark and no last newline are fine")
{
	const struct reading *r;

	r = read_text("\xef\xbb\xbf"
		      "timestamp,open,high,low,close,volume\r\n"
		      "2020-01-02,10,12,9,11,100\r\n\r\n"
		      "2020-01-03,10,12,9,11,100",
	    &strict);
	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->bars, 2);
}

UNIT_TEST("bars: a header that does not do is refused")
{
	refused("", "t.csv: is empty");
	refused("\xef\xbb\xbf\n\r\n", "t.csv: is empty");
	refused("timestamp,open,high,low,volume\n",
	    "t.csv:1:1: no column 'close': the header has 'timestamp', 'open', "
	    "'high', 'low', 'volume': rename it, or see --columns");
	refused("timestamp, open\n",
	    "t.csv:1:1: no column 'high': the header has 'timestamp', "
	    "' open': rename it, or see --columns");
	refused("timestamp;open;high;low;close;volume\n",
	    "t.csv:1:1: no column 'timestamp': is it separated by ';'?");
	refused("timestamp\topen\thigh\tlow\tclose\tvolume\n",
	    "t.csv:1:1: no column 'timestamp': is it separated by tabs?");
	refused(GOOD,
	    "t.csv:1:1: no column 'timestamp': is the header line missing? "
	    "--columns says what the columns are");
	refused("a,b,c,d,e,f,g,h,i,j,k,l,m\n",
	    "t.csv:1:1: no column 'timestamp'");
	refused("timestamp,open,high,low,close,volume,Close\n",
	    "t.csv:1:38: second column for 'close': 'Close' after 'close'");
	refused("datetime,time,open\n",
	    "t.csv:1:10: second column for 'timestamp': 'time' after "
	    "'datetime'");
	refused("timestamp,\"open\n",
	    "t.csv:1:11: unclosed quote: opened here, and the file ends before "
	    "it closes");
}

UNIT_TEST("bars: a file without a usable row is refused")
{
	const struct reading *r;

	refused(HEADER, "t.csv: no data rows");
	refused(HEADER "\n\n", "t.csv: no data rows");
	CHECK_INT(read_text(HEADER, &skip)->rc, EX_DATAERR);
	r = read_text(HEADER "x,1,2,3,4,5\ny\n", &skip);
	CHECK_INT(r->rc, EX_DATAERR);
	CHECK_STR(r->e.msg, "t.csv: no usable data rows: all 2 were refused");
}

UNIT_TEST("bars: an input that is not there is status 66")
{
	struct bars b;
	struct err e = {0};

	CHECK_INT(bars_open(&b, "no/such.csv", &strict, &e), EX_NOINPUT);
	CHECK(b.source == NULL);
	bars_close(&b);
	CHECK_INT(bars_open(&b, "/", &strict, &e), EX_NOINPUT);
}

UNIT_TEST("bars: a row of another shape is refused")
{
	bad_row("2020-01-03,10,12,9,11", BARS_COLUMN_COUNT,
	    "t.csv:3:22: row has 5 fields, the header has 6");
	bad_row("2020-01-03", BARS_COLUMN_COUNT,
	    "t.csv:3:11: row has 1 field, the header has 6");
	bad_row("2020-01-03,10,12,9,11,100,7,8", BARS_COLUMN_COUNT,
	    "t.csv:3:27: row has 8 fields, the header has 6");
}

UNIT_TEST("bars: a last line that is cut off is named")
{
	const struct reading *r;

	refused(HEADER GOOD "2020-01-03,10,12",
	    "t.csv:3:17: last line is cut off: 3 of 6 fields, no newline");
	r = read_text(HEADER GOOD "2020-01-03,10,12", &skip);
	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->skipped[BARS_TRUNCATED_LAST_LINE], 1);
	refused(HEADER GOOD "2020-01-03,10,12\n",
	    "t.csv:3:17: row has 3 fields, the header has 6");
}

UNIT_TEST("bars: a field that is no CSV is refused by row")
{
	bad_row("2020-01-03,10,1\"2,9,11,1", BARS_STRAY_QUOTE,
	    "t.csv:3:16: stray quote: the field does not start with one: "
	    "1\"2,9,11,1");
	bad_row("2020-01-03,10,12\r9,11,1", BARS_LONE_CR,
	    "t.csv:3:17: carriage return without a newline after it");
	bad_row("2020-01-03,10,12\xff,9,11,1", BARS_INVALID_UTF8,
	    "t.csv:3:17: byte 0xff is not valid UTF-8 here");
}

UNIT_TEST("bars: a NUL is refused by row")
{
	static const char text[] = HEADER GOOD "2020-01-03,1\0,12,9,11,1\n";
	const struct reading *r = read_bytes(text, sizeof(text) - 1, &strict);

	CHECK_INT(r->rc, EX_DATAERR);
	CHECK_STR(r->e.msg, "t.csv:3:13: NUL byte: the file is not plain text");
	r = read_bytes(text, sizeof(text) - 1, &skip);
	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->skipped[BARS_NUL_BYTE], 1);
}

UNIT_TEST("bars: an unclosed quote is refused, skipping or not")
{
	static const char text[] = HEADER GOOD "2020-01-03,\"10,1\n" GOOD;

	CHECK_INT(read_text(text, &strict)->rc, EX_DATAERR);
	CHECK_INT(read_text(text, &skip)->rc, EX_DATAERR);
	refused(text,
	    "t.csv:3:12: unclosed quote: opened here, and the file "
	    "ends before it closes");
}

UNIT_TEST("bars: a value that is missing or no number is refused")
{
	bad_row("2020-01-03,,12,9,11,1", BARS_MISSING_VALUE,
	    "t.csv:3:12: open is empty");
	bad_row(",10,12,9,11,1", BARS_MISSING_VALUE,
	    "t.csv:3:1: timestamp is empty");
	bad_row("2020-01-03,10,12,9,11,", BARS_MISSING_VALUE,
	    "t.csv:3:23: volume is empty");
	bad_row("2020-01-03,10,12,abc,11,1", BARS_NOT_A_NUMBER,
	    "t.csv:3:18: low 'abc' is not a number");
	bad_row("2020-01-03,10,12,9,\"12,5\",1", BARS_NOT_A_NUMBER,
	    "t.csv:3:20: close '12,5' is not a number");
	bad_row("2020-01-03,10, 12,9,11,1", BARS_NOT_A_NUMBER,
	    "t.csv:3:15: high ' 12' is not a number");
	bad_row("2020-01-03,0x10,12,9,11,1", BARS_NOT_A_NUMBER,
	    "t.csv:3:12: open '0x10' is not a number");
	bad_row("2020-01-03,10,12,9,11,1e", BARS_NOT_A_NUMBER,
	    "t.csv:3:23: volume '1e' is not a number");
	bad_row("2020-01-03,nano,12,9,11,1", BARS_NOT_A_NUMBER,
	    "t.csv:3:12: open 'nano' is not a number");
}

UNIT_TEST("bars: text in a price over two lines is placed where it begins")
{
	bad_row("2020-01-03,10,\"1\n2\",9,11,1", BARS_NOT_A_NUMBER,
	    "t.csv:3:15: high '1\\x0A2' is not a number");
	bad_row("2020-01-03,\"1\n0\",12,nine,11,1", BARS_NOT_A_NUMBER,
	    "t.csv:3:12: open '1\\x0A0' is not a number");
}

UNIT_TEST("bars: what is not finite is refused")
{
	bad_row("2020-01-03,nan,12,9,11,1", BARS_NOT_FINITE,
	    "t.csv:3:12: open 'nan' is not a finite number");
	bad_row("2020-01-03,10,12,9,NaN,1", BARS_NOT_FINITE,
	    "t.csv:3:20: close 'NaN' is not a finite number");
	bad_row("2020-01-03,10,+INF,9,11,1", BARS_NOT_FINITE,
	    "t.csv:3:15: high '+INF' is not a finite number");
	bad_row("2020-01-03,10,12,-Infinity,11,1", BARS_NOT_FINITE,
	    "t.csv:3:18: low '-Infinity' is not a finite number");
	bad_row("2020-01-03,10,1e309,9,11,1", BARS_NOT_FINITE,
	    "t.csv:3:15: high '1e309' is not a finite number");
	bad_row("2020-01-03,10,12,9,11,1e309", BARS_NOT_FINITE,
	    "t.csv:3:23: volume '1e309' is not a finite number");
	bad_row("2020-01-03,10,12,9,11,nan", BARS_NOT_FINITE,
	    "t.csv:3:23: volume 'nan' is not a finite number");
}

UNIT_TEST("bars: a price is above zero, a volume not below")
{
	bad_row("2020-01-03,0,12,9,11,1", BARS_ZERO_PRICE,
	    "t.csv:3:12: open 0 is zero");
	bad_row("2020-01-03,10,12,-0.00,11,1", BARS_ZERO_PRICE,
	    "t.csv:3:18: low -0.00 is zero");
	bad_row("2020-01-03,10,12,1e-400,11,1", BARS_ZERO_PRICE,
	    "t.csv:3:18: low 1e-400 is zero");
	bad_row("2020-01-03,10,12,-9,11,1", BARS_NEGATIVE_PRICE,
	    "t.csv:3:18: low -9 is negative");
	bad_row("2020-01-03,10,12,-0.0000000001,11,1", BARS_NEGATIVE_PRICE,
	    "t.csv:3:18: low -0.0000000001 is negative");
	bad_row("2020-01-03,10,12,9,11,-1", BARS_NEGATIVE_VOLUME,
	    "t.csv:3:23: volume -1 is negative");
	CHECK_DBL(
	    read_text(HEADER "2020-01-02,10,12,9,11,-0\n", &strict)->bar.volume,
	    0.0);
}

UNIT_TEST("bars: prices lie between low and high")
{
	bad_row("2020-01-03,10.03,10.02,10.05,10.03,1", BARS_HIGH_BELOW_LOW,
	    "t.csv:3:18: high 10.02 is below low 10.05");
	bad_row("2020-01-03,8.99,12,9,11,1", BARS_OPEN_OUTSIDE_RANGE,
	    "t.csv:3:12: open 8.99 is below low 9");
	bad_row("2020-01-03,12.01,12,9,11,1", BARS_OPEN_OUTSIDE_RANGE,
	    "t.csv:3:12: open 12.01 is above high 12");
	bad_row("2020-01-03,10,12,9,8,1", BARS_CLOSE_OUTSIDE_RANGE,
	    "t.csv:3:20: close 8 is below low 9");
	bad_row("2020-01-03,10,12,9,12.000000001,1", BARS_CLOSE_OUTSIDE_RANGE,
	    "t.csv:3:20: close 12.000000001 is above high 12");
	CHECK_INT(
	    read_text(HEADER "2020-01-02,9,9.0,9.00,9e0,1\n", &strict)->bars,
	    1);
}

UNIT_TEST("bars: prices of many digits are doubles, and it is said")
{
	const struct reading *r;

	r = read_text(HEADER "2020-01-02,10,12,9,11.1234567891,100\n"
			     "2020-01-03,10,12,9,11,1\n",
	    &strict);
	CHECK_INT(r->bars, 2);
	CHECK(!r->exact);
	CHECK(r->bar.close.exact);
	r = read_text(HEADER "2020-01-02,1e10,1e18,9,11.1234567891,1\n",
	    &strict);
	CHECK_INT(r->bars, 1);
	CHECK(!r->bar.open.exact && !r->bar.close.exact);
	CHECK_DBL(bars_price_value(&r->bar.high), 1e18);
	CHECK_DBL(bars_price_value(&r->bar.close), 11.1234567891);
	r = read_text(HEADER "2020-01-02,10,12,9,8.9999999999999,1\n" GOOD,
	    &skip);
	CHECK_INT(r->skipped[BARS_CLOSE_OUTSIDE_RANGE], 1);
	CHECK(r->exact);
}

UNIT_TEST("bars: a time is one of the calendar")
{
	bad_row("yesterday,10,12,9,11,1", BARS_BAD_TIMESTAMP,
	    "t.csv:3:1: timestamp 'yesterday' is not a time such as "
	    "2020-01-02 14:30");
	bad_row("2023-02-29,10,12,9,11,1", BARS_BAD_TIMESTAMP,
	    "t.csv:3:1: timestamp '2023-02-29' is not in the calendar");
	bad_row("1492-01-01,10,12,9,11,1", BARS_BAD_TIMESTAMP,
	    "t.csv:3:1: timestamp '1492-01-01' is outside the years 1678 to "
	    "2261");
}

UNIT_TEST("bars: the form of a time does not change")
{
	bad_row("2020-01-03T00:00:00Z,10,12,9,11,1", BARS_ZONE_MISMATCH,
	    "t.csv:3:1: timestamp '2020-01-03T00:00:00Z' is with a time zone, "
	    "those before are without a time zone");
	bad_row("1578009600,10,12,9,11,1", BARS_ZONE_MISMATCH,
	    "t.csv:3:1: timestamp '1578009600' is a count since 1970, those "
	    "before are without a time zone");
	refused(HEADER "2020-01-02T00:00+01:00,1,1,1,1,1\n2020-01-03,1,1,1,1,1",
	    "t.csv:3:1: timestamp '2020-01-03' is without a time zone, those "
	    "before are with a time zone");
}

UNIT_TEST("bars: time goes forward")
{
	bad_row("2020-01-01,10,12,9,11,1", BARS_NOT_MONOTONIC,
	    "t.csv:3:1: timestamp '2020-01-01' is before 2020-01-02 in line 2"
	    ": newest first? sort oldest first");
	bad_row("2020-01-02,10,12,9,11,1", BARS_DUPLICATE_TIMESTAMP,
	    "t.csv:3:1: timestamp '2020-01-02' repeats 2020-01-02 in line 2");
	bad_row("2020-01-01T23:59:59.999999999,10,12,9,11,1",
	    BARS_NOT_MONOTONIC,
	    "t.csv:3:1: timestamp '2020-01-01T23:59:59.999999999' is before "
	    "2020-01-02 in line 2: newest first? sort oldest first");
}

UNIT_TEST("bars: a symbol column names the symbol")
{
	const struct reading *r;

	r = read_text("ticker," HEADER "MSFT," GOOD, &strict);
	CHECK_INT(r->bars, 1);
	CHECK_STR(r->symbol, "MSFT");
	refused("code," HEADER "A," GOOD "B,2020-01-03,10,12,9,11,1\n",
	    "t.csv:3:1: second symbol 'B' after 'A': choose one with --symbol");
	r = read_text("code," HEADER "A," GOOD "B,2020-01-03,10,12,9,11,1\n",
	    &skip);
	CHECK_INT(r->rc, EX_DATAERR);
	refused("symbol," HEADER "," GOOD, "t.csv:2:1: symbol is empty");
}

UNIT_TEST("bars: one symbol can be chosen")
{
	struct bars_opts opts = {.symbol = "B"};
	const char *text =
	    "symbol," HEADER "A," GOOD "B," GOOD "A,2020-01-01,x,12,9,11,1\n"
	    "B,2020-01-03,10,12,9,11.5,1\n";
	const struct reading *r = read_text(text, &opts);

	CHECK_INT(r->rc, BARS_END);
	CHECK_INT(r->bars, 2);
	CHECK_INT(r->rows, 4);
	CHECK_STR(r->symbol, "B");
	for (size_t i = 0; i < BARS_FAULTS; i++)
		CHECK_INT(r->skipped[i], 0);
	opts.symbol = "AA";
	r = read_text(text, &opts);
	CHECK_INT(r->rc, EX_DATAERR);
	CHECK_STR(r->e.msg, "t.csv: no row of symbol 'AA'");
	opts.symbol = "MSTF";
	r = read_text("symbol," HEADER "MSFT," GOOD, &opts);
	CHECK_STR(r->e.msg,
	    "t.csv: no row of symbol 'MSTF'; did you mean 'MSFT'?");
}

UNIT_TEST("bars: without a symbol column the file's stem is the symbol")
{
	struct bars_opts opts = {.symbol = "t"};

	CHECK_INT(read_text(HEADER GOOD, &opts)->bars, 1);
	opts.symbol = "MSFT";
	CHECK_INT(read_text(HEADER GOOD, &opts)->rc, EX_DATAERR);
	CHECK_STR(read_text(HEADER GOOD, &opts)->e.msg,
	    "t.csv:1:1: no column 'symbol' to find 'MSFT' in");
}

UNIT_TEST("bars: more symbols than are remembered")
{
	struct bars_opts opts = {.symbol = "none"};
	struct buf b = {0};

	buf_str(&b, "symbol," HEADER);
	for (int i = 0; i < 100; i++)
		buf_fmt(&b, "S%d,%s", i, GOOD);
	CHECK_STR(read_text(buf_text(&b), &opts)->e.msg,
	    "t.csv: no row of symbol 'none'");
	opts.symbol = "S99";
	CHECK_INT(read_text(buf_text(&b), &opts)->bars, 1);
	buf_release(&b);
}

UNIT_TEST("bars: each fault has the name of its rule")
{
	for (enum bars_fault f = 0; f < BARS_FAULTS; f++)
		CHECK(bars_fault_name(f) != NULL);
	CHECK_STR(bars_fault_name(BARS_NUL_BYTE), "nul-byte");
	CHECK_STR(bars_fault_name(BARS_HIGH_BELOW_LOW), "high-below-low");
	CHECK_STR(bars_fault_name(BARS_DUPLICATE_TIMESTAMP),
	    "duplicate-timestamp");
}
