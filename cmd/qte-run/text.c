/* SPDX-License-Identifier: MIT */
/* A run as a person reads it. */
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/sig.h"
#include "base/utf8.h"
#include "base/when.h"
#include "face/table.h"
#include "machine/tty.h"

#define TRADES_FEW 30
#define YEAR (360 * WHEN_DAY) /* from a year's first bar to its last */

#define HANG 14 /* where what has a name begins */
#define WIDTH_MIN (2 * HANG)

/* Where a run is written to. */
struct page {
	struct buf *text;
	size_t width;
	bool color, utf8;
	struct zone *zone; /* whose clock it shows */
};

/*
 * Appends ${line} with ${hang} blanks before what goes on: it is broken at
 * blanks, and inside a word that is wider than the page.
 */
static void
put_line(const struct page *page, const char *line, size_t hang)
{
	size_t room = page->width, least = hang;

	while (utf8_width(line, strlen(line)) > room) {
		size_t end = 0, blank = 0, columns = 0;

		for (;;) {
			struct utf8_glyph g =
			    utf8_glyph(line + end, strlen(line + end));

			columns += g.columns;
			if (columns > room)
				break;
			end += g.used;
			if (line[end] == ' ' && end > least)
				blank = end;
		}
		if (blank > 0)
			end = blank;
		buf_add(page->text, line, end);
		buf_fmt(page->text, "\n%*s", (int)hang, "");
		line += end + strspn(line + end, " ");
		room = page->width - hang;
		least = 0;
	}
	buf_fmt(page->text, "%s\n", line);
}

/* A figure: ${value} with ${decimals} and ${unit}, or a dash. */
static void
figure(struct table *t, int tint, double value, int decimals, const char *unit)
{
	char number[NUM_TEXT_SIZE + 8];

	if (!isfinite(value)) {
		table_tinted(t, TABLE_DIM, "-");
		return;
	}
	size_t n = num_put_human(number, value, decimals);

	snprintf(number + n, sizeof(number) - n, "%s", unit);
	table_tinted(t, tint, number);
}

static void
money(struct table *t, double value)
{
	figure(t, TABLE_PLAIN, value, fabs(value) < 1e9 ? 2 : 0, "");
}

static int
tint_of(double value)
{
	return value > 0 ? TABLE_GOOD : value < 0 ? TABLE_BAD : TABLE_PLAIN;
}

static void
count(struct table *t, int64_t n)
{
	figure(t, TABLE_PLAIN, (double)n, 0, "");
}

static const char *
put_when(const struct page *page, int64_t ns, char text[WHEN_TEXT_SIZE])
{
	when_put_short(text, ns + zone_offset(page->zone, ns));
	return text;
}

/* The decimals that ${units} of money has, within seven digits in all. */
static int
decimals(num_i128 units)
{
	char exact[NUM_TEXT_SIZE];
	int most = 6;

	for (num_i128 above = 10; most > 2 && units >= above * NUM_MONEY_ONE;
	     above *= 10)
		most--;
	num_put_scaled(exact, units, NUM_MONEY_SCALE);
	const char *point = strchr(exact, '.');

	if (point == NULL)
		return 0;
	int n = (int)strlen(point + 1);

	return n < most ? n : most;
}

/* How many decimals a column needs; its numbers stand under each other. */
struct precision {
	int quantity, price;
};

static void
widen(int *places, num_i128 units)
{
	int n = decimals(units);

	if (n > *places)
		*places = n;
}

static void
amount(struct table *t, num_i128 units, int places)
{
	figure(t, TABLE_PLAIN, num_money(units), places, "");
}

static void
trade_row(const struct page *page, struct table *t,
    const struct book_trade *trade, const struct precision *p)
{
	char text[WHEN_TEXT_SIZE];

	count(t, trade->id);
	table_cell(t, trade->side > 0 ? "long" : "short");
	amount(t, trade->quantity, p->quantity);
	table_cell(t, put_when(page, trade->entry.ts_ns, text));
	amount(t, trade->entry_price, p->price);
	if (trade->open)
		table_tinted(t, TABLE_DIM, "open");
	else
		table_cell(t, put_when(page, trade->exit.ts_ns, text));
	amount(t, trade->exit_price, p->price);
	money(t, num_money(trade->fees));
	figure(t, tint_of(num_money(trade->pnl)), num_money(trade->pnl), 2, "");
}

/* What does not fit a narrow page goes in this order. */
static void
put_trades(const struct page *page, const struct emit *m)
{
	static const int order[] = {7, 2, 6, 4, 1, -1};
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
	if (first > 0)
		buf_fmt(page->text,
		    "The last %d of %lld trades; "
		    "--format=json writes all of them.\n",
		    EMIT_LAST, (long long)m->trades);
	buf_char(page->text, '\n');
}

static void
put_strategy(const struct strategy *s, struct buf *text)
{
	buf_str(text, s->name);
	for (size_t i = 0; i < s->params.n; i++) {
		buf_fmt(text, " %s=", s->params.at[i].name);
		buf_shown(text, s->params.at[i].text);
	}
}

static void
put_title(const struct page *page, const struct v1 *run)
{
	char number[NUM_TEXT_SIZE], first[WHEN_TEXT_SIZE], last[WHEN_TEXT_SIZE];
	struct buf line = {0};

	put_strategy(run->strategy, &line);
	buf_str(&line, " on ");
	buf_shown(&line, run->bars->symbol);
	num_put_human(number, (double)run->curve.bars, 0);
	buf_fmt(&line, ": %s bars", number);
	if (run->curve.bars > 0)
		buf_fmt(&line, " from %s to %s",
		    put_when(page, run->spacing.first_ns, first),
		    put_when(page, run->spacing.last_ns, last));
	if (page->zone->name != NULL)
		buf_fmt(&line, " in %s", page->zone->name);
	put_line(page, buf_text(&line), 2);
	buf_release(&line);
}

static void
put_rules(const struct page *page, const struct strategy *s)
{
	struct buf line = {0};

	if (strcmp(s->name, "custom") != 0)
		return;
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (s->rules[r] == NULL)
			continue;
		buf_reset(&line);
		buf_fmt(&line, "  %-11s ", strategy_rule_name(r));
		buf_shown(&line, s->rules[r]);
		put_line(page, buf_text(&line), HANG);
	}
	buf_release(&line);
}

/* The curve, and between what it moves. */
static void
put_equity(const struct page *page, const struct spark *spark)
{
	char low[NUM_TEXT_SIZE], high[NUM_TEXT_SIZE];
	int places = spark->high < 1000 ? 2 : 0;
	size_t used;

	if (spark->n == 0)
		return;
	used = HANG + strlen("  ") + num_put_human(low, spark->low, places) +
	    strlen(" to ") + num_put_human(high, spark->high, places);
	if (used >= page->width)
		return;
	buf_fmt(page->text, "  %-11s ", "equity");
	spark_put(spark, page->width - used, page->utf8, page->text);
	buf_fmt(page->text, "  %s to %s\n", low, high);
}

/* How a figure is written. */
enum unit { UNIT_COUNT, UNIT_MONEY, UNIT_RATIO, UNIT_SHARE, UNIT_GAIN };

static void
cell(struct table *t, enum unit unit, double value)
{
	switch (unit) {
	case UNIT_COUNT:
		figure(t, TABLE_PLAIN, value, 0, "");
		break;
	case UNIT_MONEY:
		money(t, value);
		break;
	case UNIT_RATIO:
		figure(t, TABLE_PLAIN, value, 2, "");
		break;
	case UNIT_SHARE:
		figure(t, TABLE_PLAIN, 100 * value, 2, " %");
		break;
	case UNIT_GAIN:
		figure(t, tint_of(value), 100 * value, 2, " %");
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
	    {"max drawdown", UNIT_GAIN, s->run->curve.max_drawdown,
		s->run->hold.max_drawdown},
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
	    {"fees", UNIT_MONEY, num_money(book->fees)},
	    {"time in market", UNIT_SHARE, s->exposure_ratio},
	    {"bars", UNIT_COUNT, (double)s->run->curve.bars},
	    {"bars a year", UNIT_COUNT, s->periods},
	};

	table_tinted(t, TABLE_DIM, rows[i].name);
	cell(t, rows[i].unit, rows[i].value);
}

/* Both side by side, or where they are too wide one above the other. */
static void
put_figures(const struct page *page, const struct summary *s)
{
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
		table_put(&worth, page->text, &style);
		table_put(&work, page->text, &style);
	}
	table_release(&both);
	table_release(&worth);
	table_release(&work);
}

/* Why a careful reader would not trust the figures yet. */
static void
add_doubts(const struct v1 *run, struct buf *notes)
{
	const struct book *book = &run->book;
	double length =
	    (double)run->spacing.last_ns - (double)run->spacing.first_ns;

	if (run->curve.bars == 0)
		return;
	if (book->closed < TRADES_FEW)
		buf_fmt(notes,
		    "Fewer than %d trades ended: "
		    "chance alone may explain the figures.\n",
		    TRADES_FEW);
	if (length < (double)YEAR)
		buf_str(notes,
		    "Less than a year of data: "
		    "the annual figures are extrapolated.\n");
	if (book->closed > 0 && book->fees > book->gross_profit)
		buf_str(notes,
		    "The fees are larger than the gains of the trades that "
		    "won.\n");
}

/* What a reader must not overlook. */
static void
put_notes(const struct page *page, const struct summary *s)
{
	const struct order *order = &s->run->order;
	struct buf notes = {0};

	add_doubts(s->run, &notes);
	if (order->id != 0)
		buf_fmt(&notes, "Pending for the next bar: %s to %s.\n",
		    order_side_name(order->side),
		    order_intent_name(order->intent));
	if (s->signo != 0)
		buf_fmt(&notes, "Stopped by %s: this is not all of the data.\n",
		    sig_name(s->signo));
	if (notes.len > 0)
		buf_fmt(page->text, "\n%s", buf_text(&notes));
	buf_release(&notes);
}

void
text_run(const struct summary *s, int fd, struct buf *text)
{
	const struct v1 *run = s->run;
	struct zone zone = run->zone;
	struct page page = {.text = text,
	    .zone = &zone,
	    .width = tty_width(fd),
	    .color =
		tty_colored(fd, (enum tty_color)run->options->common.color),
	    .utf8 = tty_utf8()};

	if (page.width < WIDTH_MIN)
		page.width = WIDTH_MIN;
	put_title(&page, run);
	put_rules(&page, run->strategy);
	put_equity(&page, &run->spark);
	buf_char(text, '\n');
	put_trades(&page, run->emit);
	put_figures(&page, s);
	put_notes(&page, s);
}
