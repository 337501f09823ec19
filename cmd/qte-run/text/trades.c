/* SPDX-License-Identifier: MIT */
/* The last trades of a run, as a table. */
#include "text/trades.h"

#include "face/table.h"

/* How many decimals a column needs; its numbers stand under each other. */
struct precision {
	int quantity, price;
};

static void
widen(int *places, num_i128 units)
{
	int n = page_decimals(units);

	if (n > *places)
		*places = n;
}

static void
amount(struct table *t, num_i128 units, int places)
{
	page_figure(t, TABLE_PLAIN, num_money(units), places, "");
}

static void
trade_row(const struct page *page, struct table *t,
    const struct book_trade *trade, const struct precision *p)
{
	char text[WHEN_TEXT_SIZE];

	page_count(t, trade->id);
	table_cell(t, trade->side > 0 ? "long" : "short");
	amount(t, trade->quantity, p->quantity);
	table_cell(t, page_when(page, trade->entry.ts_ns, text));
	amount(t, trade->entry_price, p->price);
	if (trade->open)
		table_tinted(t, TABLE_DIM, "open");
	else
		table_cell(t, page_when(page, trade->exit.ts_ns, text));
	amount(t, trade->exit_price, p->price);
	page_money(t, num_money(trade->fees));
	page_figure(t, page_tint(num_money(trade->pnl)), num_money(trade->pnl),
	    2, "");
}

void
trades_put(const struct page *page, const struct emit *m)
{
	/* What does not fit a narrow page goes in this order. */
	static const int order[] = {7, 2, 6, 4, 1, 3, 0, -1};
	struct table_style style = {.color = page->color};
	struct table t = {0};
	struct precision p = {0};
	int64_t first = m->trades > EMIT_LAST ? m->trades - EMIT_LAST : 0;

	if (m->trades == 0)
		return;
	table_columns(&t, ">id", "<side", ">qty", "<entry", ">price", "<exit",
	    ">price", ">fees", ">gain", NULL);
	for (int64_t i = first; i < m->trades; i++) {
		const struct book_trade *trade = &m->last[i % EMIT_LAST];

		widen(&p.quantity, trade->quantity);
		widen(&p.price, trade->entry_price);
		widen(&p.price, trade->exit_price);
	}
	for (int64_t i = first; i < m->trades; i++)
		trade_row(page, &t, &m->last[i % EMIT_LAST], &p);
	table_fit(&t, &style, page->width, order);
	table_put(&t, page->text, &style);
	table_release(&t);
	if (first > 0) {
		struct buf line = {0};

		buf_fmt(&line,
		    "The last %d of %lld trades; "
		    "--format=json writes all of them.",
		    EMIT_LAST, (long long)m->trades);
		page_line(page, buf_text(&line), 2);
		buf_release(&line);
	}
	buf_char(page->text, '\n');
}
