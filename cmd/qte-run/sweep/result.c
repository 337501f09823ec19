/* SPDX-License-Identifier: MIT */
/* What a sweep found. */
#include "sweep/result.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sig.h"
#include "face/table.h"
#include "machine/tty.h"

/* Rows of the table, unless --top says otherwise. */
#define SHOWN 20

const char *const result_ranks[] = {"none", "sharpe", "sortino", "total_return",
    "annual_return", "final_equity", "max_drawdown", "win_rate",
    "profit_factor", "gross_profit", "trades_closed", "volatility", "fees",
    "max_drawdown_bars", "exposure_ratio", NULL};

/* Of these less is better. */
#define FIRST_LESS 11

/* The figure that trials are ranked by: more is better. */
static double
figure(const struct trial *t, int rank)
{
	const struct summary *s = &t->summary;
	const struct book *b = &t->run.book;
	const double figures[] = {0, s->ratios.sharpe, s->ratios.sortino,
	    s->ratios.total_return, s->ratios.annual_return, s->final_equity,
	    s->ratios.max_drawdown, s->win_rate, s->profit_factor,
	    num_money(book_money(b, b->gross_profit)), (double)b->closed,
	    s->ratios.volatility, num_money(book_money(b, b->fees)),
	    (double)s->ratios.max_drawdown_bars, s->exposure_ratio};

	double value;

	assert((size_t)rank < QTE_COUNT(figures));
	value = figures[rank];
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

/* The trials that are shown, in order; to be freed.  ${*n} is how many. */
static const struct trial **
order_of(const struct sweep *s, size_t *n)
{
	const struct options *o = s->options;
	struct ranked *ranked = mem_alloc(s->n, sizeof(*ranked));
	const struct trial **order =
	    mem_alloc(s->n, sizeof(const struct trial *));

	*n = s->n;
	for (size_t i = 0; i < s->n; i++)
		ranked[i] = (struct ranked){&s->trials[i],
		    figure(&s->trials[i], o->rank)};
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
	const struct trial **order = order_of(s, &n);

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
	const struct trial **order = order_of(s, &n);
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

static void
cell(struct table *t, double value, double scale, int decimals,
    const char *unit)
{
	char text[NUM_TEXT_SIZE + 8];

	if (!isfinite(value)) {
		table_tinted(t, TABLE_DIM, "-");
		return;
	}
	size_t n = num_put_human(text, value * scale, decimals);

	snprintf(text + n, sizeof(text) - n, "%s", unit);
	table_cell(t, text);
}

static void
put_row(struct table *t, const struct trial *trial)
{
	const struct summary *s = &trial->summary;
	struct buf params = {0};

	for (size_t i = 0; i < trial->strategy.params.n; i++)
		buf_fmt(&params, "%s%s=%s", i > 0 ? " " : "",
		    trial->strategy.params.at[i].name,
		    trial->strategy.params.at[i].text);
	table_cell(t, buf_text(&params));
	buf_release(&params);
	cell(t, s->ratios.total_return, 100, 2, " %");
	cell(t, s->ratios.sharpe, 1, 2, "");
	cell(t, s->ratios.max_drawdown, 100, 2, " %");
	cell(t, (double)trial->run.book.closed, 1, 0, "");
	cell(t, s->win_rate, 100, 1, " %");
	cell(t, s->profit_factor, 1, 2, "");
}

void
result_text(const struct sweep *s, int fd, struct buf *text)
{
	const struct options *o = s->options;
	const struct summary *first = &s->trials[0].summary;
	struct table_style style = {
	    .color = tty_colored(fd, (enum tty_color)o->common.color)};
	static const int order_out[] = {6, 5, 3, 4, -1};
	struct table t = {0};
	size_t n;
	const struct trial **order = order_of(s, &n);

	if (o->top == 0 && n > SHOWN)
		n = SHOWN;
	table_columns(&t, "<parameters", ">return", ">sharpe", ">drawdown",
	    ">trades", ">won", ">profit factor", NULL);
	for (size_t i = 0; i < n; i++)
		put_row(&t, order[i]);
	table_fit(&t, &style, tty_width(fd), order_out);
	buf_shown(text, s->trials[0].strategy.name);
	buf_str(text, " on ");
	buf_shown(text, s->bars->symbol);
	buf_fmt(text, ": %zu combinations, %zu shown, by %s\n\n", s->n, n,
	    o->rank == RESULT_RANK_NONE ? "their order"
					: result_ranks[o->rank]);
	table_put(&t, text, &style);
	buf_fmt(text,
	    "\nBuy and hold: %.2f %%.  The best of %zu combinations looks "
	    "better than it is:\ntry it on data that none of them has seen.\n",
	    100 * first->hold.total_return, s->n);
	table_release(&t);
	free(order);
}
