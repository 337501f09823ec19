/* SPDX-License-Identifier: MIT */
/* Where to cut a row of files that stand from the newest to the oldest. */
#include "cut.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
cut_init(struct cut *c, int64_t limit)
{
	*c = (struct cut){.limit = limit,
	    .oldest = INT64_MAX,
	    .newest = INT64_MIN};
}

/* Sparse files weigh more than there is room for: no sum goes round. */
static int64_t
plus(int64_t a, int64_t b)
{
	int64_t sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/* Times of one bin, but for the last: the range needs not be a multiple. */
static uint64_t
bin_width(const struct cut *c)
{
	uint64_t range = (uint64_t)c->newest - (uint64_t)c->oldest;

	return range / CUT_BINS + 1;
}

static bool
is_inside(const struct cut *c, int64_t time)
{
	return time >= c->oldest && time <= c->newest;
}

void
cut_add(struct cut *c, int64_t time, int64_t weight, const char *path)
{
	size_t i;

	switch (c->phase) {
	case CUT_MEASURE:
		c->total = plus(c->total, weight);
		if (time < c->oldest)
			c->oldest = time;
		if (time > c->newest)
			c->newest = time;
		break;
	case CUT_NARROW:
		if (!is_inside(c, time))
			break;
		i = ((uint64_t)time - (uint64_t)c->oldest) / bin_width(c);
		c->bins[i].weight = plus(c->bins[i].weight, weight);
		c->bins[i].n++;
		break;
	case CUT_HOLD:
		if (is_inside(c, time))
			*VEC_PUSH(&c->held) = (struct cut_file){time, weight,
			    mem_text(path, strlen(path))};
		break;
	case CUT_DONE:
		break;
	}
}

/* Go on in the bin that the cut is in. */
static void
narrow(struct cut *c)
{
	uint64_t width = bin_width(c), from;
	size_t i = CUT_BINS - 1;
	int64_t last;

	while (i > 0 &&
	    (c->bins[i].n == 0 ||
		plus(c->before, c->bins[i].weight) <= c->limit))
		c->before = plus(c->before, c->bins[i--].weight);
	from = (uint64_t)c->oldest + i * width;
	last = c->newest;
	c->oldest = (int64_t)from;
	if ((uint64_t)last - from >= width)
		c->newest = (int64_t)(from + width - 1);
	c->phase =
	    c->bins[i].n <= CUT_HELD || width == 1 ? CUT_HOLD : CUT_NARROW;
	memset(c->bins, 0, sizeof(c->bins));
}

static int
compare(int64_t a_time, const char *a, int64_t b_time, const char *b)
{
	if (a_time != b_time)
		return a_time < b_time ? -1 : 1;
	return strcmp(a, b);
}

static int
newest_first(const void *a, const void *b)
{
	const struct cut_file *x = a, *y = b;

	return compare(y->time, y->path, x->time, x->path);
}

/* Find the first file beyond the cut in those that are held. */
static void
settle(struct cut *c)
{
	size_t i = 0;

	if (c->held.n > 0)
		qsort(c->held.at, c->held.n, sizeof(c->held.at[0]),
		    newest_first);
	while (
	    i < c->held.n && plus(c->before, c->held.at[i].weight) <= c->limit)
		c->before = plus(c->before, c->held.at[i++].weight);
	if (i < c->held.n) {
		c->found = true;
		c->time = c->held.at[i].time;
		c->path = c->held.at[i].path;
		c->held.at[i].path = NULL;
	}
	for (i = 0; i < c->held.n; i++)
		free(c->held.at[i].path);
	VEC_RELEASE(&c->held);
}

bool
cut_again(struct cut *c)
{
	switch (c->phase) {
	case CUT_MEASURE:
		c->phase = c->total <= c->limit ? CUT_DONE : CUT_NARROW;
		break;
	case CUT_NARROW:
		narrow(c);
		break;
	case CUT_HOLD:
		settle(c);
		c->phase = CUT_DONE;
		break;
	case CUT_DONE:
		break;
	}
	return c->phase != CUT_DONE;
}

bool
cut_beyond(const struct cut *c, int64_t time, const char *path)
{
	return c->found && compare(time, path, c->time, c->path) <= 0;
}

void
cut_release(struct cut *c)
{
	for (size_t i = 0; i < c->held.n; i++)
		free(c->held.at[i].path);
	VEC_RELEASE(&c->held);
	free(c->path);
	c->path = NULL;
}
