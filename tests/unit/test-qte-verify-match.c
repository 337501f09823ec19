/* SPDX-License-Identifier: MIT */
/* Tests of book/match and book/deals. */
#include <stdlib.h>

#include "base/base.h"
#include "base/when.h"
#include "book/match.h"
#include "random.h"
#include "unit.h"

#define TRADES 200
#define BARS 60

static void
add(struct deals *d, int64_t ts_ns, int64_t price)
{
	struct deal deal = {.ts_ns = ts_ns,
	    .price = price,
	    .flags = DEAL_TIME | DEAL_PRICE,
	    .line = (int64_t)d->n};

	deals_add(d, &deal, "", 0);
}

/* What the bars say of a trade, by its definition: the last that is not after
 * it, of equal ones the first. */
static void
check_deal(const struct deal *d, const struct match_bar *bars, size_t n)
{
	const struct match_bar *best = NULL;
	unsigned want = 0;

	for (size_t i = 0; i < n; i++)
		if (bars[i].ts_ns <= d->ts_ns &&
		    (best == NULL || bars[i].ts_ns > best->ts_ns))
			best = &bars[i];
	if (best != NULL)
		want = DEAL_BARRED |
		    (d->price < best->low	    ? DEAL_BELOW
			    : d->price > best->high ? DEAL_ABOVE
						    : 0);
	CHECK_INT(d->flags & (DEAL_BARRED | DEAL_BELOW | DEAL_ABOVE), want);
	if (best != NULL)
		CHECK_INT(d->bar_ns, best->ts_ns);
}

/* Trades and bars at random times; ${rising}: bars in their order. */
static void
try(bool rising)
{
	struct deals d = {0};
	struct match m = {0};
	struct match_steps steps = {0};
	struct match_bar bars[BARS];
	int64_t ts_ns = 0;

	for (size_t i = 0; i < TRADES; i++)
		add(&d, (int64_t)random_below(100),
		    100 + (int64_t)random_below(20));
	deals_sort(&d, 1);
	m.order = deals_of(&d, 0, &m.n);
	CHECK_INT(m.n, TRADES);
	for (size_t i = 0; i < BARS; i++) {
		ts_ns = rising ? ts_ns + (int64_t)random_below(4)
			       : (int64_t)random_below(100);
		bars[i] = (struct match_bar){.ts_ns = ts_ns,
		    .ranged = true,
		    .low = 100 + (int64_t)random_below(10),
		    .high = 110 + (int64_t)random_below(10)};
		match_bar(&m, &d, &bars[i], &steps);
	}
	match_end(&m, &d);
	for (size_t i = 0; i < d.n; i++)
		check_deal(&d.at[i], bars, BARS);
	deals_release(&d);
}

UNIT_TEST("match: each trade gets the last bar that began before it")
{
	for (int i = 0; i < 200; i++)
		try(true);
}

UNIT_TEST("match: bars in any order say the same")
{
	for (int i = 0; i < 200; i++)
		try(false);
}

/* The interval of bars that stand so many steps apart. */
static int64_t
interval(const int64_t *steps_ns, size_t n)
{
	struct deals d = {0};
	struct match m = {0};
	struct match_steps steps = {0};
	struct match_bar bar = {0};

	match_bar(&m, &d, &bar, &steps);
	for (size_t i = 0; i < n; i++) {
		bar.ts_ns += steps_ns[i];
		match_bar(&m, &d, &bar, &steps);
	}
	return match_interval(&steps);
}

UNIT_TEST("match: a bar covers the most frequent step, of equal ones the least")
{
	CHECK_INT(interval(NULL, 0), WHEN_DAY);
	CHECK_INT(interval((int64_t[]){60, 60, 180, 60, 60}, 5), 60);
	CHECK_INT(interval((int64_t[]){180, 60}, 2), 60);
	CHECK_INT(interval((int64_t[]){60, 180, 180}, 3), 180);
	CHECK_INT(interval((int64_t[]){3 * WHEN_DAY}, 1), WHEN_DAY);
	CHECK_INT(interval((int64_t[]){7 * WHEN_DAY}, 1), 7 * WHEN_DAY);
	CHECK_INT(interval((int64_t[]){WHEN_DAY, WHEN_DAY, 3 * WHEN_DAY}, 3),
	    WHEN_DAY);
}

static int found;

static void
count(void *arg, const struct deal *d)
{
	(void)arg;
	(void)d;
	found++;
}

UNIT_TEST("deals: ids that rise are not looked at, others are all compared")
{
	struct deals d = {0};
	static const char *const ids[] = {"9", "10", "11", "2", "", "", "10"};

	for (size_t i = 0; i < QTE_COUNT(ids); i++)
		deals_add(&d, &(struct deal){.line = (int64_t)i}, ids[i],
		    strlen(ids[i]));
	CHECK(d.mixed);
	deals_twice(&d, count, NULL);
	CHECK_INT(found, 1);
	CHECK_INT(d.at[6].flags, DEAL_TWICE);
	CHECK_INT(d.at[1].flags, 0);
	deals_release(&d);
}
