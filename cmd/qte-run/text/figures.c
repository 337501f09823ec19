/* SPDX-License-Identifier: MIT */
/* The figures of a run, as a table. */
#include "text/figures.h"

#include "base/num.h"
#include "face/table.h"

/* How a figure is written. */
enum unit { UNIT_COUNT, UNIT_MONEY, UNIT_RATIO, UNIT_SHARE, UNIT_GAIN };

static void
cell(struct table *t, enum unit unit, double value)
{
	switch (unit) {
	case UNIT_COUNT:
		page_figure(t, TABLE_PLAIN, value, 0, "");
		break;
	case UNIT_MONEY:
		page_money(t, value);
		break;
	case UNIT_RATIO:
		page_figure(t, TABLE_PLAIN, value, 2, "");
		break;
	case UNIT_SHARE:
		page_figure(t, TABLE_PLAIN, 100 * value, 2, " %");
		break;
	case UNIT_GAIN:
		page_figure(t, page_tint(value), 100 * value, 2, " %");
		break;
	}
}

#define ROWS 7

/* What was won, beside what holding would have; a row of it. */
static void
worth_row(struct table *t, const struct summary *s, size_t i)
{
	const struct stats_ratios *own = &s->ratios, *hold = &s->hold;
	const struct {
		const char *name;
		enum unit unit;
		double own, hold;
	} rows[ROWS] = {
	    {"final equity", UNIT_MONEY, s->final_equity, 0},
	    {"total return", UNIT_GAIN, own->total_return, hold->total_return},
	    {"annual return", UNIT_GAIN, own->annual_return,
		hold->annual_return},
	    {"max drawdown", UNIT_GAIN, own->max_drawdown, hold->max_drawdown},
	    {"volatility", UNIT_SHARE, own->volatility, hold->volatility},
	    {"Sharpe ratio", UNIT_RATIO, own->sharpe, hold->sharpe},
	    {"Sortino ratio", UNIT_RATIO, own->sortino, hold->sortino},
	};

	table_tinted(t, TABLE_DIM, rows[i].name);
	cell(t, rows[i].unit, rows[i].own);
	if (rows[i].unit == UNIT_MONEY)
		table_cell(t, "");
	else
		cell(t, rows[i].unit, rows[i].hold);
}

/* What it took; a row of it. */
static void
work_row(struct table *t, const struct summary *s, size_t i)
{
	const struct book *book = &s->run->book;
	const struct {
		const char *name;
		enum unit unit;
		double value;
	} rows[ROWS] = {
	    {"trades ended", UNIT_COUNT, (double)book->closed},
	    {"won", UNIT_SHARE, s->win_rate},
	    {"profit factor", UNIT_RATIO, s->profit_factor},
	    {"fees", UNIT_MONEY, num_money(book_money(book, book->fees))},
	    {"time in market", UNIT_SHARE, s->exposure_ratio},
	    {"bars", UNIT_COUNT, (double)s->run->curve.bars},
	    {"bars a year", UNIT_COUNT, s->periods},
	};

	table_tinted(t, TABLE_DIM, rows[i].name);
	cell(t, rows[i].unit, rows[i].value);
}

void
figures_put(const struct page *page, const struct summary *s)
{
	static const int hold[] = {2, -1};
	struct table_style style = {.color = page->color, .indent = 2};
	struct table both = {0}, worth = {0}, work = {0};

	table_columns(&both, "<", ">strategy", ">buy and hold", "<", ">", NULL);
	table_columns(&worth, "<", ">strategy", ">buy and hold", NULL);
	table_columns(&work, "<", ">", NULL);
	for (size_t i = 0; i < ROWS; i++) {
		worth_row(&both, s, i);
		work_row(&both, s, i);
		worth_row(&worth, s, i);
		work_row(&work, s, i);
	}
	if (table_width(&both, &style) <= page->width) {
		table_put(&both, page->text, &style);
	} else {
		table_fit(&worth, &style, page->width, hold);
		table_put(&worth, page->text, &style);
		table_put(&work, page->text, &style);
	}
	table_release(&both);
	table_release(&worth);
	table_release(&work);
}
