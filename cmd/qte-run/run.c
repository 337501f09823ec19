/* SPDX-License-Identifier: MIT */
/* What happens at a bar. */
#include "run.h"

#include "base/sig.h"

void
run_prepare(struct run *run)
{
	const struct options *o = run->options;
	char *const *rules = run->strategy->rules;

	order_choices_init(&run->choices,
	    &(struct order_rules){
		.direction = (enum order_direction)o->direction,
		.short_entry = rules[STRATEGY_SHORT_ENTRY] != NULL,
		.short_exit = rules[STRATEGY_SHORT_EXIT] != NULL,
	    });
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

/* Somebody is told what comes of it. */
static int
tell_fill(struct run *run, const struct book_quote *quote, struct err *e)
{
	struct book_result result;
	int rc = book_execute(&run->book, &run->order, quote, &result, e);

	if (rc == 0)
		emit_result(run->emit, &run->order, quote->now, &result);
	return rc;
}

int
run_fill(struct run *run, const struct book_quote *quote, struct err *e)
{
	const struct book *book = &run->book;
	int64_t fills = book->trades + book->closed;
	int rc = emit_tells(run->emit)
	    ? tell_fill(run, quote, e)
	    : book_execute(&run->book, &run->order, quote, NULL, e);

	run->order.id = 0;
	if (book->trades + book->closed != fills)
		run->line.drawn = false;
	return rc;
}

/* The open trade as it stands at the last close, seen at ${now}. */
static int
open_trade(const struct run *run, struct book_moment now,
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

/* What the bar itself adds to the figures. */
static void
mark_bar(struct run *run, int64_t ts_ns)
{
	double close = bars_price_value(&run->bar.close);

	run->spacing.ahead_ns = run->ahead_ns;
	stats_spacing_add(&run->spacing, ts_ns);
	if (run->text)
		stats_curve_add(&run->hold, close);
	else
		stats_curve_skip(&run->hold, close, 1);
}

/* Marks the account at the close; what the strategy may know of it. */
static int
mark(struct run *run, struct book_moment now, struct expr_account *account,
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
	account->equity = run_mark(run, equity);
	emit_equity(run->emit, now, &run->book, account->equity);
	if (!run->follows)
		mark_bar(run, now.ts_ns);
	return 0;
}

/* Makes the order that the signals lead to. */
void
run_order(struct run *run, struct book_moment now, strategy_signals signals)
{
	const struct order_choice *choice =
	    &run->choices.at[book_position(&run->book) + 1][signals];

	if (!choice->makes)
		return;
	run->order = (struct order){.id = ++run->orders,
	    .bar = now.bar,
	    .ts_ns = now.ts_ns,
	    .side = choice->side,
	    .intent = choice->intent};
	emit_order(run->emit, &run->order);
}

void
run_drop(struct run *run, int64_t n)
{
	run->orders += n;
	run->book.unaffordable += n;
}

/* A bar before the range: the strategy sees it, and nothing comes of it. */
static void
warm_up(struct run *run, int64_t before, const struct run_asked *asked)
{
	struct expr_moment moment = {.bar = &run->bar,
	    .number = -before,
	    .ahead_ns = run->ahead_ns,
	    .account = {.equity = run->curve.initial}};

	(void)asked->ask(asked->of, &moment);
}

bool
run_goes_on(const struct run *run)
{
	const struct out *out = run->emit->rec.out;

	return sig_seen() == 0 && (out == NULL || !out_failed(out));
}

void
run_begin(struct run *run)
{
	stats_curve_init(&run->hold, bars_price_value(&run->bar.close));
	/* Threads share the emit that lets nothing out. */
	if (emit_tells(run->emit))
		run->emit->symbol = run->bars->symbol;
}

/* Which rules have a value; the nodes are those of this bar. */
static void
note_values(struct run *run)
{
	const struct strategy *s = run->strategy;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL &&
		    s->expr.at[s->nodes[r]].value.kind != VALUE_ABSENT)
			run->valued[r] = true;
}

int
run_bar(struct run *run, int64_t before, const struct run_asked *asked,
    struct err *e)
{
	struct book_moment now = {run->curve.bars, run->bar.ts_ns};
	struct expr_moment seen = {.bar = &run->bar, .number = now.bar};
	strategy_signals signals;
	struct book_quote quote = {now,
	    run->options->fill == FILL_CLOSE ? &run->bar.close
					     : &run->bar.open};
	int rc = 0;

	seen.ahead_ns = run->ahead_ns = zone_offset(&run->zone, now.ts_ns);
	if (before > 0) {
		warm_up(run, before, asked);
		return 0;
	}
	if (now.bar == 0)
		run_begin(run);
	if (run->order.id != 0)
		rc = run_fill(run, &quote, e);
	if (rc == 0)
		rc = mark(run, now, &seen.account, e);
	if (rc != 0)
		return rc;
	signals = asked->ask(asked->of, &seen);
	if (run->text)
		note_values(run);
	emit_values(run->emit, now, run->strategy);
	emit_signals(run->emit, now, signals);
	run_order(run, now, signals);
	return 0;
}

int
run_end(struct run *run, bool stopped, struct err *e)
{
	struct book_moment last = {run->curve.bars, run->bar.ts_ns};
	struct book_trade trade;
	int rc;

	run->stopped = stopped;
	if (book_position(&run->book) == 0)
		return 0;
	rc = open_trade(run, last, &trade, e);
	if (rc == 0)
		emit_trade(run->emit, &trade);
	return rc;
}
