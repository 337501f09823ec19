/* SPDX-License-Identifier: MIT */
/* The trades of a book held against the bars. */
#include "book/judge.h"

#include "base/when.h"
#include "book/intake.h"
#include "machine/zone.h"

#define NEEDED (SERIES_RIGHT(SERIES_HIGH) | SERIES_RIGHT(SERIES_LOW))

/* Whose bar it is.  Without a column for it, that of the only symbol there is;
 * NULL: nobody can tell. */
static struct stock *
stock_of(struct account *a, const struct series_bar *bar)
{
	if (!bar->named)
		return NULL;
	if (bar->symbol != NULL)
		return &a->stocks.at[account_symbol(a, bar->symbol,
		    bar->symbol_len)];
	a->without_name = true;
	return a->stocks.n == 1 ? &a->stocks.at[0] : NULL;
}

int64_t
judge_last(struct account *a, const struct series_bar *bar)
{
	const struct stock *s = stock_of(a, bar);

	return s != NULL ? s->last_ns : INT64_MIN;
}

void
judge_lost(struct account *a, int64_t line)
{
	a->hidden = line;
}

/* Of two bars of one time the last is the latest. */
static void
take_close(const struct account *a, struct stock *s,
    const struct series_bar *bar)
{
	/* Such a time is found to be wrong: of when it is nobody knows. */
	if (bar->ts_ns > a->check->now_ns + WHEN_DAY) {
		s->hidden = bar->line;
		return;
	}
	if (bar->ts_ns < s->close_ns)
		return;
	s->close_ns = bar->ts_ns;
	s->close_line = bar->line;
	s->priced = (bar->right & SERIES_RIGHT(SERIES_CLOSE)) != 0;
	s->close = bar->price[SERIES_CLOSE];
}

static void
take_time(struct account *a, struct stock *s, int64_t ts_ns)
{
	a->rising = a->rising || (s->match.any && ts_ns > s->last_ns);
	a->falling = a->falling || ts_ns < s->last_ns;
	s->last_ns = ts_ns;
}

void
judge_bar(struct account *a, const struct series_bar *bar)
{
	struct stock *s = stock_of(a, bar);

	if (!bar->named)
		judge_lost(a, bar->line);
	if (s == NULL)
		return;
	a->nlisted += !s->listed;
	s->listed = a->barred = true;
	if ((bar->right & SERIES_RIGHT(SERIES_TIME)) == 0) {
		s->hidden = bar->line;
		return;
	}
	take_time(a, s, bar->ts_ns);
	take_close(a, s, bar);
	match_bar(&s->match, &a->deals,
	    &(struct match_bar){.ts_ns = bar->ts_ns,
		.ranged = (bar->right & NEEDED) == NEEDED,
		.low = bar->price[SERIES_LOW],
		.high = bar->price[SERIES_HIGH]},
	    &a->steps);
}

/*
 * Whether a row of which the time is not known may be a later bar than the
 * latest one.  Where bars are in order one that stands before that is not.
 */
static bool
is_hidden(const struct account *a, const struct stock *s)
{
	int64_t line = s->hidden > a->hidden ? s->hidden : a->hidden;

	return line > 0 && (line > s->close_line || !a->rising || a->falling);
}

void
judge_bars(struct account *a)
{
	for (size_t i = 0; i < a->stocks.n; i++) {
		struct stock *s = &a->stocks.at[i];

		s->priced = s->priced && !is_hidden(a, s);
	}
	if (!a->without_name || a->stocks.n < 2)
		return;
	report_add(a->report,
	    &(struct finding){.rule = RULE_MISSING_COLUMN,
		.line = 1,
		.column = "symbol",
		.expected = "symbol",
		.message = "no column 'symbol', and several are traded"});
}

static void
say_price(struct account *a, const struct deal *d)
{
	bool below = (d->flags & DEAL_BELOW) != 0;
	const char *bound = below ? "low" : "high";
	char price[NUM_TEXT_SIZE], limit[NUM_TEXT_SIZE];
	struct buf message = {0}, expected = {0};

	num_put_scaled(price, d->price, NUM_PRICE_SCALE);
	num_put_scaled(limit, d->bound, NUM_PRICE_SCALE);
	buf_fmt(&message, "price %s is %s the %s %s of its bar", price,
	    below ? "below" : "above", bound, limit);
	buf_fmt(&expected, "%s %s (%s)", below ? ">=" : "<=", limit, bound);
	intake_finding(a, d,
	    &(struct finding){.rule = RULE_TRADE_PRICE_OUTSIDE_BAR,
		.column = "price",
		.field = TRADES_PRICE,
		.message = buf_text(&message),
		.expected = buf_text(&expected)});
	buf_release(&message);
	buf_release(&expected);
}

static void
say_time(struct account *a, const struct deal *d, enum rule rule,
    const char *message)
{
	intake_finding(a, d,
	    &(struct finding){.rule = rule,
		.column = "timestamp",
		.field = TRADES_TIMESTAMP,
		.message = message});
}

static void
say_orphan(struct account *a, const struct deal *d)
{
	intake_finding(a, d,
	    &(struct finding){.rule = RULE_ORPHAN_SYMBOL,
		.column = "symbol",
		.field = TRADES_SYMBOL,
		.message = "there are no bars of this symbol"});
}

/* The rule that the trade breaks by its bar, or RULES. */
static enum rule
by_bar(const struct account *a, const struct deal *d, int64_t interval_ns)
{
	if (!a->stocks.at[d->symbol].listed)
		return RULE_ORPHAN_SYMBOL;
	if ((d->flags & DEAL_TIME) == 0)
		return RULES;
	if ((d->flags & DEAL_BARRED) == 0 ||
	    (uint64_t)d->ts_ns - (uint64_t)d->bar_ns >= (uint64_t)interval_ns)
		return RULE_TRADE_NO_BAR;
	if (d->flags & (DEAL_BELOW | DEAL_ABOVE))
		return RULE_TRADE_PRICE_OUTSIDE_BAR;
	return RULES;
}

/* The clocks by which trades are judged. */
struct clocks {
	struct zone market, data;
};

/*
 * Whether the market is closed at the time of the trade.  A date alone is a day
 * on the clock that it was read by, and of a day's bar the market's midnight
 * is.
 */
static bool
is_closed(const struct account *a, struct clocks *clocks, const struct deal *d,
    int64_t interval_ns)
{
	const struct calendar *c = a->check->calendar;
	bool date = (d->flags & DEAL_DATE) != 0;
	struct zone *clock = date ? &clocks->data : &clocks->market;
	enum calendar_state state;
	int64_t local;

	if (!c->given || (d->flags & DEAL_TIME) == 0)
		return false;
	local = d->ts_ns + zone_offset(clock, d->ts_ns);
	state = calendar_at(c, local);
	if (date ||
	    (interval_ns >= WHEN_DAY && local == when_day(local) * WHEN_DAY))
		return state == CALENDAR_CLOSED;
	return state != CALENDAR_OPEN;
}

static void
say(struct account *a, const struct deal *d, enum rule rule)
{
	if (rule == RULES)
		return;
	if (!report_shows(a->report, rule))
		report_count(a->report, rule);
	else if (rule == RULE_ORPHAN_SYMBOL)
		say_orphan(a, d);
	else if (rule == RULE_TRADE_NO_BAR)
		say_time(a, d, rule, "no bar covers the time of the trade");
	else if (rule == RULE_TRADE_PRICE_OUTSIDE_BAR)
		say_price(a, d);
	else
		say_time(a, d, rule, "the market was closed at that time");
}

void
judge_end(struct account *a)
{
	struct clocks clocks = {.market = a->check->calendar->zone,
	    .data = a->check->options->zone};
	int64_t interval_ns = a->check->options->interval.given
	    ? a->check->options->interval.ns
	    : match_interval(&a->steps);

	for (size_t i = 0; i < a->stocks.n; i++)
		match_end(&a->stocks.at[i].match, &a->deals);
	for (size_t i = 0; i < a->deals.n; i++) {
		const struct deal *d = &a->deals.at[i];

		if (a->barred)
			say(a, d, by_bar(a, d, interval_ns));
		if (is_closed(a, &clocks, d, interval_ns))
			say(a, d, RULE_TRADE_OUTSIDE_SESSION);
	}
}
