/* SPDX-License-Identifier: MIT */
/* Tests of machine/zone. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/when.h"
#include "machine/zone.h"
#include "scratch.h"
#include "unit.h"

#define MINUTE (60 * WHEN_SECOND)

static int64_t
at(const char *text)
{
	enum when_form form;
	int64_t ns = 0;

	CHECK_INT(when_read(text, strlen(text), &ns, &form), WHEN_OK);
	return ns;
}

static struct zone
zone(const char *name)
{
	struct zone z;
	struct err e = {0};

	if (!CHECK_INT(zone_open(&z, name, &e), 0))
		printf("# %s\n", e.msg);
	return z;
}

/* What the clock shows at ${local} is, in UTC, ${first} and ${last}. */
static void
both(struct zone *z, const char *local, const char *first, const char *last)
{
	char text[WHEN_TEXT_SIZE];
	int64_t utc[2];

	if (!CHECK_INT(zone_to_utc(z, at(local), utc), ZONE_OK))
		return;
	when_put(text, utc[0]);
	CHECK_STR(text, first);
	when_put(text, utc[1]);
	CHECK_STR(text, last);
	CHECK_INT(utc[0] + zone_offset(z, utc[0]), at(local));
	CHECK_INT(utc[1] + zone_offset(z, utc[1]), at(local));
}

static void
once(struct zone *z, const char *local, const char *utc)
{
	both(z, local, utc, utc);
}

static void
never(struct zone *z, const char *local)
{
	int64_t utc[2];

	CHECK_INT(zone_to_utc(z, at(local), utc), ZONE_GAP);
}

UNIT_TEST("zone: UTC is its own clock, with no database and no name")
{
	const int64_t times[] = {WHEN_BEGIN, -1, 0, 1, WHEN_END - 1};
	struct zone z, none = {0};
	struct err e = {0};
	int64_t utc[2];

	setenv("TZDIR", "/nonexistent", 1);
	CHECK_INT(zone_open(&z, "UTC", &e), 0);
	unsetenv("TZDIR");
	CHECK(z.name == NULL);
	for (size_t i = 0; i < QTE_COUNT(times); i++) {
		CHECK_INT(zone_offset(&z, times[i]), 0);
		CHECK_INT(zone_to_utc(&none, times[i], utc), ZONE_OK);
		CHECK_INT(utc[0], times[i]);
		CHECK_INT(utc[1], times[i]);
	}
}

UNIT_TEST("zone: New York skips an hour in spring and repeats one in autumn")
{
	struct zone z = zone("America/New_York");

	CHECK_STR(z.name, "America/New_York");
	once(&z, "2025-01-02 09:30", "2025-01-02T14:30:00Z");
	once(&z, "2025-03-09 01:59:59.999", "2025-03-09T06:59:59.999Z");
	never(&z, "2025-03-09 02:00");
	never(&z, "2025-03-09 02:59:59.999999999");
	once(&z, "2025-03-09 03:00", "2025-03-09T07:00:00Z");
	once(&z, "2025-07-01 09:30", "2025-07-01T13:30:00Z");
	once(&z, "2025-11-02 00:59:59.999999999",
	    "2025-11-02T04:59:59.999999999Z");
	both(&z, "2025-11-02 01:00", "2025-11-02T05:00:00Z",
	    "2025-11-02T06:00:00Z");
	both(&z, "2025-11-02 01:59:59", "2025-11-02T05:59:59Z",
	    "2025-11-02T06:59:59Z");
	once(&z, "2025-11-02 02:00", "2025-11-02T07:00:00Z");
	/* Back in time. */
	both(&z, "1883-11-18 12:03:57", "1883-11-18T16:59:59Z",
	    "1883-11-18T17:03:57Z");
	once(&z, "1883-11-18 12:03:58", "1883-11-18T17:03:58Z");
	both(&z, "1883-11-18 12:00", "1883-11-18T16:56:02Z",
	    "1883-11-18T17:00:00Z");
}

UNIT_TEST("zone: London, and its two hours of summer time in the war")
{
	struct zone z = zone("Europe/London");

	once(&z, "1941-07-01 12:00", "1941-07-01T10:00:00Z");
	once(&z, "1970-01-01", "1969-12-31T23:00:00Z");
	never(&z, "2024-03-31 01:30");
	both(&z, "2024-10-27 01:30", "2024-10-27T00:30:00Z",
	    "2024-10-27T01:30:00Z");
	/* By the rule that goes on for ever. */
	never(&z, "2150-03-29 01:00");
	once(&z, "2261-12-31 23:59:59", "2261-12-31T23:59:59Z");
}

UNIT_TEST("zone: clocks that differ by parts of an hour")
{
	struct zone z = zone("Asia/Kolkata");

	once(&z, "2024-01-02 09:15", "2024-01-02T03:45:00Z");
	CHECK_INT(zone_offset(&z, at("2024-01-02T03:45Z")), 330 * MINUTE);
	z = zone("Australia/Lord_Howe");
	CHECK_INT(zone_offset(&z, at("2024-07-01T00:00Z")), 630 * MINUTE);
	CHECK_INT(zone_offset(&z, at("2024-12-01T00:00Z")), 660 * MINUTE);
	never(&z, "2024-10-06 02:29");
	once(&z, "2024-10-06 02:30", "2024-10-05T15:30:00Z");
	both(&z, "2024-04-07 01:45", "2024-04-06T14:45:00Z",
	    "2024-04-06T15:15:00Z");
	once(&z, "2024-04-07 01:29:59", "2024-04-06T14:29:59Z");
}

UNIT_TEST("zone: Shanghai, which had summer time until 1991")
{
	struct zone z = zone("Asia/Shanghai");

	once(&z, "2020-01-06", "2020-01-05T16:00:00Z");
	once(&z, "1990-07-02 09:30", "1990-07-02T00:30:00Z");
	once(&z, "1678-01-01 12:00", "1678-01-01T03:54:17Z");
}

UNIT_TEST("zone: a day that Samoa never had")
{
	struct zone z = zone("Pacific/Apia");

	once(&z, "2011-12-29 23:59", "2011-12-30T09:59:00Z");
	never(&z, "2011-12-30");
	never(&z, "2011-12-30 23:59:59");
	once(&z, "2011-12-31", "2011-12-30T10:00:00Z");
}

UNIT_TEST("zone: two changes within days of one another")
{
	struct zone z = zone("Africa/Freetown");

	once(&z, "1939-08-31 12:00", "1939-08-31T13:00:00Z");
	never(&z, "1939-09-01 00:10");
	once(&z, "1939-09-03 12:00", "1939-09-03T12:40:00Z");
	both(&z, "1939-09-04 23:50", "1939-09-05T00:30:00Z",
	    "1939-09-05T00:50:00Z");
	once(&z, "1939-09-06 12:00", "1939-09-06T13:00:00Z");
}

UNIT_TEST("zone: the years end at those of UTC")
{
	struct zone z = zone("Asia/Tokyo");
	int64_t utc[2];

	CHECK_INT(zone_to_utc(&z, at("1678-01-01"), utc), ZONE_RANGE);
	CHECK_INT(zone_to_utc(&z, WHEN_BEGIN - 1, utc), ZONE_RANGE);
	CHECK_INT(zone_to_utc(&z, WHEN_END, utc), ZONE_RANGE);
	CHECK_INT(zone_to_utc(&z, WHEN_END - 1, utc), ZONE_OK);
	z = zone("America/New_York");
	CHECK_INT(zone_to_utc(&z, WHEN_END - 1, utc), ZONE_RANGE);
	CHECK_INT(zone_to_utc(&z, WHEN_BEGIN, utc), ZONE_OK);
	CHECK_INT(zone_offset(&z, WHEN_END), -300 * MINUTE);
	CHECK_INT(zone_offset(&z, INT64_MAX), -240 * MINUTE);
	CHECK_INT(zone_offset(&z, 0), -300 * MINUTE);
}

/* The two ways agree with the C library, whichever way time goes. */
static void
compare(const char *name, int64_t step_s)
{
	struct zone z = zone(name);
	int64_t s = step_s > 0 ? WHEN_BEGIN / WHEN_SECOND + 86400
			       : WHEN_END / WHEN_SECOND - 86400;

	for (int i = 0; i < 10000; i++, s += step_s) {
		time_t t = (time_t)s;
		struct tm tm;
		int64_t utc[2], ns = s * WHEN_SECOND;

		if (!CHECK(localtime_r(&t, &tm) != NULL) ||
		    !CHECK_INT(zone_offset(&z, ns),
			tm.tm_gmtoff * WHEN_SECOND) ||
		    !CHECK_INT(
			zone_to_utc(&z, ns + tm.tm_gmtoff * WHEN_SECOND, utc),
			ZONE_OK) ||
		    !CHECK(utc[0] == ns || utc[1] == ns)) {
			printf("# %s at %lld\n", name, (long long)s);
			return;
		}
	}
}

UNIT_TEST("zone: offsets are those of the C library in all years")
{
	static const char *const names[] = {"America/New_York", "Europe/London",
	    "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Shanghai",
	    "Africa/Casablanca"};

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		compare(names[i], 1840007);
		compare(names[i], -1840007);
	}
}

/* What zone_open says to ${name}. */
static void
refused(const char *name, int status, const char *msg)
{
	struct zone z;
	struct err e = {0};

	CHECK_INT(zone_open(&z, name, &e), status);
	CHECK_STR(e.msg, msg);
	CHECK(z.name == NULL);
}

UNIT_TEST("zone: an unknown name is answered with the nearest")
{
	refused("Asia/Kolkatta", EX_USAGE,
	    "unknown time zone 'Asia/Kolkatta'; did you mean 'Asia/Kolkata'?");
	refused("europe/london", EX_USAGE,
	    "unknown time zone 'europe/london'; did you mean 'Europe/London'?");
	refused("new_york", EX_USAGE,
	    "unknown time zone 'new_york'; did you mean 'America/New_York'?");
	refused("salta", EX_USAGE,
	    "unknown time zone 'salta'; did you mean "
	    "'America/Argentina/Salta'?");
	refused("America", EX_USAGE, "unknown time zone 'America'");
}

UNIT_TEST("zone: what is no name of a zone is not looked for")
{
	static const char *const names[] = {"", "/", ".", "..",
	    "../../etc/passwd", "/etc/passwd", "/usr/share/zoneinfo/UTC",
	    "Europe/../UTC", ":UTC", "<+03>-3", "localtime", "posixrules",
	    "right/UTC", "posix/UTC"};
	char msg[128], name[5000];

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		struct zone z;
		struct err e = {0};

		snprintf(msg, sizeof(msg), "unknown time zone '%s'", names[i]);
		CHECK_INT(zone_open(&z, names[i], &e), EX_USAGE);
		CHECK(strncmp(e.msg, msg, strlen(msg)) == 0);
	}
	memset(name, 'A', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	struct zone z;
	struct err e = {0};

	CHECK_INT(zone_open(&z, name, &e), EX_USAGE);
}

/* A database whose zone Bad is the ${n} bytes of ${data}. */
static void
damaged(const char *data, size_t n)
{
	scratch_put("Bad", data, n);
	setenv("TZDIR", ".", 1);
	refused("Bad", EX_UNAVAILABLE,
	    "./Bad is damaged; Debian's package tzdata has it");
	unsetenv("TZDIR");
}

UNIT_TEST("zone: a file that is not whole is not taken for UTC")
{
	damaged("", 0);
	damaged("TZi", 3);
	damaged("TZif", 4);
	damaged("TZif\0 version one\n", 18);
	damaged("TZif2 cut off", 13);
	damaged("gone astray\n", 12);
}

UNIT_TEST("zone: without a database the package is named")
{
	setenv("TZDIR", "/nonexistent", 1);
	refused("Asia/Tokyo", EX_UNAVAILABLE,
	    "no time zones in /nonexistent; Debian's package tzdata has them");
	unsetenv("TZDIR");
}

UNIT_TEST("zone: a database that counts leap seconds is refused")
{
	if (access("/usr/share/zoneinfo/right/Asia/Tokyo", R_OK) != 0)
		return;
	setenv("TZDIR", "/usr/share/zoneinfo/right", 1);
	refused("Asia/Tokyo", EX_UNAVAILABLE,
	    "/usr/share/zoneinfo/right/Asia/Tokyo counts leap seconds, "
	    "unlike UTC");
	unsetenv("TZDIR");
}
