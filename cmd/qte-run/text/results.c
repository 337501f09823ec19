/* SPDX-License-Identifier: MIT */
/* A sweep as a person reads it. */
#include "text/results.h"

#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/sig.h"
#include "sweep/result.h"
#include "text/page.h"
#include "text/title.h"

/* Rows of the table, unless --top says otherwise. */
#define SHOWN 20

/* A figure to rank by that has a column only then. */
struct extra {
	const char *rank, *head;
	double scale;
	int decimals;
	const char *unit;
};

static const struct extra extras[] = {
    {"sortino", ">sortino", 1, 2, ""},
    {"annual_return", ">annual", 100, 2, " %"},
    {"final_equity", ">equity", 1, 2, ""},
    {"gross_profit", ">gross profit", 1, 2, ""},
    {"volatility", ">volatility", 100, 2, " %"},
    {"fees", ">fees", 1, 2, ""},
    {"max_drawdown_bars", ">bars below peak", 1, 0, ""},
    {"exposure_ratio", ">in market", 100, 2, " %"},
};

static const struct extra *
find_extra(int rank)
{
	for (size_t i = 0; i < QTE_COUNT(extras); i++)
		if (strcmp(extras[i].rank, result_ranks[rank]) == 0)
			return &extras[i];
	return NULL;
}

static void
cell(struct table *t, double value, int decimals, const char *unit)
{
	page_figure(t, TABLE_PLAIN, value, decimals, unit);
}

static void
put_params(struct table *t, const struct params *params)
{
	struct buf text = {0};

	for (size_t i = 0; i < params->n; i++)
		buf_fmt(&text, "%s%s=%s", i > 0 ? " " : "", params->at[i].name,
		    params->at[i].text);
	table_cell(t, buf_text(&text));
	buf_release(&text);
}

static void
put_row(struct table *t, const struct trial *trial, const struct extra *extra)
{
	const struct summary *s = &trial->summary;

	put_params(t, &trial->strategy.params);
	cell(t, 100 * s->ratios.total_return, 2, " %");
	cell(t, s->ratios.sharpe, 2, "");
	cell(t, 100 * s->ratios.max_drawdown, 2, " %");
	page_count(t, trial->run.book.closed);
	cell(t, 100 * s->win_rate, 1, " %");
	cell(t, s->profit_factor, 2, "");
	if (extra != NULL)
		cell(t,
		    extra->scale * result_figure(trial, s->run->options->rank),
		    extra->decimals, extra->unit);
}

static void
put_table(const struct page *page, const struct trial *const *order, size_t n,
    int rank)
{
	static const int order_out[] = {6, 5, 3, 4, -1};
	struct table_style style = {.color = page->color};
	const struct extra *extra = find_extra(rank);
	struct table t = {0};

	table_columns(&t, "<parameters", ">return", ">sharpe", ">drawdown",
	    ">trades", ">won", ">profit factor",
	    extra != NULL ? extra->head : NULL, NULL);
	for (size_t i = 0; i < n; i++)
		put_row(&t, order[i], extra);
	table_fit(&t, &style, page->width, order_out);
	table_put(&t, page->text, &style);
	table_release(&t);
}

/* How many there are, and which of them are shown. */
static void
put_count(const struct page *page, const struct sweep *s, size_t shown)
{
	int rank = s->options->rank;
	char tried[NUM_TEXT_SIZE], all[NUM_TEXT_SIZE], some[NUM_TEXT_SIZE];
	struct buf line = {0};

	num_put_human(tried, (double)s->n, 0);
	num_put_human(all, (double)s->grid.n, 0);
	num_put_human(some, (double)shown, 0);
	buf_str(&line, tried);
	if (s->n < s->grid.n)
		buf_fmt(&line, " of %s", all);
	buf_fmt(&line, " combinations, %s shown, by %s", some,
	    rank == RESULT_RANK_NONE ? "their order" : result_ranks[rank]);
	page_line(page, buf_text(&line), 2);
	buf_release(&line);
}

static void
put_notes(const struct page *page, const struct sweep *s, int signo)
{
	char hold[NUM_TEXT_SIZE], tried[NUM_TEXT_SIZE];
	struct buf line = {0};

	num_put_human(hold, 100 * s->trials[0].summary.hold.total_return, 2);
	num_put_human(tried, (double)s->n, 0);
	if (s->trials[0].run.curve.bars > 0)
		buf_fmt(&line, "Buy and hold: %s %%.", hold);
	if (s->n > 1)
		buf_fmt(&line,
		    "%sThe best of %s combinations looks better than it is: "
		    "try it on data that none of them has seen.",
		    line.len > 0 ? "  " : "", tried);
	if (line.len > 0)
		page_line(page, buf_text(&line), 0);
	buf_reset(&line);
	if (signo != 0) {
		buf_fmt(&line, "Stopped by %s: this is not all of the data.",
		    sig_name(signo));
		page_line(page, buf_text(&line), 2);
	}
	buf_release(&line);
}

void
results_put(const struct sweep *s, int signo, int fd, struct buf *text)
{
	const struct options *o = s->options;
	struct zone zone = o->zone;
	struct page page;
	size_t n;
	const struct trial **order = result_order(s, &n);

	if (o->top == 0 && n > SHOWN)
		n = SHOWN;
	page_init(&page, o, &zone, text, fd);
	title_put(&page, &s->trials[0].run, true);
	buf_char(text, '\n');
	put_count(&page, s, n);
	buf_char(text, '\n');
	put_table(&page, order, n, o->rank);
	buf_char(text, '\n');
	put_notes(&page, s, signo);
	free(order);
}
