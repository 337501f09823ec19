/* SPDX-License-Identifier: MIT */
/* Pauses within a day, where no hours are known. */
#include "series/pause.h"

#include <stdlib.h>

#include "base/mem.h"
#include "series/tell.h"

#define LONG WHEN_HOUR
#define SHORT (WHEN_HOUR / 6)
#define QUARTER (WHEN_HOUR / 4)

/* More kinds of pauses, and more of a kind, are not remembered. */
#define KINDS_MAX 64
#define TIMES_MAX 16

/* Pauses at one time of the day. */
struct kind {
	int64_t from_ns, until_ns; /* of the day */
	int64_t times;
	struct {
		struct finding *finding; /* owned */
		int64_t after_ns, missing;
	} at[TIMES_MAX];
};

struct pauses {
	struct kind kind[KINDS_MAX];
	size_t n;
	int64_t days;
};

struct pauses *
pause_new(void)
{
	return mem_alloc(1, sizeof(struct pauses));
}

void
pause_free(struct pauses *p)
{
	for (size_t i = 0; p != NULL && i < p->n; i++)
		for (size_t k = 0; k < TIMES_MAX; k++)
			free(p->kind[i].at[k].finding);
	free(p);
}

void
pause_day(struct pauses *p)
{
	p->days++;
}

/* From quarter to quarter of an hour, whichever end of a bar the times are. */
static bool
on_quarters(const struct series *s, int64_t from, int64_t until)
{
	bool starts = inner_phase(from + s->interval_ns, QUARTER) == 0 &&
	    inner_phase(until, QUARTER) == 0;
	bool ends = inner_phase(from, QUARTER) == 0 &&
	    inner_phase(until - s->interval_ns, QUARTER) == 0;

	return starts || ends;
}

bool
pause_is(const struct series *s, int64_t from, int64_t until)
{
	int64_t pause = inner_step(from, until) - s->interval_ns;

	return when_day(from) == when_day(until) &&
	    (pause >= LONG || (pause >= SHORT && on_quarters(s, from, until)));
}

/* The kind, perhaps a new one; NULL: there are too many. */
static struct kind *
find(struct pauses *p, int64_t from, int64_t until)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->kind[i].from_ns == from && p->kind[i].until_ns == until)
			return &p->kind[i];
	if (p->n == KINDS_MAX)
		return NULL;
	p->kind[p->n] = (struct kind){.from_ns = from, .until_ns = until};
	return &p->kind[p->n++];
}

void
pause_add(struct series *s, const struct visit *v, int64_t from,
    int64_t missing)
{
	int64_t of_day = inner_phase(from, WHEN_DAY);
	struct kind *kind = find(s->pauses, of_day,
	    of_day + inner_step(v->before_ns, v->bar->ts_ns));
	struct tell t;

	if (kind == NULL || kind->times++ >= TIMES_MAX)
		return;
	tell_open(&t, v->bar, RULE_GAP, SERIES_TIME);
	kind->at[kind->times - 1].finding = tell_keep(&t);
	kind->at[kind->times - 1].after_ns = v->before_ns;
	kind->at[kind->times - 1].missing = missing;
}

static bool
is_break(const struct series *s, const struct kind *k)
{
	int64_t pause = k->until_ns - k->from_ns - s->interval_ns;

	/* A single bar is missed sooner than a break comes once. */
	if (k->times == 1 &&
	    (pause < LONG || pause == s->interval_ns ||
		!on_quarters(s, k->from_ns, k->until_ns)))
		return false;
	return k->times * 2 >= s->pauses->days;
}

/* How many bars a break within the gap would have. */
static int64_t
of_breaks(const struct series *s, const struct kind *gap)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->pauses->n; i++) {
		const struct kind *k = &s->pauses->kind[i];

		if (is_break(s, k) && k->from_ns >= gap->from_ns &&
		    k->until_ns <= gap->until_ns)
			n += (k->until_ns - k->from_ns - 1) / s->interval_ns;
	}
	return n;
}

void
pause_end(struct series *s)
{
	for (size_t i = 0; i < s->pauses->n; i++) {
		const struct kind *k = &s->pauses->kind[i];
		int64_t less = of_breaks(s, k);

		if (is_break(s, k))
			continue;
		for (int64_t t = 0; t < k->times && t < TIMES_MAX; t++)
			tell_gap(s, k->at[t].finding, k->at[t].after_ns,
			    k->at[t].missing - less);
	}
}
