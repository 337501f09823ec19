/* SPDX-License-Identifier: MIT */
/* A run as a person reads it. */
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/sig.h"
#include "base/when.h"
#include "face/table.h"

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
	figure(t, TABLE_PLAIN, value, 2, "");
}

static int
tint_of(double value)
{
	return value > 0 ? TABLE_GOOD : value < 0 ? TABLE_BAD : TABLE_PLAIN;
}

static void
percent(struct table *t, double ratio)
{
	figure(t, tint_of(ratio), 100 * ratio, 2, " %");
}

static void
count(struct table *t, int64_t n)
{
	figure(t, TABLE_PLAIN, (double)n, 0, "");
}

static void
when(struct table *t, int64_t ns)
{
	char text[WHEN_TEXT_SIZE];

	when_put_short(text, ns);
	table_cell(t, text);
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
trade_row(struct table *t, const struct book_trade *trade,
    const struct precision *p)
{
	count(t, trade->id);
	table_cell(t, trade->side > 0 ? "long" : "short");
	amount(t, trade->quantity, p->quantity);
	when(t, trade->entry.ts_ns);
	amount(t, trade->entry_price, p->price);
	if (trade->open)
		table_tinted(t, TABLE_DIM, "open");
	else
		when(t, trade->exit.ts_ns);
	amount(t, trade->exit_price, p->price);
	money(t, num_money(trade->fees));
	figure(t, tint_of(num_money(trade->pnl)), num_money(trade->pnl), 2, "");
}

static void
put_trades(const struct emit *m, struct buf *text, bool color)
{
	struct table t = {0};
	struct precision p = {0};
	int64_t first = m->trades > EMIT_LAST ? m->trades - EMIT_LAST : 0;

	if (m->trades == 0)
		return;
	table_columns(&t, ">trade", "<side", ">quantity", "<entry", ">price",
	    "<exit", ">price", ">fees", ">gain", NULL);
	for (int64_t i = first; i < m->trades; i++) {
		const struct book_trade *trade = &m->last[i % EMIT_LAST];

		widen(&p.quantity, trade->quantity);
		widen(&p.price, trade->entry_price);
		widen(&p.price, trade->exit_price);
	}
	for (int64_t i = first; i < m->trades; i++)
		trade_row(&t, &m->last[i % EMIT_LAST], &p);
	table_put(&t, text, &(struct table_style){.color = color});
	table_release(&t);
	if (first > 0)
		buf_fmt(text,
		    "The last %d of %lld trades; "
		    "--format=json writes all of them.\n",
		    EMIT_LAST, (long long)m->trades);
	buf_char(text, '\n');
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
put_title(const struct summary *s, struct buf *text)
{
	const struct v1 *run = s->run;
	char number[NUM_TEXT_SIZE], first[WHEN_TEXT_SIZE], last[WHEN_TEXT_SIZE];

	put_strategy(run->strategy, text);
	buf_str(text, " on ");
	buf_shown(text, run->bars->symbol);
	num_put_human(number, (double)run->curve.bars, 0);
	when_put_short(first, run->spacing.first_ns);
	when_put_short(last, run->spacing.last_ns);
	buf_fmt(text, ": %s bars", number);
	if (run->curve.bars > 0)
		buf_fmt(text, " from %s to %s", first, last);
	buf_char(text, '\n');
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (strcmp(run->strategy->name, "custom") != 0 ||
		    run->strategy->rules[r] == NULL)
			continue;
		buf_fmt(text, "  %-11s ", strategy_rule_name(r));
		buf_shown(text, run->strategy->rules[r]);
		buf_char(text, '\n');
	}
	buf_char(text, '\n');
}

static void
row(struct table *t, const char *name)
{
	table_tinted(t, TABLE_DIM, name);
}

/* Two pairs a line: what was won on the left, what it took on the right. */
static void
put_figures(const struct summary *s, struct buf *text, bool color)
{
	const struct v1 *run = s->run;
	const struct stats_ratios *r = &s->ratios;
	struct table t = {0};

	table_columns(&t, "<", ">", "<", ">", NULL);
	row(&t, "final equity"), money(&t, s->final_equity);
	row(&t, "trades ended"), count(&t, run->book.closed);
	row(&t, "total return"), percent(&t, r->total_return);
	row(&t, "won"), figure(&t, TABLE_PLAIN, 100 * s->win_rate, 2, " %");
	row(&t, "annual return"), percent(&t, r->annual_return);
	row(&t, "profit factor"),
	    figure(&t, TABLE_PLAIN, s->profit_factor, 2, "");
	row(&t, "buy and hold"), percent(&t, s->buy_hold_return);
	row(&t, "fees"), money(&t, num_money(run->book.fees));
	row(&t, "max drawdown"), percent(&t, run->curve.max_drawdown);
	row(&t, "time in market"),
	    figure(&t, TABLE_PLAIN, 100 * s->exposure_ratio, 1, " %");
	row(&t, "volatility"),
	    figure(&t, TABLE_PLAIN, 100 * r->volatility, 2, " %");
	row(&t, "Sharpe ratio"), figure(&t, TABLE_PLAIN, r->sharpe, 2, "");
	row(&t, "bars a year"), figure(&t, TABLE_PLAIN, s->periods, 0, "");
	row(&t, "Sortino ratio"), figure(&t, TABLE_PLAIN, r->sortino, 2, "");
	table_put(&t, text,
	    &(struct table_style){.color = color,
		.no_heads = true,
		.indent = 2});
	table_release(&t);
}

/* What a reader must not overlook. */
static void
put_notes(const struct summary *s, struct buf *text)
{
	const struct order *order = &s->run->order;

	if (order->id != 0)
		buf_fmt(text, "\nPending for the next bar: %s to %s.\n",
		    order_side_name(order->side),
		    order_intent_name(order->intent));
	if (s->signo != 0)
		buf_fmt(text, "\nStopped by %s: this is not all of the data.\n",
		    sig_name(s->signo));
}

void
text_run(const struct summary *s, struct buf *text, bool color)
{
	put_title(s, text);
	put_trades(s->run->emit, text, color);
	put_figures(s, text, color);
	put_notes(s, text);
}
