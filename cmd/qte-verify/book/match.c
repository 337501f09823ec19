/* SPDX-License-Identifier: MIT */
/* Trades against the bars of their symbol. */
#include "book/match.h"

#include "base/when.h"

#define DAYS_CLOSED 4

/* The deal is at or behind the beginning of the bar. */
static void
tell(struct deal *d, const struct match_bar *bar)
{
	d->flags &= ~(unsigned)(DEAL_BELOW | DEAL_ABOVE);
	d->flags |= DEAL_BARRED;
	d->bar_ns = bar->ts_ns;
	if (!bar->ranged || (d->flags & DEAL_PRICE) == 0)
		return;
	if (d->price < bar->low) {
		d->flags |= DEAL_BELOW;
		d->bound = bar->low;
	} else if (d->price > bar->high) {
		d->flags |= DEAL_ABOVE;
		d->bound = bar->high;
	}
}

/* All deals before ${until} that the last bar was not told to. */
static void
tell_until(struct match *m, struct deals *deals, int64_t until)
{
	for (; m->next < m->n; m->next++) {
		struct deal *d = &deals->at[m->order[m->next]];

		if (d->ts_ns >= until)
			return;
		if (d->ts_ns >= m->last.ts_ns)
			tell(d, &m->last);
	}
}

/* The first deal at or behind the time. */
static size_t
find(const struct match *m, const struct deals *deals, int64_t ts_ns)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (deals->at[m->order[middle]].ts_ns < ts_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * A bar that begins before the last one: it is that of the deals up to the next
 * bar that was told, or the last one.
 */
static void
tell_late(const struct match *m, struct deals *deals,
    const struct match_bar *bar)
{
	for (size_t i = find(m, deals, bar->ts_ns); i < m->n; i++) {
		struct deal *d = &deals->at[m->order[i]];

		if (d->ts_ns >= m->last.ts_ns ||
		    ((d->flags & DEAL_BARRED) && d->bar_ns >= bar->ts_ns))
			return;
		tell(d, bar);
	}
}

/* Centuries apart, which no number of ns holds, is no step of bars. */
static void
count_step(struct match_steps *s, int64_t from, int64_t until)
{
	size_t i = s->recent;
	int64_t ns;

	if (__builtin_sub_overflow(until, from, &ns))
		return;
	if (i < s->n && s->ns[i] == ns) {
		s->times[i]++;
		return;
	}
	for (i = 0; i < s->n && s->ns[i] != ns; i++)
		continue;
	if (i == MATCH_STEPS)
		return;
	s->n += i == s->n;
	s->ns[i] = ns;
	s->times[i]++;
	s->recent = i;
}

void
match_bar(struct match *m, struct deals *deals, const struct match_bar *bar,
    struct match_steps *steps)
{
	if (m->any && bar->ts_ns <= m->last.ts_ns) {
		if (bar->ts_ns < m->last.ts_ns)
			tell_late(m, deals, bar);
		return;
	}
	if (m->any) {
		count_step(steps, m->last.ts_ns, bar->ts_ns);
		tell_until(m, deals, bar->ts_ns);
	}
	m->any = true;
	m->last = *bar;
}

void
match_end(struct match *m, struct deals *deals)
{
	if (m->any)
		tell_until(m, deals, INT64_MAX);
}

int64_t
match_interval(const struct match_steps *s)
{
	size_t best = 0;

	if (s->n == 0)
		return WHEN_DAY;
	for (size_t i = 1; i < s->n; i++)
		if (s->times[i] > s->times[best] ||
		    (s->times[i] == s->times[best] && s->ns[i] < s->ns[best]))
			best = i;
	if (s->ns[best] % WHEN_DAY == 0 &&
	    s->ns[best] <= DAYS_CLOSED * WHEN_DAY)
		return WHEN_DAY;
	return s->ns[best];
}
