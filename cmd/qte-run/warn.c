/* SPDX-License-Identifier: MIT */
/* What a run has to say besides its result. */
#include "warn.h"

#include "keep.h"

void
warn_rows(const struct log *log, const struct bars *bars)
{
	int64_t skipped = 0;

	for (int f = 0; f < BARS_FAULTS; f++)
		skipped += bars->skipped[f];
	if (skipped > 0)
		log_warn(log,
		    "%lld of %lld rows are bad and were "
		    "skipped; the summary counts them by kind%s",
		    (long long)skipped, (long long)bars->rows,
		    skipped > bars->rows / 2
			? ": more than half: are the columns right?"
			: "");
	if (!bars->exact)
		log_warn(log,
		    "prices beyond 9 decimals or 9.2e9 are taken as "
		    "floating-point numbers");
	keep_warn(bars, log);
}

static void
warn_orders(const struct log *log, const struct book *book)
{
	if (book->refused > 0)
		log_warn(log, "orders refused for want of cash: %lld",
		    (long long)book->refused);
	if (book->unaffordable > 0)
		log_warn(log,
		    "orders dropped, since the cash buys nothing: %lld",
		    (long long)book->unaffordable);
}

/* Whether a rule was given for it, or for its counterpart in its place. */
static bool
given(const struct run *run, enum strategy_rule rule, enum strategy_rule its)
{
	const struct strategy *s = run->strategy;

	return (s->missing >> rule & 1) == 0 ||
	    (run->options->direction == ORDER_SHORT && s->rules[its] != NULL);
}

/* One that goes both ways leaves a position by turning around. */
static void
warn_exit(const struct log *log, const struct run *run)
{
	if (run->options->direction != ORDER_LONG_SHORT &&
	    (run->options->emit & ~(unsigned)EMIT_SIGNALS) != 0 &&
	    given(run, STRATEGY_ENTRY, STRATEGY_SHORT_ENTRY) &&
	    !given(run, STRATEGY_EXIT, STRATEGY_SHORT_EXIT))
		log_warn(log,
		    "there is no exit rule: a position is never left");
}

void
warn_run(const struct log *log, const struct run *run)
{
	warn_rows(log, run->bars);
	warn_orders(log, &run->book);
	warn_exit(log, run);
}
