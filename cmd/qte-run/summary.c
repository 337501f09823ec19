/* SPDX-License-Identifier: MIT */
/* The figures of a run and their record. */
#include "summary.h"

#include <math.h>

#include "base/sig.h"

void
summary_make(struct summary *s, const struct run *run, int signo)
{
	const struct book *book = &run->book;
	const struct options *o = run->options;
	double loss = num_money(book_money(book, -book->gross_loss));

	*s = (struct summary){.run = run, .signo = signo};
	s->periods =
	    o->periods > 0 ? o->periods : stats_spacing_periods(&run->spacing);
	s->final_equity =
	    run->curve.bars > 0 ? run->curve.last : run->curve.initial;
	s->ratios = stats_curve_ratios(&run->curve, s->periods, o->rf);
	s->hold = stats_curve_ratios(&run->hold, s->periods, o->rf);
	s->win_rate = (double)book->wins / (double)book->closed;
	s->profit_factor = loss > 0
	    ? num_money(book_money(book, book->gross_profit)) / loss
	    : (double)NAN;
	s->losses = book->closed - book->wins;
	s->bars_in_market = book->bars_in_market;
	if (book_position(book) != 0)
		s->bars_in_market += run->curve.bars - book->held.entry.bar;
	s->exposure_ratio = (double)s->bars_in_market / (double)run->curve.bars;
	if (run->emit->digest != NULL)
		crypt_sha256_hex(run->emit->digest, s->digest);
}

static void
put_data(const struct summary *s, struct rec *r)
{
	const struct run *run = s->run;

	rec_int(r, "symbols", run->curve.bars > 0);
	rec_text(r, "symbol", run->bars->symbol);
	rec_int(r, "bars", run->curve.bars);
	if (run->curve.bars > 0) {
		rec_time(r, "first_ts", run->spacing.first_ns);
		rec_time(r, "last_ts", run->spacing.last_ns);
	}
	rec_double(r, "periods_per_year", s->periods);
	rec_double(r, "rf", s->run->options->rf);
}

static void
put_returns(const struct summary *s, struct rec *r)
{
	rec_double(r, "final_equity", s->final_equity);
	rec_double(r, "total_return", s->ratios.total_return);
	rec_double(r, "annual_return", s->ratios.annual_return);
	rec_double(r, "buy_hold_return", s->hold.total_return);
	rec_double(r, "volatility", s->ratios.volatility);
	rec_double(r, "sharpe", s->ratios.sharpe);
	rec_double(r, "sortino", s->ratios.sortino);
	rec_double(r, "max_drawdown", s->ratios.max_drawdown);
	rec_int(r, "max_drawdown_bars", s->ratios.max_drawdown_bars);
}

static void
put_money(struct rec *r, const char *key, const struct book *b, num_i128 amount)
{
	rec_scaled(r, key, book_money(b, amount), NUM_MONEY_SCALE);
}

static void
put_trades(const struct summary *s, struct rec *r)
{
	const struct book *b = &s->run->book;

	rec_int(r, "trades_closed", b->closed);
	rec_int(r, "trades_open", book_position(b) != 0);
	rec_int(r, "wins", b->wins);
	rec_int(r, "losses", s->losses);
	rec_double(r, "win_rate", s->win_rate);
	put_money(r, "gross_profit", b, b->gross_profit);
	put_money(r, "gross_loss", b, b->gross_loss);
	rec_double(r, "profit_factor", s->profit_factor);
	put_money(r, "fees", b, b->fees);
	rec_int(r, "bars_in_market", s->bars_in_market);
	rec_double(r, "exposure_ratio", s->exposure_ratio);
	rec_int(r, "refusals", b->refused);
	rec_int(r, "unaffordable", b->unaffordable);
}

/* Why a figure that needs ${bars} bars is not defined; ${usual} if no other. */
static const char *
reason(const struct summary *s, int64_t bars, const char *usual)
{
	if (s->run->curve.bars < bars)
		return "too few bars";
	if (s->run->curve.debt)
		return "the equity fell to nothing or below";
	return usual;
}

bool
summary_gap(const struct summary *s, size_t i, struct summary_gap *gap)
{
	static const char huge[] = "no number is that large";
	const struct stats_ratios *own = &s->ratios;
	const struct {
		double value;
		struct summary_gap gap;
	} figures[] = {
	    {own->total_return,
		{"total_return", "total return", reason(s, 1, huge)}},
	    {own->annual_return,
		{"annual_return", "annual return", reason(s, 2, huge)}},
	    {s->hold.total_return,
		{"buy_hold_return", "buy and hold",
		    s->run->curve.bars < 1 ? "too few bars" : huge}},
	    {own->volatility, {"volatility", "volatility", reason(s, 3, huge)}},
	    {own->sharpe,
		{"sharpe", "Sharpe ratio",
		    reason(s, 3, "the returns do not differ")}},
	    {own->sortino,
		{"sortino", "Sortino ratio",
		    reason(s, 2, "no return is negative")}},
	    {s->win_rate, {"win_rate", "won", "no trade ended"}},
	    {s->profit_factor,
		{"profit_factor", "profit factor", "no trade lost"}},
	    {s->exposure_ratio,
		{"exposure_ratio", "time in market", "too few bars"}},
	};

	if (i == QTE_COUNT(figures))
		return false;
	*gap = figures[i].gap;
	if (isfinite(figures[i].value))
		gap->reason = NULL;
	return true;
}

/* Names what was left out, with the reason. */
static void
put_undefined(const struct summary *s, struct rec *r)
{
	struct summary_gap gap;

	rec_open(r, "undefined", '{');
	for (size_t i = 0; summary_gap(s, i, &gap); i++)
		if (gap.reason != NULL)
			rec_text(r, gap.key, gap.reason);
	rec_shut(r, '}');
}

void
summary_figures(const struct summary *s, struct rec *r)
{
	put_returns(s, r);
	put_trades(s, r);
	put_undefined(s, r);
}

/* The order that the end of the data left without a fill. */
static void
put_pending(const struct run *run, struct rec *r)
{
	rec_open(r, "pending", '[');
	if (run->order.id != 0) {
		rec_open(r, NULL, '{');
		rec_int(r, "id", run->order.id);
		rec_text(r, "symbol", run->bars->symbol);
		rec_text(r, "side", order_side_name(run->order.side));
		rec_text(r, "intent", order_intent_name(run->order.intent));
		rec_shut(r, '}');
	}
	rec_shut(r, ']');
}

static void
put_rows(const struct bars *bars, struct rec *r)
{
	const struct range_opts *range = &bars->opts->range;

	rec_int(r, "rows_read", bars->rows);
	rec_open(r, "rows_skipped", '{');
	for (int f = 0; f < BARS_FAULTS; f++)
		if (bars->skipped[f] > 0)
			rec_int(r, bars_fault_name((enum bars_fault)f),
			    bars->skipped[f]);
	rec_shut(r, '}');
	if (range->has_from || range->has_to)
		rec_int(r, "rows_outside", bars->outside);
	if (range->warmup > 0)
		rec_int(r, "warmup_bars", bars->warmup);
	rec_bool(r, "exact", bars->exact);
}

static void
put_cost(const struct run *run, const struct summary_cost *cost, struct rec *r)
{
	int64_t rows = run->bars->rows;

	rec_double(r, "elapsed_s", cost->elapsed_s);
	rec_double(r, "rows_per_s", (double)rows / cost->elapsed_s);
	if (cost->peak_memory_bytes > 0)
		rec_int(r, "peak_memory_bytes", cost->peak_memory_bytes);
}

void
summary_begin(const struct summary *s, const struct summary_cost *cost,
    struct rec *r)
{
	const struct options *o = s->run->options;

	rec_begin(r, "summary");
	if (!o->reproducible)
		rec_time(r, "ts", cost->now_ns);
	rec_bool(r, "complete", s->signo == 0);
	if (s->signo != 0)
		rec_text(r, "reason", sig_name(s->signo));
	emit_settings(r, o, s->run->strategy);
	put_data(s, r);
	summary_figures(s, r);
	put_pending(s->run, r);
	rec_int(r, "ambiguous_bars", 0);
	put_rows(s->run->bars, r);
}

void
summary_end(const struct summary *s, const struct summary_cost *cost,
    struct rec *r)
{
	if (!s->run->options->reproducible)
		put_cost(s->run, cost, r);
	rec_end(r);
}

void
summary_record(const struct summary *s, const struct summary_cost *cost,
    struct rec *r)
{
	summary_begin(s, cost, r);
	rec_text(r, "digest", s->digest);
	summary_end(s, cost, r);
}
