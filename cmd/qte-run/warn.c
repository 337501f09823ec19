/* SPDX-License-Identifier: MIT */
/* What a run has to say besides its result. */
#include "warn.h"

#include <stdio.h>

#include "keep.h"

static void
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
	keep_tell(bars, log);
}

/* Orders that came to nothing, and in how many runs there were some. */
struct lost {
	int64_t orders;
	size_t runs;
};

static void
lose(struct lost *l, int64_t orders)
{
	l->orders += orders;
	l->runs += orders > 0;
}

/* In ${n} runs. */
static void
warn_lost(const struct log *log, const char *how, const struct lost *l,
    size_t n)
{
	char where[64] = "";

	if (l->orders == 0)
		return;
	if (n > 1)
		(void)snprintf(where, sizeof(where),
		    ", in %zu of %zu combinations", l->runs, n);
	log_warn(log, "orders %s: %lld%s", how, (long long)l->orders, where);
}

static void
warn_orders(const struct log *log, const struct lost *refused,
    const struct lost *dropped, size_t n)
{
	warn_lost(log, "refused for want of cash", refused, n);
	warn_lost(log, "dropped, since the cash buys nothing", dropped, n);
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
	struct lost refused = {0}, dropped = {0};

	lose(&refused, run->book.refused);
	lose(&dropped, run->book.unaffordable);
	warn_rows(log, run->bars);
	warn_orders(log, &refused, &dropped, 1);
	warn_exit(log, run);
}

void
warn_sweep(const struct log *log, const struct sweep *s)
{
	struct lost refused = {0}, dropped = {0};

	for (size_t i = 0; i < s->n; i++) {
		lose(&refused, s->trials[i].run.book.refused);
		lose(&dropped, s->trials[i].run.book.unaffordable);
	}
	warn_rows(log, s->bars);
	warn_orders(log, &refused, &dropped, s->n);
	/* All of them have the same rules. */
	warn_exit(log, &s->trials[0].run);
}
