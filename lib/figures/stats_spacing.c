/* SPDX-License-Identifier: MIT */
/* Figures of the spacing of a series. */
#include <math.h>

#include "base/when.h"
#include "figures/stats.h"

/* Classes of spacing, by their upper bounds. */
enum {
	SPACING_INTRADAY,
	SPACING_DAY,
	SPACING_WEEK,
	SPACING_BETWEEN,
	SPACING_MONTH,
	SPACING_LONGER
};

static const int64_t spacing_below[] = {
    [SPACING_INTRADAY] = 20 * WHEN_HOUR,
    [SPACING_DAY] = 5 * WHEN_DAY,
    [SPACING_WEEK] = 9 * WHEN_DAY,
    [SPACING_BETWEEN] = 26 * WHEN_DAY,
    [SPACING_MONTH] = 33 * WHEN_DAY,
};

static int
spacing_class(int64_t from, int64_t to)
{
	int64_t spacing;
	int class = 0;

	if (__builtin_sub_overflow(to, from, &spacing))
		return SPACING_LONGER;
	while (class < SPACING_LONGER && spacing >= spacing_below[class])
		class ++;
	return class;
}

void
stats_spacing_add(struct stats_spacing *s, int64_t ts_ns)
{
	int weekday = when_weekday(ts_ns + s->ahead_ns);

	if (s->bars == 0)
		s->first_ns = ts_ns;
	else
		s->counts[spacing_class(s->last_ns, ts_ns)]++;
	if (s->bars == 0 || when_day(ts_ns) != when_day(s->last_ns))
		s->days++;
	s->weekend = s->weekend || weekday == 0 || weekday == 6;
	s->last_ns = ts_ns;
	s->bars++;
}

void
stats_spacing_add_many(struct stats_spacing *s, const int64_t *ts_ns, size_t n)
{
	size_t i = 0;

	if (s->bars == 0 && n > 0)
		stats_spacing_add(s, ts_ns[i++]);
	while (i < n) {
		int64_t day_end = (when_day(s->last_ns) + 1) * WHEN_DAY;
		int64_t same = 0;

		/* Bars of one day: all that changes is how many there are. */
		for (; i < n && ts_ns[i] < day_end; i++) {
			if (ts_ns[i] - s->last_ns >= spacing_below[0])
				s->counts[SPACING_DAY]++;
			else
				same++;
			s->last_ns = ts_ns[i];
			s->bars++;
		}
		s->counts[SPACING_INTRADAY] += same;
		if (i < n)
			stats_spacing_add(s, ts_ns[i++]);
	}
}

double
stats_spacing_periods(const struct stats_spacing *s)
{
	double days_a_year = s->weekend ? 365 : 252;
	int most = SPACING_INTRADAY;

	if (s->bars < 2)
		return 252;
	for (int class = SPACING_DAY; class <= SPACING_LONGER; class ++)
		if (s->counts[class] > s->counts[most])
			most = class;
	switch (most) {
	case SPACING_INTRADAY:
		return round((double)s->bars / (double)s->days) * days_a_year;
	case SPACING_DAY:
		return days_a_year;
	case SPACING_WEEK:
		return 52;
	case SPACING_MONTH:
		return 12;
	default:
		break;
	}
	double mean =
	    ((double)s->last_ns - (double)s->first_ns) / (double)(s->bars - 1);
	double periods = round(365.25 * (double)WHEN_DAY / mean);

	return periods > 1 ? periods : 1;
}
