/* SPDX-License-Identifier: MIT */
/* What stands below the figures. */
#include "text/notes.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/num.h"
#include "base/sig.h"
#include "base/when.h"

#define TRADES_FEW 30
#define YEAR (360 * WHEN_DAY) /* from a year's first bar to its last */

/* The longest note; none holds a name that a user chose. */
#define NOTE_SIZE 512

struct notes {
	const struct page *page;
	bool any;
};

static void note(struct notes *, const char *, ...) QTE_PRINTF(2, 3);

static void
note(struct notes *n, const char *format, ...)
{
	char line[NOTE_SIZE];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (!n->any)
		buf_char(n->page->text, '\n');
	n->any = true;
	page_line(n->page, line, 2);
}

/* Why there was not a single order, by the rules that could have led to one. */
static void
note_rules(struct notes *n, const struct run *run)
{
	char bars[NUM_TEXT_SIZE];

	num_put_human(bars, (double)run->curve.bars, 0);
	for (enum strategy_rule r = 0; run->orders == 0 && r < STRATEGY_RULES;
	     r++) {
		const char *name = strategy_rule_name(r);

		if ((run->strategy->missing >> r & 1) != 0 ||
		    run->strategy->rules[r] == NULL ||
		    !run->choices.at[1][1U << r].makes)
			continue;
		if (run->valued[r])
			note(n, "The rule %s was never true.", name);
		else
			note(n,
			    "The rule %s never had a value: it may need more "
			    "than the %s bars there are.",
			    name, bars);
	}
}

/* Why a careful reader would not trust the figures yet. */
static void
note_doubts(struct notes *n, const struct run *run)
{
	const struct book *book = &run->book;
	double length =
	    (double)run->spacing.last_ns - (double)run->spacing.first_ns;

	if (book->closed < TRADES_FEW)
		note(n,
		    "Fewer than %d trades ended: "
		    "chance alone may explain the figures.",
		    TRADES_FEW);
	if (length < (double)YEAR)
		note(n,
		    "Less than a year of data: "
		    "the annual figures are extrapolated.");
	if (book->closed > 0 && book->fees > book->gross_profit)
		note(n,
		    "The fees are larger than the gains of the trades that "
		    "won.");
	if (run->curve.debt)
		note(n, "The equity fell to nothing or below.");
}

/* The reason for each dash among the figures. */
static void
note_gaps(struct notes *n, const struct summary *s)
{
	struct buf line = {0};
	struct summary_gap gap;

	for (size_t i = 0; summary_gap(s, i, &gap); i++)
		if (gap.reason != NULL)
			buf_fmt(&line, "%s%s (%s)", line.len > 0 ? ", " : "",
			    gap.label, gap.reason);
	if (line.len > 0)
		note(n, "Not defined: %s.", buf_text(&line));
	buf_release(&line);
}

void
notes_put(const struct page *page, const struct summary *s)
{
	const struct order *order = &s->run->order;
	struct notes n = {.page = page};

	if (s->run->curve.bars > 0) {
		note_rules(&n, s->run);
		note_doubts(&n, s->run);
		note_gaps(&n, s);
	}
	if (order->id != 0)
		note(&n, "Pending for the next bar: %s to %s.",
		    order_side_name(order->side),
		    order_intent_name(order->intent));
	if (s->signo != 0)
		note(&n, "Stopped by %s: this is not all of the data.",
		    sig_name(s->signo));
}
