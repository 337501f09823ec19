/* SPDX-License-Identifier: MIT */
/* Figures of an equity curve and of the spacing of a series. */
#include "figures/stats.h"

#include <math.h>

#include "base/when.h"

/* Below this a deviation is the noise of rounding. */
#define SPREAD_MIN 1e-15

/*
 * Neumaier's sum: what an addition loses is kept apart.  A. Neumaier,
 * Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen
 * (1974).
 */
static void
sum_add(struct stats_sum *s, double x)
{
	double sum = s->sum + x;

	if (fabs(s->sum) >= fabs(x))
		s->lost += (s->sum - sum) + x;
	else
		s->lost += (x - sum) + s->sum;
	s->sum = sum;
}

static double
sum_total(const struct stats_sum *s)
{
	return s->sum + s->lost;
}

void
stats_curve_init(struct stats_curve *c, double initial)
{
	*c = (struct stats_curve){.initial = initial, .peak = initial};
}

static void
add_return(struct stats_curve *c, double equity)
{
	/* From nothing, or from debt, there is no return. */
	double r = c->last > 0 ? equity / c->last - 1 : (double)NAN;

	sum_add(&c->returns, r);
	sum_add(&c->squares, r * r);
	if (r < 0)
		sum_add(&c->downside, r * r);
}

static void
add_drawdown(struct stats_curve *c, double equity)
{
	if (equity >= c->peak) {
		c->peak = equity;
		c->below = 0;
		return;
	}
	double drawdown = equity / c->peak - 1;

	if (drawdown < c->max_drawdown)
		c->max_drawdown = drawdown;
	if (++c->below > c->max_drawdown_bars)
		c->max_drawdown_bars = c->below;
}

void
stats_curve_add(struct stats_curve *c, double equity)
{
	if (c->bars > 0)
		add_return(c, equity);
	add_drawdown(c, equity);
	c->debt = c->debt || equity <= 0;
	c->last = equity;
	c->bars++;
}

struct stats_ratios
stats_curve_ratios(const struct stats_curve *c, double periods, double rf)
{
	struct stats_ratios r = {.total_return = NAN,
	    .annual_return = NAN,
	    .volatility = NAN,
	    .sharpe = NAN,
	    .sortino = NAN};
	double n = (double)(c->bars - 1);

	if (c->bars < 1)
		return r;
	r.total_return = c->last / c->initial - 1;
	if (n < 1)
		return r;
	/* pow would take a debt to an even power as a gain. */
	if (c->last >= 0)
		r.annual_return = pow(c->last / c->initial, periods / n) - 1;
	double total = sum_total(&c->returns), mean = total / n;
	double downside = sqrt(sum_total(&c->downside) / n);

	if (downside > SPREAD_MIN)
		r.sortino = (mean - rf / periods) / downside * sqrt(periods);
	if (n < 2)
		return r;
	double spread = (sum_total(&c->squares) - total * mean) / (n - 1);
	double deviation = spread > 0 ? sqrt(spread) : 0;

	if (isnan(spread))
		return r;
	if (deviation < SPREAD_MIN)
		deviation = 0;
	r.volatility = deviation * sqrt(periods);
	if (deviation > 0)
		r.sharpe = (mean - rf / periods) / deviation * sqrt(periods);
	return r;
}

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
