/* SPDX-License-Identifier: MIT */
/* Tests of market/calendar. */
#include "market/calendar.h"
#include "scratch.h"
#include "unit.h"

static int64_t
at(const char *text)
{
	enum when_form form;
	int64_t ns = 0;

	CHECK(when_read(text, strlen(text), &ns, &form) == WHEN_OK);
	return ns;
}

static int64_t
day(const char *text)
{
	return when_day(at(text));
}

static int
read_text(struct calendar *c, const char *text, struct err *e)
{
	*e = (struct err){0};
	scratch_put("cal", text, strlen(text));
	calendar_init(c);
	return calendar_read(c, "cal", e);
}

static const char shanghai[] = "# a comment\n"
			       "tz Asia/Shanghai\r\n"
			       "\n"
			       "  session 09:30-11:30, 13:00-15:00 # noon\n"
			       "2024-02-09\n"
			       "2024-01-03 9:30-11:30\n"
			       "2024-01-06 10:00-11:00\n";

UNIT_TEST("calendar: weekdays trade, holidays do not, a short day is short")
{
	struct calendar c;
	struct err e;

	if (!CHECK_INT(read_text(&c, shanghai, &e), 0))
		return;
	CHECK_INT(c.hours.n, 2);
	CHECK(calendar_day(&c, day("2024-02-09")) == NULL);
	CHECK(calendar_day(&c, day("2024-01-07")) == NULL);
	CHECK(calendar_day(&c, day("2024-01-02")) == &c.hours);
	CHECK_INT(calendar_day(&c, day("2024-01-03"))->n, 1);
	CHECK_INT(calendar_at(&c, at("2024-01-02 11:30")), CALENDAR_OPEN);
	CHECK_INT(calendar_at(&c, at("2024-01-02 11:31")), CALENDAR_PAUSE);
	CHECK_INT(calendar_at(&c, at("2024-01-02 13:00")), CALENDAR_OPEN);
	CHECK_INT(calendar_at(&c, at("2024-01-02 09:29:59")), CALENDAR_PAUSE);
	CHECK_INT(calendar_at(&c, at("2024-01-03 13:00")), CALENDAR_PAUSE);
	CHECK_INT(calendar_at(&c, at("2024-01-06 10:30")), CALENDAR_OPEN);
	CHECK_INT(calendar_at(&c, at("2024-01-07 10:30")), CALENDAR_CLOSED);
	CHECK_INT(calendar_at(&c, at("2024-02-09 10:30")), CALENDAR_CLOSED);
	calendar_release(&c);
}

UNIT_TEST("calendar: days with trading are counted as one by one")
{
	struct calendar c;
	struct err e;
	int64_t from = day("2023-12-25");

	if (!CHECK_INT(read_text(&c, shanghai, &e), 0))
		return;
	for (int64_t a = from; a < from + 60; a += 7) {
		int64_t n = 0;

		for (int64_t b = a; b < a + 60; b++) {
			CHECK_INT(calendar_days(&c, a, b), n);
			n += calendar_day(&c, b) != NULL;
		}
	}
	CHECK_INT(calendar_days(&c, from, from - 9), 0);
	calendar_release(&c);
}

UNIT_TEST("calendar: a market may trade on all days")
{
	struct calendar c;
	struct err e;

	if (!CHECK_INT(read_text(&c, "weekend none\nsession 00:00-24:00\n", &e),
		0))
		return;
	CHECK_INT(calendar_days(&c, 0, 1000), 1000);
	CHECK_INT(calendar_at(&c, at("2024-01-07 23:59:59")), CALENDAR_OPEN);
	calendar_release(&c);
	CHECK_INT(read_text(&c, "weekend fri,sat\n", &e), 0);
	CHECK(calendar_day(&c, day("2024-01-05")) == NULL);
	CHECK(calendar_day(&c, day("2024-01-07")) != NULL);
	CHECK_INT(calendar_at(&c, at("2024-01-07 03:00")), CALENDAR_OPEN);
	calendar_release(&c);
}

UNIT_TEST("calendar: sessions of an option take the place of the file's")
{
	struct calendar c;
	struct err e;

	if (!CHECK_INT(read_text(&c, shanghai, &e), 0))
		return;
	CHECK_INT(calendar_sessions(&c, "21:00-24:00", &e), 0);
	CHECK_INT(c.hours.n, 1);
	CHECK_INT(c.hours.at[0].from_ns, 21 * WHEN_HOUR);
	CHECK_INT(c.hours.at[0].until_ns, WHEN_DAY);
	CHECK_INT(calendar_day(&c, day("2024-01-03"))->n, 1);
	CHECK_INT(calendar_sessions(&c, "9:30-11:30,11:00-12:00", &e),
	    EX_USAGE);
	CHECK_STR(e.msg,
	    "session '11:00-12:00' begins before the end of the one before it");
	calendar_release(&c);
}

UNIT_TEST("calendar: the clock is the file's, or that of the data")
{
	struct calendar c;
	struct zone utc = {0}, shanghai_zone = {.name = "Asia/Shanghai"},
		    other = {.name = "Europe/London"};
	struct err e;

	if (!CHECK_INT(read_text(&c, shanghai, &e), 0))
		return;
	CHECK_INT(calendar_settle(&c, &utc, &e), 0);
	CHECK_INT(zone_offset(&c.zone, 0), 8 * WHEN_HOUR);
	CHECK_INT(calendar_settle(&c, &shanghai_zone, &e), 0);
	CHECK_INT(calendar_settle(&c, &other, &e), EX_USAGE);
	calendar_release(&c);
	calendar_init(&c);
	CHECK_INT(calendar_settle(&c, &other, &e), 0);
	CHECK_STR(c.zone.name, "Europe/London");
	calendar_release(&c);
}

static const struct {
	const char *text, *message;
} wrong[] = {
    {"\nsession\n", "cal:2: '' is not a session such as 09:30-16:00"},
    {"session 9:3-10:00",
	"cal:1: '9:3-10:00' is not a session such as "
	"09:30-16:00"},
    {"session 24:01-24:02",
	"cal:1: '24:01-24:02' is not a session such as "
	"09:30-16:00"},
    {"session 21:00-02:30",
	"cal:1: session '21:00-02:30' does not end after "
	"its start: part it at 24:00"},
    {"session 10:00-10:00",
	"cal:1: session '10:00-10:00' does not end after "
	"its start: part it at 24:00"},
    {"weekend sat,son\n", "cal:1: 'son' is not a day such as sat, nor none"},
    {"tz", "cal:1: tz needs a zone such as Asia/Shanghai"},
    {"tz UTC\ntz UTC\n", "cal:2: a second time zone"},
    {"#\n2023-02-29\n", "cal:2: '2023-02-29' is not in the calendar"},
    {"20230228\n",
	"cal:1: '20230228' is not a date as 2024-01-02, nor "
	"session, weekend or tz"},
    {"holiday 2023-01-01\n",
	"cal:1: 'holiday' is not a date as 2024-01-02, "
	"nor session, weekend or tz"},
    {"session 9:30-16:00,\n", "cal:1: '' is not a session such as 09:30-16:00"},
    {"weekend sat,\n", "cal:1: '' is not a day such as sat, nor none"},
    {"2024-01-02\n2024-01-01\n2024-01-02 9:30-10:00\n",
	"cal:3: 2024-01-02 is there twice, also in line 1"},
};

UNIT_TEST("calendar: a line that is none of a calendar is told with its place")
{
	struct calendar c;
	struct err e;

	for (size_t i = 0; i < QTE_COUNT(wrong); i++) {
		CHECK_INT(read_text(&c, wrong[i].text, &e), EX_DATAERR);
		CHECK_STR(e.msg, wrong[i].message);
		calendar_release(&c);
	}
	calendar_init(&c);
	CHECK_INT(calendar_read(&c, "none.cal", &e), EX_NOINPUT);
	calendar_release(&c);
}
