/* SPDX-License-Identifier: MIT */
/* Tests of qte-verify's series rules: times. */
#include "found.h"

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

UNIT_TEST("series: the first day lacks its edges as the days behind it do")
{
	const int64_t step = 30 * MINUTE;

	for (int k = 0; k < 4; k++) {
		int ends = k / 2;

		fresh();
		fill_sessions(step, 4);
		opts.interval_ns = k % 2 == 0 ? 0 : step;
		for (int i = 0; i < bars.n; i++)
			bars.at[i].ts_ns += ends * step;
		erase(4 - ends, 1);
		CHECK_STR(found(), ends ? "5 gap 1" : "6 gap 1");
		erase(2, 3);
		CHECK_STR(found(), "4 gap 4");
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
	erase(20, 70);
	CHECK_STR(found(), "22 gap 70");
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

UNIT_TEST("series: bars of a day at weekends are expected after seven days")
{
	for (int given = 0; given < 2; given++) {
		fresh();
		opts.interval_ns = given ? WHEN_DAY : 0;
		fill_days("2024-01-01", 60, true);
		CHECK_INT(when_weekday(bars.at[5].ts_ns), 6);
		erase(26, 1);
		CHECK_STR(found(), "28 gap 1");
		erase(5, 1);
		CHECK_STR(found(), "27 gap 1");
		/* Without Sundays there are never seven. */
		bars.n = 0;
		fill_days("2024-01-01", 60, true);
		for (int i = bars.n - 1; i >= 0; i--)
			if (when_weekday(bars.at[i].ts_ns) == 0)
				erase(i, 1);
		erase(23, 1);
		CHECK_STR(found(), "");
	}
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

UNIT_TEST("series: a row that is late is no bar of another symbol")
{
	struct series_bar other;

	fresh();
	fill_sessions(MINUTE, 4);
	for (int i = 0; i < bars.n; i++) {
		bars.at[i].symbol = "A";
		bars.at[i].symbol_len = 1;
	}
	other = bars.at[20];
	other.symbol = "B";
	erase(400, 5);
	insert(400, other);
	other.ts_ns -= 3 * MINUTE;
	insert(401, other);
	CHECK_STR(found(), "403 not-monotonic, 404 gap 5");
	bars.at[401].symbol = "A";
	CHECK_STR(found(), "403 not-monotonic, 404 gap 4");
	bars.at[401].right = 0;
	CHECK_STR(found(), "404 gap 4");
	bars.at[401].symbol = "B";
	CHECK_STR(found(), "404 gap 5");
	bars.at[401].symbol = "C";
	CHECK_STR(found(), "404 gap 5");
	bars.at[401].named = false;
	CHECK_STR(found(), "404 gap 4");
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
	fill_days("2024-01-01", 6, false);
	add(at("2024-01-13"));
	add(at("2024-01-14"));
	CHECK_STR(found(), "8 non-trading-day");
	/* Where weekends had bars it takes four without. */
	for (int n = 16; n <= 21; n += 5) {
		fresh();
		fill_days("2024-01-01", 5, false);
		add(at("2024-01-06"));
		fill_days("2024-01-08", n, false);
		add(at("2024-01-06") + (n / 5 + 1) * 7 * WHEN_DAY);
		CHECK_STR(found(), n == 16 ? "" : "29 non-trading-day");
	}
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

UNIT_TEST("series: weeks and months have no days without trading")
{
	static char text[] = "2000-01-01";

	fresh();
	for (int i = 0; i < 240; i++) {
		(void)snprintf(text, sizeof(text), "%04d-%02d-01",
		    2000 + i / 12 % 20, i % 12 + 1);
		add(at(text));
	}
	CHECK_STR(found(), "");
	calendar.given = true;
	CHECK_STR(found(), "");
	erase(100, 1);
	CHECK_STR(found(), "");
	opts.interval_ns = 30 * WHEN_DAY;
	CHECK_STR(found(), "102 gap 1");
	fresh();
	for (int i = 0; i < 100; i++)
		add(at("2000-01-07") + i * 7 * WHEN_DAY -
		    (i % 13 == 5 ? WHEN_DAY : 0));
	CHECK_STR(found(), "");
	opts.interval_ns = 7 * WHEN_DAY;
	CHECK_STR(found(), "");
	erase(50, 2);
	CHECK_STR(found(), "52 gap 2");
}

UNIT_TEST("series: the interval is the shortest that is frequent")
{
	fresh();
	for (int i = 0; i < 20; i++)
		add(at("2024-01-01") + (i < 9 ? i : 8 + (i - 8) * 5) * MINUTE);
	CHECK_STR(found(), "15 mixed-frequency");
	fresh();
	for (int i = 0; i < 60; i++)
		add(at("2024-01-01") + (i * i % 47 + i * 47) * MINUTE);
	CHECK_STR(found(), "");
}

UNIT_TEST("series: no gap where clocks are put forward or back")
{
	struct err e = {0};
	struct zone utc = {0};

	for (int days = 0; days < 2; days++) {
		fresh();
		calendar.zone_name = strdup("America/New_York");
		CHECK_INT(zone_open(&calendar.zone, calendar.zone_name, &e), 0);
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
