/* SPDX-License-Identifier: MIT */
/* How the account goes through a batch. */
#include "walk.h"

/*
 * The rules that change position ${position} - 1: one of its own is enough to,
 * or does not matter.
 */
static struct walk_bits
find_acts(const struct walk *w, size_t position)
{
	struct walk_bits bits = {.n = 0};

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (w->nodes[r] == WALK_NO_RULE ||
		    !w->run->choices.at[position][1U << r].makes)
			continue;
		bits.rule[bits.n] = r;
		bits.of[bits.n++] = vector_true(w->vector, w->nodes[r]);
	}
	return bits;
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
	for (size_t i = 0; i < QTE_COUNT(w->acts); i++)
		w->acts[i] = find_acts(w, i);
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

/* What is true at bar ${i}, which is a change. */
static strategy_signals
signals_at(const struct walk_bits *bits, size_t i)
{
	strategy_signals signals = 0;

	if (bits->n == 1)
		return 1U << bits->rule[0];
	for (size_t k = 0; k < bits->n; k++)
		if ((bits->of[k][i / 64] >> i % 64 & 1) != 0)
			signals |= 1U << bits->rule[k];
	return signals;
}

static inline uint64_t
any_of(const struct walk_bits *bits, size_t word)
{
	uint64_t any = bits->of[0][word];

	for (size_t k = 1; k < bits->n; k++)
		any |= bits->of[k][word];
	return any;
}

/* Of the 64 bars from ${i} on, some of which may be behind the batch. */
static inline uint64_t
ahead_of(const struct walk_bits *bits, size_t i)
{
	size_t word = i / 64, before = i % 64;

	return any_of(bits, word) >> before |
	    any_of(bits, word + 1) << 1 << (63 - before);
}

/* The first bar from ${i} to ${n} at which one of them is true, or ${n}. */
static inline size_t
next_change(const struct walk_bits *bits, size_t i, size_t n)
{
	if (bits->n == 0)
		return n;
	for (; i < n; i += 64) {
		uint64_t ahead = ahead_of(bits, i);

		if (ahead != 0) {
			i += (size_t)__builtin_ctzll(ahead);
			break;
		}
	}
	return i < n ? i : n;
}

/* How many bits are set: in pairs, in fours, in bytes, in all. */
static int64_t
count_bits(uint64_t x)
{
	x -= x >> 1 & UINT64_MAX / 3;
	x = (x & UINT64_MAX / 5) + (x >> 2 & UINT64_MAX / 5);
	x = (x + (x >> 4)) & UINT64_MAX / 17;
	return (int64_t)(x * (UINT64_MAX / 255) >> 56);
}

/* At how many bars from ${i} to before ${n} one of them is true. */
static int64_t
count_changes(const struct walk_bits *bits, size_t i, size_t n)
{
	int64_t count = 0;

	for (; i + 64 <= n; i += 64)
		count += count_bits(ahead_of(bits, i));
	if (i < n)
		count += count_bits(
		    ahead_of(bits, i) & ((UINT64_C(1) << (n - i)) - 1));
	return count;
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

/*
 * Orders that come to nothing wherever in the batch they are filled need not be
 * made one by one: from row ${i} to that whose order is filled in the next
 * batch, which is returned.
 */
static size_t
pass_drops(struct walk *w, const struct walk_bits *bits,
    const struct tape *tape, size_t i)
{
	struct run *run = w->run;
	size_t last = tape->batch.n - 1;

	if ((run->emit->set & EMIT_ORDERS) != 0 ||
	    book_position(&run->book) != 0 ||
	    !book_broke(&run->book, &tape->low))
		return i;
	run_drop(run, count_changes(bits, i, last));
	return last;
}

/* Fill the order at row ${i}. */
static int
take_order(struct walk *w, const struct batch *b, size_t i, struct err *e)
{
	bool late = w->run->options->fill == FILL_CLOSE;
	struct bars_price price =
	    batch_price(b, i, late ? BATCH_CLOSE : BATCH_OPEN);
	struct book_quote quote = {{b->first + (int64_t)i, b->ts_ns[i]},
	    &price};

	return run_fill(w->run, &quote, e);
}

/* From one change of the position to the next. */
static int
take_changes(struct walk *w, const struct tape *tape, struct err *e)
{
	struct run *run = w->run;
	const struct batch *b = &tape->batch;
	struct run_span span = {.tape = tape, .from = b->before};
	int rc = 0;

	book_prices(&run->book, b->scale);
	if (b->first + (int64_t)b->before == 0 && b->before < b->n) {
		batch_bar(b, b->before, &run->bar);
		run_begin(run);
	}
	while (span.from < b->n) {
		int64_t dropped = run->book.unaffordable;
		size_t from = span.from, change;

		if (run->order.id != 0)
			rc = take_order(w, b, from, e);
		const struct walk_bits *bits =
		    &w->acts[book_position(&run->book) + 1];

		if (run->book.unaffordable > dropped)
			from = pass_drops(w, bits, tape, from);
		change = next_change(bits, from, b->n);
		span.to = change < b->n ? change + 1 : b->n;
		if (change < b->n)
			__builtin_prefetch(&b->price[BATCH_OPEN][change + 1]);
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
