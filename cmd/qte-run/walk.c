/* SPDX-License-Identifier: MIT */
/* How the account goes through a batch. */
#include "walk.h"

/* A rule of its own is enough to change a position, or does not matter. */
static void
find_acts(struct walk *w)
{
	struct order order;

	for (int position = -1; position <= 1; position++)
		for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
			if (order_decide(&w->run->rules, position, 1U << r,
				&order))
				w->acts[position + 1] |= 1U << r;
}

void
walk_init(struct walk *w, struct run *run)
{
	const struct parse_values *prints = &run->strategy->prints;
	unsigned each = EMIT_EQUITY | EMIT_SIGNALS | EMIT_POSITIONS;

	w->run = run;
	w->by_bar = prints->n > 0 ||
	    (run->emit != NULL && (run->emit->set & each) != 0);
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (w->nodes[r] == WALK_NO_RULE)
			continue;
		w->by_bar = w->by_bar || vector_late(w->vector, w->nodes[r]);
		vector_want(w->vector, w->nodes[r]);
	}
	for (size_t i = 0; i < prints->n; i++)
		vector_want(w->vector, prints->at[i].node);
	find_acts(w);
}

/* What is true by the values that the nodes have. */
static strategy_signals
signals_of(const struct walk *w)
{
	strategy_signals signals = 0;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (w->nodes[r] != WALK_NO_RULE &&
		    value_true(w->expr->at[w->nodes[r]].value))
			signals |= 1U << r;
	return signals;
}

/* A bar of a walk. */
struct step {
	struct walk *walk;
	size_t row;
	bool evaluate; /* the nodes have no values yet */
};

static strategy_signals
look(void *of, const struct expr_moment *moment)
{
	struct step *step = of;

	if (step->evaluate && step->walk->vector != NULL)
		vector_step(step->walk->vector, step->row, moment);
	else if (step->evaluate)
		expr_step(step->walk->expr, moment);
	return signals_of(step->walk);
}

static int
take_bar(struct step *step, const struct batch *b, struct err *e)
{
	struct run *run = step->walk->run;
	int64_t number = b->first + (int64_t)step->row;
	int rc;

	batch_bar(b, step->row, &run->bar);
	rc = run_bar(run, number < 0 ? -number : 0,
	    &(struct run_asked){look, step}, e);
	return rc == 0 ? 0 : bars_wrap_row(run->bars, b, step->row, e);
}

int
walk_bar(struct walk *w, const struct batch *b, size_t i, bool step,
    struct err *e)
{
	return take_bar(&(struct step){w, i, step}, b, e);
}

/* The bits of each rule, or NULL. */
static void
find_bits(const struct walk *w, const uint64_t *bits[STRATEGY_RULES])
{
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		bits[r] = w->nodes[r] == WALK_NO_RULE
		    ? NULL
		    : vector_true(w->vector, w->nodes[r]);
}

static strategy_signals
signals_at(const uint64_t *const bits[STRATEGY_RULES], size_t i)
{
	strategy_signals signals = 0;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (bits[r] != NULL && (bits[r][i / 64] >> i % 64 & 1) != 0)
			signals |= 1U << r;
	return signals;
}

/* The first bar from ${i} to ${n} at which a rule of ${acts} is true. */
static size_t
next_change(const uint64_t *const bits[STRATEGY_RULES], unsigned acts, size_t i,
    size_t n)
{
	uint64_t ahead = UINT64_MAX << i % 64;

	for (size_t word = i / 64; word * 64 < n; word++) {
		uint64_t any = 0;

		for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
			if ((acts >> r & 1) != 0 && bits[r] != NULL)
				any |= bits[r][word];
		any &= ahead;
		if (any != 0)
			return word * 64 + (size_t)__builtin_ctzll(any);
		ahead = UINT64_MAX;
	}
	return n;
}

/* Which rules have a value at a bar of the range. */
static void
note_values(struct walk *w, const struct batch *b)
{
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (w->nodes[r] == WALK_NO_RULE || w->run->valued[r])
			continue;
		const uint64_t *yes = vector_true(w->vector, w->nodes[r]);
		const uint64_t *no = vector_false(w->vector, w->nodes[r]);

		for (size_t i = b->before; i < b->n && !w->run->valued[r]; i++)
			w->run->valued[r] =
			    ((yes[i / 64] | no[i / 64]) >> i % 64 & 1) != 0;
	}
}

/* From one change of the position to the next. */
static int
take_changes(struct walk *w, const struct tape *tape, struct err *e)
{
	struct run *run = w->run;
	const struct batch *b = &tape->batch;
	struct run_span span = {.tape = tape, .from = b->before};
	const uint64_t *bits[STRATEGY_RULES];
	int rc = 0;

	find_bits(w, bits);
	book_prices(&run->book, b->scale);
	while (span.from < b->n) {
		size_t from = span.from, change;

		run->number = b->first + (int64_t)from;
		if (run->number == 0 || run->order.id != 0)
			batch_bar(b, from, &run->bar);
		if (run->number == 0)
			run_begin(run);
		rc = run_fill(run, e);
		change = next_change(bits,
		    w->acts[book_position(&run->book) + 1], from, b->n);
		span.to = change < b->n ? change + 1 : b->n;
		if (rc == 0)
			rc = run_span(run, &span, e);
		if (rc != 0)
			return bars_wrap_row(run->bars, b, span.from, e);
		span.from = span.to;
		if (change < b->n)
			run_order(run,
			    (struct book_moment){b->first + (int64_t)change,
				b->ts_ns[change]},
			    signals_at(bits, change));
	}
	if (run->text)
		note_values(w, b);
	if (!run->follows)
		run_tape(run, tape);
	return 0;
}

int
walk_batch(struct walk *w, const struct tape *tape, struct err *e)
{
	const struct batch *b = &tape->batch;
	struct step step = {w, 0, true};
	int rc = 0;

	if (!w->by_bar) {
		rc = take_changes(w, tape, e);
		if (rc == 0)
			batch_bar(b, b->n - 1, &w->run->bar);
		return rc;
	}
	for (; rc == 0 && step.row < b->n; step.row++)
		rc = take_bar(&step, b, e);
	return rc;
}
