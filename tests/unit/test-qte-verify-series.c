/* SPDX-License-Identifier: MIT */
/* Tests of qte-verify's series rules: what made-up bars are found to be. */
#include "base/buf.h"
#include "base/num.h"
#include "random.h"
#include "scratch.h"
#include "series/inner.h"
#include "unit.h"

#define BARS_MAX 6000
#define MINUTE (60 * WHEN_SECOND)

struct bars {
	int n;
	struct series_bar at[BARS_MAX];
};

static struct bars bars;
static struct calendar calendar;
static struct series_opts opts;

static int64_t
at(const char *text)
{
	enum when_form form;
	int64_t ns = 0;

	CHECK(when_read(text, strlen(text), &ns, &form) == WHEN_OK);
	return ns;
}

static void
place(void *arg, enum series_value value, struct finding *f)
{
	(void)arg;
	f->field = (size_t)value + 1;
}

/* Afresh: no bars, and nothing known of the market. */
static void
fresh(void)
{
	calendar_release(&calendar);
	calendar_init(&calendar);
	opts = (struct series_opts){.max_move = NUM_PRICE_ONE / 5,
	    .calendar = &calendar};
	bars.n = 0;
	random_state = 1;
}

static void
add(int64_t ts)
{
	int64_t last = bars.n > 0 ? bars.at[bars.n - 1].price[SERIES_CLOSE]
				  : 100 * NUM_PRICE_ONE;
	int64_t move = ((int64_t)random_below(41) - 20) * NUM_PRICE_ONE / 100;
	int64_t close = last +
	    (last < 50 * NUM_PRICE_ONE ? 20 * NUM_PRICE_ONE / 100 : move);
	struct series_bar *b = &bars.at[bars.n++];

	*b = (struct series_bar){.named = true,
	    .right = SERIES_ALL,
	    .ts_ns = ts,
	    .volume = (double)(1000 + random_below(1000)),
	    .place = place};
	b->price[SERIES_OPEN] = last;
	b->price[SERIES_CLOSE] = close;
	b->price[SERIES_HIGH] = last > close ? last : close;
	b->price[SERIES_LOW] = last < close ? last : close;
}

/* Bars of ${step} on the days of Shanghai from 2024-01-22 on, as UTC. */
static void
fill_sessions(int64_t step, int days)
{
	int64_t day = when_day(at("2024-01-22"));
	struct err e = {0};

	CHECK_INT(calendar_sessions(&calendar, "09:30-11:30,13:00-15:00", &e),
	    0);
	*VEC_PUSH(&calendar.dates) =
	    (struct calendar_date){.day = when_day(at("2024-01-25"))};
	*VEC_PUSH(&calendar.dates) =
	    (struct calendar_date){.day = when_day(at("2024-01-30"))};
	calendar.dates.at[1].hours.n = 1;
	calendar.dates.at[1].hours.at[0] = calendar.hours.at[0];
	for (; days > 0; day++) {
		const struct calendar_hours *h = calendar_day(&calendar, day);

		days -= h != NULL;
		for (size_t i = 0; h != NULL && i < h->n; i++)
			for (int64_t t = h->at[i].from_ns;
			     t < h->at[i].until_ns; t += step)
				add(day * WHEN_DAY + t);
	}
}

/* What is found, as "LINE RULE" for each, in order, with the value of a gap. */
static const char *
found(void)
{
	static struct buf text;
	struct report_opts ropts = {.text = true};
	struct report *r = report_new(&ropts);
	struct series *s = series_new(&opts, r);

	for (enum rule rule = 0; rule < RULES; rule++)
		ropts.severity[rule] = rule_severity(rule);
	struct report_totals totals = {0};
	struct out out;
	struct err e = {0};
	char *save = NULL;

	scratch_put("out", "", 0);
	CHECK_INT(out_open(&out, "out", &e), 0);
	report_stream(r, &out, NULL);
	report_begin(r, "F");
	for (int i = 0; i < bars.n; i++) {
		bars.at[i].line = i + 2;
		series_add(s, &bars.at[i]);
	}
	series_end(s);
	series_free(s);
	report_end(r, &totals);
	CHECK_INT(out_close(&out, &e), 0);
	report_free(r);
	buf_reset(&text);
	buf_str(&text, "");

	static char copy[4096];

	(void)snprintf(copy, sizeof(copy), "%s", place_read("out"));
	for (char *l = strtok_r(copy, "\n", &save); l != NULL;
	     l = strtok_r(NULL, "\n", &save)) {
		const char *rule = strrchr(l, '[');

		if (strncmp(l, "F:", 2) != 0 || rule == NULL)
			continue;
		buf_fmt(&text, "%s%d %.*s", text.len > 0 ? ", " : "",
		    atoi(l + 2), (int)strcspn(rule + 1, "]"), rule + 1);
		if (strncmp(rule, "[gap", 4) == 0)
			buf_fmt(&text, " %d", atoi(strstr(l, "warning: ") + 9));
	}
	return buf_text(&text);
}

static void
erase(int i, int n)
{
	for (int k = i; k + n < bars.n; k++)
		bars.at[k] = bars.at[k + n];
	bars.n -= n;
}

static void
insert(int i, struct series_bar b)
{
	for (int k = bars.n++; k > i; k--)
		bars.at[k] = bars.at[k - 1];
	bars.at[i] = b;
}

/* All prices from ${i} on are this many times as high. */
static void
scale_from(int i, int64_t times, int64_t parts)
{
	for (; i < bars.n; i++)
		for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
			bars.at[i].price[v] =
			    bars.at[i].price[v] * times / parts;
}

/* A format that is made here, compared with what is found. */
#define FINDS(...)                                                 \
	do {                                                       \
		char want_[256];                                   \
                                                                   \
		(void)snprintf(want_, sizeof(want_), __VA_ARGS__); \
		CHECK_STR(found(), want_);                         \
	} while (0)

UNIT_TEST("series: bars that keep to their calendar have nothing wrong")
{
	const int64_t steps[] = {MINUTE, 5 * MINUTE, 30 * MINUTE, 7 * MINUTE,
	    WHEN_HOUR, 90 * MINUTE};

	for (size_t i = 0; i < QTE_COUNT(steps); i++) {
		fresh();
		fill_sessions(steps[i], 12);
		CHECK_STR(found(), "");
		opts.interval_ns = steps[i];
		CHECK_STR(found(), "");
	}
}

UNIT_TEST("series: bars may bear the times of their ends")
{
	for (int given = 0; given < 2; given++) {
		fresh();
		fill_sessions(MINUTE, 12);
		opts.interval_ns = given ? MINUTE : 0;
		for (int i = 0; i < bars.n; i++)
			bars.at[i].ts_ns += MINUTE;
		CHECK_STR(found(), "");
		erase(1000, 3);
		FINDS("1002 gap 3");
	}
}

UNIT_TEST("series: without hours breaks and nights are no gaps")
{
	const int64_t steps[] = {MINUTE, 5 * MINUTE, 30 * MINUTE, WHEN_HOUR};

	for (size_t i = 0; i < QTE_COUNT(steps); i++) {
		fresh();
		fill_sessions(steps[i], 12);
		calendar_release(&calendar);
		calendar_init(&calendar);
		CHECK_STR(found(), "");
		opts.interval_ns = steps[i];
		CHECK_STR(found(), "");
	}
}

UNIT_TEST("series: without hours a pause of one day alone is a gap")
{
	fresh();
	fill_sessions(MINUTE, 12);
	calendar_release(&calendar);
	calendar_init(&calendar);
	erase(550, 100);
	CHECK_STR(found(), "552 gap 100");
	erase(20, 15);
	CHECK_STR(found(), "22 gap 15, 537 gap 100");
	fresh();
	fill_sessions(15 * MINUTE, 12);
	calendar_release(&calendar);
	calendar_init(&calendar);
	erase(34, 3);
	CHECK_STR(found(), "36 gap 3");
	fresh();
	for (int i = 0; i < 40; i++)
		add(at("2024-01-02") + i * WHEN_HOUR);
	erase(10, 1);
	CHECK_STR(found(), "12 gap 1");
	opts.interval_ns = WHEN_HOUR;
	CHECK_STR(found(), "12 gap 1");
	bars.n = 20;
	CHECK_STR(found(), "12 gap 1");
	fresh();
	fill_sessions(MINUTE, 1);
	calendar_release(&calendar);
	calendar_init(&calendar);
	CHECK_STR(found(), "");
}

static void
fill_days(const char *from, int n, bool weekends)
{
	for (int64_t day = when_day(at(from)); n > 0; day++) {
		int weekday = when_weekday(day * WHEN_DAY);

		if (!weekends && (weekday == 0 || weekday == 6))
			continue;
		add(day * WHEN_DAY);
		n--;
	}
}

UNIT_TEST("series: bars of a day pause at weekends and holidays")
{
	fresh();
	fill_days("2024-01-01", 300, false);
	CHECK_STR(found(), "");
	erase(100, 1);
	erase(150, 5);
	CHECK_STR(found(), "");
	opts.interval_ns = WHEN_DAY;
	CHECK_STR(found(), "102 gap 1, 152 gap 5");
	opts.interval_ns = 0;
	calendar.given = true;
	CHECK_STR(found(), "102 gap 1, 152 gap 5");
	*VEC_PUSH(&calendar.dates) =
	    (struct calendar_date){.day = when_day(bars.at[100].ts_ns) - 1};
	CHECK_STR(found(), "152 gap 5");
	calendar_release(&calendar);
	calendar_init(&calendar);
	erase(200, 11);
	CHECK_STR(found(), "202 gap 11");
}

UNIT_TEST("series: a market that never closes has gaps at any time")
{
	fresh();
	fill_days("2024-01-01", 100, true);
	erase(50, 1);
	CHECK_STR(found(), "52 gap 1");
	fresh();
	for (int i = 0; i < 5000; i++)
		add(at("2024-01-01") + i * 5 * MINUTE);
	CHECK_STR(found(), "");
	erase(2100, 100);
	CHECK_STR(found(), "2102 gap 100");
	calendar.given = true;
	calendar.weekend = 0;
	calendar.hours.n = 1;
	calendar.hours.at[0] = (struct calendar_session){0, WHEN_DAY};
	erase(10, 20);
	CHECK_STR(found(), "12 gap 20, 2082 gap 100");
}

UNIT_TEST("series: one defect is found, and nothing else")
{
	fresh();
	fill_sessions(MINUTE, 12);

	static struct bars whole;

	whole = bars;
	random_state = 7;
	for (int round = 0; round < 40; round++) {
		int i = 500 + (int)random_below(1500);
		int k = 1 + (int)random_below(20);
		struct series_bar b;

		opts.interval_ns = round % 2 == 0 ? 0 : MINUTE;
		bars = whole;
		erase(i, k);
		FINDS("%d gap %d", i + 2, k);

		bars = whole;
		b = bars.at[i];
		bars.at[i] = bars.at[i + 1];
		bars.at[i + 1] = b;
		FINDS("%d not-monotonic", i + 3);

		bars = whole;
		insert(i, bars.at[i]);
		FINDS("%d duplicate-row", i + 3);

		bars = whole;
		bars.at[i].ts_ns = bars.at[i - 1].ts_ns;
		FINDS("%d duplicate-timestamp", i + 2);

		bars = whole;
		bars.at[i].ts_ns +=
		    (1 + (int64_t)random_below(59)) * WHEN_SECOND;
		FINDS("%d off-grid", i + 2);

		bars = whole;
		bars.at[i].ts_ns -= 400 * WHEN_DAY;
		FINDS("%d not-monotonic", i + 2);

		bars = whole;
		bars.at[i].right &= ~SERIES_RIGHT(SERIES_TIME);
		FINDS("%s", "");

		bars = whole;
		bars.at[i].right = 0;
		bars.at[i].named = false;
		FINDS("%s", "");

		bars = whole;
		bars.at[i].volume = 100000;
		FINDS("%d volume-spike", i + 2);
	}
}

UNIT_TEST("series: a defect of prices is found, and nothing else")
{
	fresh();
	fill_sessions(MINUTE, 12);

	static struct bars whole;

	whole = bars;
	opts.max_move = NUM_PRICE_ONE / 5;
	for (int round = 0; round < 20; round++) {
		int i = 500 + (int)random_below(1500);

		bars = whole;
		for (int k = 1; k < 5; k++) {
			int64_t ts = bars.at[i + k].ts_ns;

			bars.at[i + k] = bars.at[i];
			bars.at[i + k].ts_ns = ts;
		}
		FINDS("%d stale", i + 6);

		bars = whole;
		scale_from(i, 5, 4);
		FINDS("%d jump, %d outlier", i + 2, i + 2);

		bars = whole;
		scale_from(i, 1, 2);
		FINDS("%d outlier, %d split-like", i + 2, i + 2);

		bars = whole;
		bars.at[i].right &= ~SERIES_RIGHT(SERIES_CLOSE);
		bars.at[i].price[SERIES_CLOSE] *= 100;
		FINDS("%s", "");
	}
}

UNIT_TEST("series: a bar outside the sessions, or on a day without, is told")
{
	struct series_bar b;

	fresh();
	fill_sessions(MINUTE, 12);
	b = bars.at[119];
	b.ts_ns += 31 * MINUTE;
	insert(120, b);
	CHECK_STR(found(), "122 outside-session");
	bars.at[120].ts_ns = at("2024-01-22 11:30");
	CHECK_STR(found(), "");
	erase(120, 1);
	b = bars.at[719];
	CHECK_INT(b.ts_ns, at("2024-01-24 14:59"));
	b.ts_ns = at("2024-01-25 10:00");
	insert(720, b);
	CHECK_STR(found(), "722 non-trading-day");
}

UNIT_TEST("series: without a calendar a weekend is like those before it")
{
	struct series_bar b;

	fresh();
	fill_days("2024-01-01", 100, false);
	b = bars.at[54];
	CHECK_INT(when_weekday(b.ts_ns), 5);
	b.ts_ns += WHEN_DAY;
	insert(55, b);
	CHECK_STR(found(), "57 non-trading-day");
	fresh();
	fill_days("2024-01-01", 19, false);
	add(at("2024-01-27"));
	CHECK_STR(found(), "");
}

UNIT_TEST("series: a run of other steps is a frequency, not gaps")
{
	fresh();
	fill_sessions(MINUTE, 2);
	for (int i = 0; i < 5; i++)
		erase(31 + i, 4);
	CHECK_STR(found(), "37 mixed-frequency");
	opts.interval_ns = MINUTE;
	CHECK_STR(found(), "37 mixed-frequency");
	fresh();
	fill_sessions(MINUTE, 2);
	for (int i = 0; i < 4; i++)
		erase(31 + i, 4);
	CHECK_STR(found(), "33 gap 4, 34 gap 4, 35 gap 4, 36 gap 4");
	fresh();
	fill_sessions(5 * MINUTE, 3);
	for (int i = 0; i < 4; i++) {
		struct series_bar b = bars.at[5 + i];

		b.ts_ns += MINUTE;
		insert(6 + i, b);
		bars.at[6 + i].price[SERIES_CLOSE] += i + 1;
	}
	CHECK_STR(found(), "12 mixed-frequency");
}

UNIT_TEST("series: no gap where clocks are put forward or back")
{
	struct err e = {0};
	struct zone utc = {0};

	for (int days = 0; days < 2; days++) {
		fresh();
		calendar.zone_name = strdup("America/New_York");
		CHECK_INT(calendar_sessions(&calendar, "09:30-16:00", &e), 0);
		CHECK_INT(calendar_settle(&calendar, &utc, &e), 0);
		for (int64_t day = when_day(at("2024-03-01"));
		     day < when_day(at("2024-11-20")); day++) {
			int64_t utc_ns[2];

			if (calendar_day(&calendar, day) == NULL)
				continue;
			for (int64_t t = days ? 0 : 570 * MINUTE;
			     t < (days ? 1 : 960 * MINUTE); t += 30 * MINUTE) {
				CHECK_INT(zone_to_utc(&calendar.zone,
					      day * WHEN_DAY + t, utc_ns),
				    ZONE_OK);
				add(utc_ns[0]);
			}
		}
		CHECK_STR(found(), "");
		calendar.hours.n = 0;
		calendar.given = false;
		CHECK_STR(found(), "");
		calendar.zone = utc;
		CHECK_STR(found(), "");
		opts.interval_ns = days ? WHEN_DAY : 30 * MINUTE;
		CHECK_STR(found(), "");
	}
}

UNIT_TEST("series: rows set back, and then in order, are said once")
{
	struct series_bar b;

	fresh();
	fill_sessions(MINUTE, 4);
	b = bars.at[100];
	b.ts_ns += WHEN_DAY;
	bars.at[100].ts_ns = b.ts_ns;
	CHECK_STR(found(), "103 not-monotonic");
	fresh();
	fill_sessions(MINUTE, 1);
	for (int i = 0; i < 100; i++)
		insert(bars.n, bars.at[i]);
	CHECK_STR(found(), "242 not-monotonic");
	fresh();
	fill_sessions(MINUTE, 1);
	for (int i = 0; i < 3; i++)
		bars.at[bars.n - 1 - i].ts_ns = at("2024-01-21") - i;
	CHECK_STR(found(), "239 not-monotonic");
}

/* 20 % up from 100, in steps of 1e-9. */
UNIT_TEST("series: limits are exact: at them nothing is said")
{
	const int64_t one = NUM_PRICE_ONE;

	for (int over = 0; over < 2; over++) {
		fresh();
		for (int i = 0; i < 40; i++)
			add(at("2024-01-01") + i * MINUTE);
		struct series_bar *b = &bars.at[39];

		bars.at[38].price[SERIES_CLOSE] = 100 * one;
		b->price[SERIES_OPEN] = 120 * one + over;
		b->price[SERIES_CLOSE] = 120 * one;
		opts.max_move = one / 5;
		CHECK_INT(strstr(found(), "41 jump") != NULL, over);
		b->price[SERIES_OPEN] = 100 * one;
		b->price[SERIES_CLOSE] = 80 * one - over;
		CHECK_INT(strstr(found(), "41 jump") != NULL, over);
		b->price[SERIES_CLOSE] = 105 * one + over;
		bars.at[38].price[SERIES_OPEN] = 100 * one;
		CHECK_STR(found(), over ? "41 outlier" : "");
		b->price[SERIES_CLOSE] = 100 * one;
		for (int i = 0; i < 39; i++)
			bars.at[i].volume = i % 2 == 0 ? 0.29 : 0.31;
		b->volume = over ? 15.001 : 15;
		for (int i = 0; i < 7; i++)
			bars.at[i].volume = 0;
		CHECK_STR(found(), over ? "41 volume-spike" : "");
	}
}

UNIT_TEST("series: a split is near a ratio, and the price stays")
{
	const int64_t one = NUM_PRICE_ONE;
	const struct {
		int64_t open, close[3];
		const char *rule;
	} cases[] = {
	    {51500000000, {52000000000, 53000000000, 51000000000},
		"split-like"},
	    {51500000001, {52000000000, 53000000000, 51000000000}, "jump"},
	    {48500000000, {48000000000, 48000000000, 48000000000},
		"split-like"},
	    {50000000000, {57500000000, 50000000000, 42500000000},
		"split-like"},
	    {50000000000, {50000000000, 57500000001, 50000000000}, "jump"},
	    {50000000000, {50000000000, 50000000000, 42499999999}, "jump"},
	    {300000000000, {300000000000, 300000000000, 300000000000},
		"split-like"},
	    {66666666667, {66000000000, 66000000000, 66000000000},
		"split-like"},
	    {10000000000, {10000000000, 10000000000, 10000000000},
		"split-like"},
	    {75000000000, {75000000000, 75000000000, 75000000000}, "jump"},
	};

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		char want[64];

		fresh();
		for (int k = 0; k < 14; k++) {
			add(at("2024-01-01") + k * MINUTE);
			for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
				bars.at[k].price[v] = 100 * one;
		}
		for (int k = 10; k < 14; k++)
			for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
				bars.at[k].price[v] = k == 10
				    ? cases[i].open
				    : cases[i].close[k - 11];
		(void)snprintf(want, sizeof(want), "12 %s", cases[i].rule);
		CHECK_STR(found(), want);
	}
	bars.n = 13;
	CHECK_STR(found(), "12 jump");
}

UNIT_TEST("series: symbols have nothing to do with one another")
{
	static const char *const names[] = {"A", "B", "", "A.very.long.name"};
	struct bars *one = &bars;
	static struct bars all;

	fresh();
	fill_sessions(5 * MINUTE, 6);
	all.n = 0;
	for (int i = 0; i < one->n; i++)
		for (size_t k = 0; k < QTE_COUNT(names); k++) {
			struct series_bar *b = &all.at[all.n++];

			*b = one->at[i];
			b->symbol = names[k];
			b->symbol_len = strlen(names[k]);
			for (int v = SERIES_OPEN; v <= SERIES_CLOSE; v++)
				b->price[v] *= (int64_t)(k + 1);
		}
	bars = all;
	CHECK_STR(found(), "");
	erase(401, 1);
	CHECK_STR(found(), "406 gap 1");
	bars.at[801].ts_ns -= 30 * WHEN_DAY;
	CHECK_STR(found(), "406 gap 1, 803 not-monotonic");
}

UNIT_TEST("series: the last bar of each symbol has its age")
{
	fresh();
	for (int i = 0; i < 20; i++) {
		add(at("2024-01-01") + i / 2 * MINUTE);
		bars.at[i].symbol = i % 2 == 0 ? "A" : "B";
		bars.at[i].symbol_len = 1;
	}
	erase(18, 1);
	opts.max_age_ns = WHEN_HOUR;
	opts.now_ns = bars.at[16].ts_ns + WHEN_HOUR;
	CHECK_STR(found(), "");
	opts.now_ns++;
	CHECK_STR(found(), "18 too-old");
	opts.now_ns += MINUTE;
	CHECK_STR(found(), "18 too-old, 20 too-old");
}

UNIT_TEST("series: ticks may come at one time, but not twice")
{
	fresh();
	opts.ticks = true;
	for (int i = 0; i < 20; i++) {
		add(at("2024-01-01") + i / 3 * WHEN_SECOND);
		bars.at[i].right = SERIES_RIGHT(SERIES_TIME) |
		    SERIES_RIGHT(SERIES_CLOSE) | SERIES_RIGHT(SERIES_VOLUME);
	}
	CHECK_STR(found(), "");
	bars.at[10] = bars.at[9];
	CHECK_STR(found(), "12 duplicate-row");
	bars.at[15].ts_ns -= 60 * WHEN_SECOND;
	CHECK_STR(found(), "12 duplicate-row, 17 not-monotonic");
}

UNIT_TEST("series: times as far apart as there are do not overflow")
{
	fresh();
	opts.interval_ns = MINUTE;
	for (int i = 0; i < 40; i++) {
		add(at("2024-01-01"));
		bars.at[i].ts_ns = i % 2 == 0 ? WHEN_BEGIN + i : WHEN_END - i;
	}
	(void)found();
	opts.interval_ns = WHEN_DAY;
	(void)found();
	opts.interval_ns = 0;
	CHECK(found() != NULL);
}
