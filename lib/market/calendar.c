/* SPDX-License-Identifier: MIT */
/* When a market trades. */
#include "market/calendar.h"

#include <stdlib.h>
#include <string.h>

#define WEEK 7
#define SUNDAY 0
#define SATURDAY 6

void
calendar_init(struct calendar *c)
{
	*c = (struct calendar){.weekend = 1U << SATURDAY | 1U << SUNDAY};
}

void
calendar_release(struct calendar *c)
{
	VEC_RELEASE(&c->dates);
	free(c->zone_name);
	*c = (struct calendar){0};
}

int
calendar_settle(struct calendar *c, const struct zone *zone, struct err *e)
{
	bool same = c->zone_name != NULL && zone->name != NULL &&
	    strcmp(c->zone_name, zone->name) == 0;

	if (c->zone_name == NULL || same) {
		c->zone = *zone;
		return 0;
	}
	if (zone->name != NULL && strcmp(c->zone_name, "UTC") != 0)
		return err_set(e, EX_USAGE,
		    "the calendar's zone is %s, that of the data %s: "
		    "only one of them can be other than UTC",
		    c->zone_name, zone->name);
	return 0;
}

static bool
is_weekday(const struct calendar *c, int64_t day)
{
	return (c->weekend >> when_weekday(day * WHEN_DAY) & 1) == 0;
}

size_t
calendar_dates(const struct calendar *c, int64_t day)
{
	size_t low = 0, high = c->dates.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->dates.at[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct calendar_hours *
calendar_day(const struct calendar *c, int64_t day)
{
	size_t i = calendar_dates(c, day);

	if (i < c->dates.n && c->dates.at[i].day == day)
		return c->dates.at[i].hours.n > 0 ? &c->dates.at[i].hours
						  : NULL;
	return is_weekday(c, day) ? &c->hours : NULL;
}

int64_t
calendar_days(const struct calendar *c, int64_t from, int64_t until)
{
	int64_t n = 0, weeks;

	if (until <= from)
		return 0;
	weeks = (until - from) / WEEK;
	for (int64_t day = 0; day < WEEK; day++)
		n += is_weekday(c, day) ? weeks : 0;
	for (int64_t day = from + weeks * WEEK; day < until; day++)
		n += is_weekday(c, day);
	for (size_t i = calendar_dates(c, from);
	     i < c->dates.n && c->dates.at[i].day < until; i++)
		n += (c->dates.at[i].hours.n > 0) -
		    is_weekday(c, c->dates.at[i].day);
	return n;
}

enum calendar_state
calendar_at(const struct calendar *c, int64_t local)
{
	int64_t day = when_day(local), of_day = local - day * WHEN_DAY;
	const struct calendar_hours *hours = calendar_day(c, day);

	if (hours == NULL)
		return CALENDAR_CLOSED;
	for (size_t i = 0; i < hours->n; i++)
		if (of_day >= hours->at[i].from_ns &&
		    of_day <= hours->at[i].until_ns)
			return CALENDAR_OPEN;
	return hours->n == 0 ? CALENDAR_OPEN : CALENDAR_PAUSE;
}
