/* SPDX-License-Identifier: MIT */
/* What the bars of a file are apart. */
#include "series/learn.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "series/tell.h"
#include "series/timing.h"

/* A row that waits to be judged. */
struct row {
	struct visit visit;
	struct series_bar bar;
	struct finding *place; /* owned: of its time; NULL: it has none */
};

struct learn {
	struct row row[LEARN_ROWS];
	size_t nrows;
	bool judged; /* they are, and what follows is at once */
	int64_t step[LEARN_ROWS], ts[LEARN_ROWS];
	size_t n;
};

struct learn *
learn_new(const struct series *s)
{
	return s->opts.ticks ? NULL : mem_alloc(1, sizeof(*s->learn));
}

void
learn_free(struct learn *l)
{
	for (size_t i = 0; l != NULL && i < l->nrows; i++)
		free(l->row[i].place);
	free(l);
}

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* How many values from ${i} on are equal. */
static size_t
equals(const int64_t *v, size_t i, size_t n)
{
	size_t k = i;

	while (k < n && v[k] == v[i])
		k++;
	return k - i;
}

/* The smallest value that a third of them are, or 0. */
static int64_t
frequent(int64_t *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_size);
	for (size_t i = 0, k; i < n; i += k) {
		k = equals(v, i, n);
		if (k * 3 >= n)
			return v[i];
	}
	return 0;
}

static void
learn_grid(struct series *s, struct learn *l)
{
	s->unit_ns = (int64_t)num_gcd((uint64_t)s->interval_ns, WHEN_HOUR);
	for (size_t i = 0; i < l->n; i++)
		l->ts[i] = inner_phase(l->ts[i], s->unit_ns);
	qsort(l->ts, l->n, sizeof(*l->ts), by_size);
	for (size_t i = 0, k; i < l->n; i += k) {
		k = equals(l->ts, i, l->n);
		if (k * 4 > l->n)
			s->phase_ns[s->nphases++] = l->ts[i];
	}
}

/* ${v->bar} may be of this call only. */
static void
learn_place(void *arg, enum series_value value, struct finding *f)
{
	const struct row *row = arg;

	(void)value; /* time rules ask for the time */
	*f = *row->place;
	f->message = f->expected = NULL;
}

static void
judge(struct series *s, struct learn *l)
{
	for (size_t i = 0; i < l->nrows; i++) {
		struct row *row = &l->row[i];

		row->visit.bar = &row->bar;
		if (row->visit.symbol != NULL)
			row->bar.symbol = symbols_name(&s->symbols,
			    row->visit.symbol, &row->bar.symbol_len);
		timing_row(s, &row->visit);
	}
}

static void
keep(struct learn *l, const struct visit *v)
{
	struct row *row = &l->row[l->nrows++];
	struct tell t;

	*row = (struct row){.visit = *v, .bar = *v->bar};
	row->bar.place = learn_place;
	row->bar.arg = row;
	if (v->order == ORDER_LOST)
		return;
	tell_open(&t, v->bar, RULE_GAP, SERIES_TIME);
	row->place = tell_keep(&t);
}

void
learn_end(struct series *s)
{
	struct learn *l = s->learn;

	if (l == NULL)
		return;
	s->learn = NULL;
	if (s->interval_ns == 0 && l->n > 0)
		s->interval_ns = frequent(l->step, l->n);
	if (s->interval_ns > 0 && !s->sessions && !inner_daily(s->interval_ns))
		learn_grid(s, l);
	if (!l->judged)
		judge(s, l);
	learn_free(l);
}

void
learn_row(struct series *s, const struct visit *v)
{
	struct learn *l = s->learn;

	if (l->judged) {
		timing_row(s, v);
	} else {
		timing_note(s, v);
		keep(l, v);
	}
	if (v->order == ORDER_NEXT) {
		l->step[l->n] = inner_step(v->before_ns, v->bar->ts_ns);
		l->ts[l->n++] = v->bar->ts_ns;
	}
	if (l->n == LEARN_ROWS ||
	    (!l->judged && l->nrows == LEARN_ROWS && l->n >= LEARN_LEAST)) {
		learn_end(s);
	} else if (!l->judged && l->nrows == LEARN_ROWS) {
		l->judged = true;
		judge(s, l);
	}
}
