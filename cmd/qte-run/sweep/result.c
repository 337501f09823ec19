/* SPDX-License-Identifier: MIT */
/* What a sweep found. */
#include "sweep/result.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sig.h"

const char *const result_ranks[] = {"none", "sharpe", "sortino", "total_return",
    "annual_return", "final_equity", "max_drawdown", "win_rate",
    "profit_factor", "gross_profit", "trades_closed", "volatility", "fees",
    "max_drawdown_bars", "exposure_ratio", NULL};

/* Of these less is better. */
#define FIRST_LESS 11

double
result_figure(const struct trial *t, int rank)
{
	const struct summary *s = &t->summary;
	const struct book *b = &t->run.book;
	const double figures[] = {0, s->ratios.sharpe, s->ratios.sortino,
	    s->ratios.total_return, s->ratios.annual_return, s->final_equity,
	    s->ratios.max_drawdown, s->win_rate, s->profit_factor,
	    num_money(book_money(b, b->gross_profit)), (double)b->closed,
	    s->ratios.volatility, num_money(book_money(b, b->fees)),
	    (double)s->ratios.max_drawdown_bars, s->exposure_ratio};

	assert((size_t)rank < QTE_COUNT(figures));
	return figures[rank];
}

/* More is better. */
static double
merit(const struct trial *t, int rank)
{
	double value = result_figure(t, rank);

	return rank < FIRST_LESS ? value : -value;
}

struct ranked {
	const struct trial *trial;
	double figure;
};

static int
compare(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (isnan(a->figure) != isnan(b->figure))
		return isnan(a->figure) ? 1 : -1;
	if (a->figure > b->figure || a->figure < b->figure)
		return a->figure > b->figure ? -1 : 1;
	return a->trial->index < b->trial->index ? -1 : 1;
}

const struct trial **
result_order(const struct sweep *s, size_t *n)
{
	const struct options *o = s->options;
	struct ranked *ranked = mem_alloc(s->n, sizeof(*ranked));
	const struct trial **order =
	    mem_alloc(s->n, sizeof(const struct trial *));

	*n = s->n;
	for (size_t i = 0; i < s->n; i++)
		ranked[i] = (struct ranked){&s->trials[i],
		    merit(&s->trials[i], o->rank)};
	qsort(ranked, s->n, sizeof(*ranked), compare);
	if (o->top > 0 && (size_t)o->top < *n)
		*n = (size_t)o->top;
	for (size_t i = 0; i < *n; i++)
		order[i] = ranked[i].trial;
	free(ranked);
	return order;
}

static void
put_trial(const struct trial *t, struct rec *r)
{
	rec_int(r, "index", (int64_t)t->index);
	emit_params(r, &t->strategy.params);
	summary_figures(&t->summary, r);
}

void
result_records(const struct sweep *s, struct rec *r)
{
	size_t n;
	const struct trial **order = result_order(s, &n);

	for (size_t i = 0; i < n; i++) {
		rec_begin(r, "result");
		if (order[i]->run.curve.bars > 0)
			rec_time(r, "ts", order[i]->run.spacing.last_ns);
		put_trial(order[i], r);
		rec_end(r);
	}
	free(order);
}

/* The values that each parameter took. */
static void
put_grid(const struct grid *g, struct rec *r)
{
	rec_open(r, "grid", '{');
	for (size_t i = 0; i < g->axes.n; i++) {
		const struct grid_axis *axis = &g->axes.at[i];

		rec_open(r, axis->name, '[');
		for (size_t k = 0; k < axis->n; k++) {
			int64_t units = 0;

			(void)num_read_price(axis->at[k], strlen(axis->at[k]),
			    &units);
			rec_scaled(r, NULL, units, NUM_PRICE_SCALE);
		}
		rec_shut(r, ']');
	}
	rec_shut(r, '}');
}

void
result_summary(const struct sweep *s, const struct summary_cost *cost,
    int signo, struct rec *r)
{
	const struct options *o = s->options;
	size_t n;
	const struct trial **order = result_order(s, &n);
	struct summary best = order[0]->summary;

	best.signo = signo;
	summary_begin(&best, cost, r);
	rec_int(r, "index", (int64_t)order[0]->index);
	rec_int(r, "trials", (int64_t)s->n);
	rec_int(r, "results", (int64_t)n);
	put_grid(&s->grid, r);
	if (o->where != NULL)
		rec_text(r, "where", o->where);
	rec_text(r, "rank", result_ranks[o->rank]);
	summary_end(&best, cost, r);
	free(order);
}
