/* SPDX-License-Identifier: MIT */
/* The reference engine. */
#include "v1.h"

#include "base/sig.h"

static void
prepare(struct v1 *run)
{
	const struct options *o = run->options;
	char *const *rules = run->strategy->rules;

	run->rules = (struct order_rules){
	    .direction = (enum order_direction)o->direction,
	    .short_entry = rules[STRATEGY_SHORT_ENTRY] != NULL,
	    .short_exit = rules[STRATEGY_SHORT_EXIT] != NULL,
	};
	run->book_opts = (struct book_opts){
	    .cash = o->cash,
	    .cost = {o->commission, o->slippage},
	    .size = o->size,
	};
	run->book_opts.size.fractional = o->fractional;
	run->zone = o->zone;
	book_init(&run->book, &run->book_opts);
	stats_curve_init(&run->curve, num_money(o->cash));
}

static struct book_moment
moment(const struct v1 *run)
{
	return (struct book_moment){run->curve.bars, run->bar.ts_ns};
}

/* Fills the order that was made at the last close. */
static int
fill_order(struct v1 *run, struct err *e)
{
	struct book_quote quote = {moment(run), &run->bar.open};
	struct book_result result;
	int rc;

	if (run->order.id == 0)
		return 0;
	if (run->options->fill == FILL_CLOSE)
		quote.price = &run->bar.close;
	rc = book_execute(&run->book, &run->order, &quote, &result, e);
	if (rc == 0)
		emit_result(run->emit, &run->order, quote.now, &result);
	run->order.id = 0;
	return rc;
}

/* The open trade as it stands at the last close, seen at ${now}. */
static int
open_trade(const struct v1 *run, struct book_moment now,
    struct book_trade *trade, struct err *e)
{
	struct book_quote quote = {now, &run->bar.close};

	return book_open_trade(&run->book, &quote, trade, e);
}

static struct expr_account
account_of(const struct book_trade *t)
{
	return (struct expr_account){.position = t->side,
	    .entry_price = num_money(t->entry_price),
	    .bars_held = t->exit.bar - t->entry.bar,
	    .pnl_pct = 100 * book_return(t)};
}

/* Marks the account at the close; what the strategy may know of it. */
static int
mark(struct v1 *run, struct book_moment now, struct expr_account *account,
    struct err *e)
{
	struct book_trade trade;
	num_i128 equity;
	int rc = book_equity(&run->book, &run->bar.close, &equity, e);

	*account = (struct expr_account){0};
	if (rc == 0 && book_position(&run->book) != 0) {
		rc = open_trade(run, now, &trade, e);
		if (rc == 0) {
			emit_position(run->emit, &trade);
			*account = account_of(&trade);
		}
	}
	if (rc != 0)
		return rc;
	account->equity = num_money(equity);
	emit_equity(run->emit, now, &run->book, account->equity);
	stats_curve_add(&run->curve, account->equity);
	stats_curve_add(&run->hold, bars_price_value(&run->bar.close));
	spark_add(&run->spark, account->equity);
	run->spacing.ahead_ns = run->ahead_ns;
	stats_spacing_add(&run->spacing, now.ts_ns);
	return 0;
}

/* Asks the strategy, and makes the order it leads to. */
static void
ask(struct v1 *run, struct book_moment now, const struct expr_account *account)
{
	struct expr_moment moment = {.bar = &run->bar,
	    .number = now.bar,
	    .ahead_ns = run->ahead_ns,
	    .account = *account};
	strategy_signals signals = strategy_step(run->strategy, &moment);

	emit_values(run->emit, now, run->strategy);
	emit_signals(run->emit, now, signals);
	if (!order_decide(&run->rules, book_position(&run->book), signals,
		&run->order))
		return;
	run->order.id = ++run->orders;
	run->order.bar = now.bar;
	run->order.ts_ns = now.ts_ns;
	emit_order(run->emit, &run->order);
}

/* A bar before the range: the strategy sees it, and nothing comes of it. */
static void
warm_up(struct v1 *run)
{
	struct expr_moment moment = {.bar = &run->bar,
	    .number = -run->bars->before,
	    .ahead_ns = run->ahead_ns,
	    .account = {.equity = run->curve.initial}};

	(void)strategy_step(run->strategy, &moment);
}

static int
step(struct v1 *run, struct err *e)
{
	struct book_moment now = moment(run);
	struct expr_account account;
	int rc;

	run->ahead_ns = zone_offset(&run->zone, now.ts_ns);
	if (run->bars->before > 0) {
		warm_up(run);
		return 0;
	}
	if (now.bar == 0) {
		stats_curve_init(&run->hold, bars_price_value(&run->bar.close));
		run->emit->symbol = run->bars->symbol;
	}
	rc = fill_order(run, e);
	if (rc == 0)
		rc = mark(run, now, &account, e);
	if (rc != 0)
		return bars_wrap(run->bars, e);
	ask(run, now, &account);
	return 0;
}

static int
emit_open_trade(struct v1 *run, struct err *e)
{
	struct book_moment last = {run->curve.bars, run->bar.ts_ns};
	struct book_trade trade;
	int rc;

	if (book_position(&run->book) == 0)
		return 0;
	rc = open_trade(run, last, &trade, e);
	if (rc != 0)
		return bars_wrap(run->bars, e);
	emit_trade(run->emit, &trade);
	return 0;
}

int
v1_run(struct v1 *run, struct err *e)
{
	int rc;

	prepare(run);
	do {
		rc = bars_next(run->bars, &run->bar, e);
		if (rc == 0)
			rc = step(run, e);
		watch_bar(run->watch);
		if (rc == 0 && sig_seen() != 0)
			rc = BARS_SIGNAL;
	} while (rc == 0);
	if (rc != BARS_END && rc != BARS_SIGNAL)
		return rc;
	run->stopped = rc == BARS_SIGNAL;
	return emit_open_trade(run, e);
}
