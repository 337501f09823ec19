/* SPDX-License-Identifier: MIT */
/*
 * Tests of expressions over columns: every node has, bit for bit, the value
 * that expr_step gives it, at the edges of the frame of the columns and beyond.
 */
#include "market/batch.h"
#include "random.h"
#include "rule.h"
#include "unit.h"
#include "vector/vector.h"

#define BARS_MAX 400
#define SEGMENTS 5
#define ONE INT64_C(1000000000)
#define CENT INT64_C(10000000)
#define WHOLE (INT64_C(1) << 53)

static const size_t sizes[] = {1, 3, 7, 64, 100, 128};

/* Bars whose prices are base + k.step, k below reach. */
struct segment {
	int bars;
	int64_t base, step;
	uint64_t reach;
};

struct data {
	const char *name;
	struct segment segment[SEGMENTS];
	int loose_at; /* this bar's close has more decimals; 0: none */
	int64_t first;
};

static const struct data cents = {"cents", {{300, 90 * ONE, CENT, 900}}, 0, 0};

static const struct data edges[] = {
    {"warm-up", {{250, 90 * ONE, CENT, 900}}, 0, -80},
    {"late loose", {{300, 90 * ONE, CENT, 900}}, 205, 0},
    {"loose at once", {{100, 90 * ONE, CENT, 900}}, 1, 0},
    {"up to 2^53", {{200, WHOLE - 3, 1, 3}}, 0, 0},
    {"about 2^53", {{200, WHOLE - 2, 1, 4}}, 0, 0},
    {"beyond 2^53", {{200, WHOLE + 1, 1, 9}}, 0, 0},
    {"1 to 2^53", {{200, 1, WHOLE - 3, 2}, {99, 2, WHOLE - 4, 2}}, 0, 0},
    {"about 2^52", {{200, WHOLE / 2 - 2, 1, 4}}, 0, 0},
    {"1 to 2^52", {{200, 1, WHOLE / 2 - 3, 2}, {99, 2, 1, 5}}, 0, 0},
    {"2^53 / 3", {{200, WHOLE / 3 - 2, 1, 3}}, 0, 0},
    {"above 2^53 / 3", {{200, WHOLE / 3 - 1, 1, 5}}, 0, 0},
    {"2^53 / 5", {{200, WHOLE / 5 - 2, 1, 3}}, 0, 0},
    {"above 2^53 / 5", {{200, WHOLE / 5 - 1, 1, 5}}, 0, 0},
    {"2^53 / 9", {{200, WHOLE / 9 - 2, 1, 3}}, 0, 0},
    {"above 2^53 / 9", {{200, WHOLE / 9 - 1, 1, 5}}, 0, 0},
    {"a spike", {{120, 7, 1, 40}, {1, WHOLE - 1, 1, 1}, {120, 9, 1, 40}}, 0, 0},
    {"a spike that means hold",
	{{120, 7, 1, 9}, {1, WHOLE / 9, 1, 1}, {120, 9, 1, 3}}, 131, 0},
    {"more decimals",
	{{50, ONE, ONE, 9}, {50, ONE, ONE / 2, 9}, {50, ONE, ONE / 4, 9},
	    {80, ONE, 123456789, 9}},
	203, 0},
    {"more decimals, far lower",
	{{111, 7000000 * ONE, ONE, 3}, {90, 1123456789, 1, 9}}, 0, 0},
    {"more decimals, lower",
	{{111, 850000 * ONE, ONE, 3}, {90, 1123456789, 1, 9}}, 0, 0},
    {"4.5e9", {{150, ONE, 4500000000 * ONE, 2}}, 0, 0},
    {"9.2e9", {{150, ONE, 9200000000 * ONE, 2}}, 0, 0},
};

/* The first so many texts have constants of 2^53 and more. */
#define OUTSIDE 2

/* Absent in the middle, of both signs, of large dens, far back. */
static const char *const texts[] = {
    "close > 9007199.254740992",
    "close == 9007199.254740993, open <= 9007199.254740991",
    "close > 9007199.254740990, close == 9007199.254740991",
    "close > open, close == open, close != open[1], close >= 100.25",
    "sma(close, 3) > open, sma(close, 3) <= sma(open, 5)",
    "sma(close, 7) > sma(open, 9), sma(open, 9) == sma(close, 7)",
    "sma(close, 3) == sma(sma(open, 3), 3), hlc3 < ohlc4, hl2 == close",
    "sma(close[1], 5)",
    "(sma(close, 2) > open)[9]",
    "sma(close > open ? close : -close, 1)",
    "sma(close > open ? close : -close, 2), sma(-close, 4)",
    "sma(close / volume > 0 ? close : open, 3)",
    "highest(close / volume > 0 ? close : open, 4)",
    "stddev(close / volume > open / volume ? close : -close, 3)",
    "close / volume",
    "stddev(close > open ? close : -close, 3)",
    "mom(close, 1), mom(mom(close, 1), 1)",
    "mom(mom(mom(close, 1), 1), 2) > 0, sma(mom(close, 1), 1)",
    "mom(sma(close, 3), 2) == mom(sma(open, 3), 2)",
    "stddev(close, 5), stddev(mom(close, 1), 3), stddev(close, 70)",
    "stddev(sma(close, 2), 9) < stddev(close[2], 4)",
    "highest(close, 5), lowest(mom(close, 1), 9), highest(low, 130)[2]",
    "lowest(sma(close, 3), 4) < highest(-open, 3)",
    "ema(close, 5), rma(sma(close, 3), 4), ema(close / volume, 3)",
    "cum(close), cum(close / volume), ema(close[1], 3)[2]",
    "cross_above(close, sma(close, 5)), cross_below(ema(close, 3), open)",
    "close[1] <= sma(open, 3)[1], close[70] > open[70]",
    "barssince(close > open), barssince(close > open) == 2",
    "valuewhen(close > open, sma(close, 3)), valuewhen(bar == 3, close)",
    "highestsince(close < open, sma(close, 2)), nz(close[9], open)",
    "((close[3])[4])[1], (close[2] + open)[3], mom(close[3], 2)[5]",
    "((close > open)[3])[5], ((close > open)[61])[2], (close > open)[63]",
    "(close > open)[64], ((close > open)[70])[2], (close[1] > open[1])[7]",
    "not (close > open)[8] == (open > low)[1] or (close / volume > 3)[11]",
    "rsi(close, 3), macd(2, 4, 3).signal, atr(5), kama(close, 4)",
    "wma(close, 4), slope(close, 5), supertrend(3, 1), zscore(close, 4)",
    "bar % 7, weekday + hour, month * minute, year, (bar > 90)[5]",
    "bar == sma(close, 3), hour < hl2, -(close - close), -close[2]",
    "max(close, open), min(sma(close, 3), low), abs(-close), sqrt(close)",
    "close * 1.5 > open + 0.25, close == 1.123456789, sign(mom(close, 1))",
};

struct stretch {
	int n;
	struct bar bar[BARS_MAX];
	int scale[BARS_MAX]; /* decimals so far */
};

static int
decimals(const struct bars_price *price)
{
	int64_t units = price->units;
	int n = NUM_PRICE_SCALE;

	if (!price->exact)
		return 0;
	for (; n > 0 && units % 10 == 0; n--)
		units /= 10;
	return n;
}

static struct bar
random_bar(const struct segment *s)
{
	struct bar bar = {.volume = (double)random_below(5)};
	struct bars_price *price[] = {&bar.open, &bar.close, &bar.high,
	    &bar.low};

	for (size_t i = 0; i < QTE_COUNT(price); i++)
		*price[i] = (struct bars_price){true,
		    {.units = s->base +
			    s->step * (int64_t)random_below(s->reach)}};
	for (size_t i = 0; i < 2; i++) {
		if (price[i]->units > bar.high.units)
			bar.high = *price[i];
		if (price[i]->units < bar.low.units)
			bar.low = *price[i];
	}
	return bar;
}

static void
make(struct stretch *to, const struct data *d)
{
	int scale = 0;

	to->n = 0;
	random_state = 1;
	for (size_t s = 0; s < SEGMENTS; s++) {
		for (int i = 0; i < d->segment[s].bars; i++) {
			struct bar *bar = &to->bar[to->n];

			*bar = random_bar(&d->segment[s]);
			bar->ts_ns = to->n * 5003 * ONE;
			if (d->loose_at > 0 && to->n == d->loose_at)
				bar->close = rule_price("95.12345678901");
			const struct bars_price *price[] = {&bar->open,
			    &bar->high, &bar->low, &bar->close};

			for (size_t k = 0; k < QTE_COUNT(price); k++)
				if (decimals(price[k]) > scale)
					scale = decimals(price[k]);
			to->scale[to->n++] = scale;
		}
	}
}

/* Two compilations of a text over the same bars. */
struct pair {
	const char *text;
	const struct data *data;
	const struct stretch *bars;
	size_t size; /* of a batch */
	struct rule one, columns;
	struct vector *v; /* NULL: the data left the frame */
	int held;	  /* bars in columns */
};

static bool
same(struct value a, struct value b)
{
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case VALUE_ABSENT:
		return true;
	case VALUE_TRUTH:
		return a.truth == b.truth;
	case VALUE_DOUBLE:
		return memcmp(&a.number, &b.number, sizeof(a.number)) == 0;
	default:
		return a.units == b.units;
	}
}

static bool
compare(const struct pair *p, int bar)
{
	for (size_t i = 0; i < p->one.x.n; i++) {
		if (same(p->one.x.at[i].value, p->columns.x.at[i].value))
			continue;
		printf("# %s: %s: batch %zu, bar %d, node %zu\n", p->data->name,
		    p->text, p->size, bar, i);
		return CHECK(false);
	}
	return true;
}

static bool
go_batch(struct pair *p, const struct batch *b, int from)
{
	for (size_t i = 0; i < b->n; i++) {
		struct expr_moment moment = {.bar = &p->bars->bar[from] + i,
		    .number = b->first + (int64_t)i};

		expr_step(&p->one.x, &moment);
		if (p->v != NULL)
			vector_step(p->v, i, &moment);
		else
			expr_step(&p->columns.x, &moment);
		if (!compare(p, from + (int)i))
			return false;
	}
	return true;
}

static void
go(struct pair *p)
{
	struct batch b;
	bool ok = true;

	batch_init(&b, p->size);
	for (int from = 0; ok && from < p->bars->n; from += (int)b.n) {
		batch_reset(&b);
		b.first = p->data->first + from;
		while (b.n < p->size && from + (int)b.n < p->bars->n) {
			b.scale = p->bars->scale[from + (int)b.n];
			batch_add(&b, &p->bars->bar[from + (int)b.n], 1);
		}
		if (p->v != NULL && !vector_fill(p->v, &b)) {
			vector_free(p->v);
			p->v = NULL;
		}
		p->held += p->v != NULL ? (int)b.n : 0;
		ok = go_batch(p, &b, from);
	}
	batch_release(&b);
}

/* Compare, and return how many bars stood in columns. */
static int
alike(const char *text, const struct data *d, size_t size)
{
	static struct stretch bars;
	struct pair p = {.text = text, .data = d, .bars = &bars, .size = size};

	make(&bars, d);
	rule_open_number(&p.one, text);
	rule_open_number(&p.columns, text);
	if (CHECK_INT(p.one.rc, 0)) {
		p.v = vector_new(&p.columns.x, size, &(struct zone){0});
		for (size_t i = 0; i < p.columns.x.n; i++)
			vector_want(p.v, i);
		go(&p);
		vector_free(p.v);
	} else {
		printf("# %s: %s\n", text, p.one.e.msg);
	}
	rule_close(&p.one);
	rule_close(&p.columns);
	return p.held;
}

UNIT_TEST("frame: usual prices stay in columns, and have the same values")
{
	for (size_t i = OUTSIDE; i < QTE_COUNT(texts); i++)
		for (size_t k = 0; k < QTE_COUNT(sizes); k++)
			CHECK_INT(alike(texts[i], &cents, sizes[k]), 300);
}

UNIT_TEST("frame: at its edges, and when the data leave it, the same values")
{
	for (size_t i = 0; i < QTE_COUNT(texts); i++)
		for (size_t d = 0; d < QTE_COUNT(edges); d++)
			for (size_t k = 0; k < QTE_COUNT(sizes); k++)
				(void)alike(texts[i], &edges[d], sizes[k]);
}

UNIT_TEST("frame: it ends with 2^53 - 1 and with a price that is not exact")
{
	const struct data within = {"", {{50, WHOLE - 1, 0, 1}}, 0, 0};
	const struct data beyond = {"", {{50, WHOLE, 0, 1}}, 0, 0};
	const struct data third = {"", {{50, WHOLE / 3, 0, 1}}, 0, 0};
	const struct data more = {"", {{50, WHOLE / 3 + 1, 0, 1}}, 0, 0};
	const struct data loose = {"", {{50, ONE, CENT, 9}}, 30, 0};

	CHECK_INT(alike("close > open", &within, 7), 50);
	CHECK_INT(alike("close > open", &beyond, 7), 0);
	CHECK_INT(alike("sma(close, 3) > open", &third, 7), 50);
	CHECK_INT(alike("sma(close, 3) > open", &more, 7), 0);
	CHECK_INT(alike("close > open", &loose, 7), 28);
}
