/* SPDX-License-Identifier: MIT */
/* The engine over columns. */
#include "v2.h"

#include "base/sig.h"
#include "market/batch.h"
#include "vector/vector.h"

struct v2 {
	struct run *run;
	struct vector *vector; /* NULL: its values left the frame */
	struct batch batch;
	size_t row;	  /* of the batch, that the strategy is asked about */
	unsigned acts[3]; /* rules that change position -1, 0 and 1 */
	bool by_bar;	  /* something is wanted of each bar */
};

static strategy_signals
step(void *strategy, const struct expr_moment *moment)
{
	return strategy_step(strategy, moment);
}

/* The same, from columns. */
static strategy_signals
look(void *engine, const struct expr_moment *moment)
{
	struct v2 *v = engine;
	const struct strategy *s = v->run->strategy;

	vector_step(v->vector, v->row, moment);
	return strategy_signals_now(s);
}

static void
want(struct v2 *v)
{
	const struct strategy *s = v->run->strategy;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		if (s->rules[r] != NULL)
			vector_want(v->vector, s->nodes[r]);
	for (size_t i = 0; i < s->prints.n; i++)
		vector_want(v->vector, s->prints.at[i].node);
}

/* A rule of its own is enough to change a position, or does not matter. */
static void
find_acts(struct v2 *v)
{
	struct order order;

	for (int position = -1; position <= 1; position++)
		for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
			if (order_decide(&v->run->rules, position, 1U << r,
				&order))
				v->acts[position + 1] |= 1U << r;
}

static bool
wants_each_bar(const struct run *run, const struct vector *vector)
{
	const struct strategy *s = run->strategy;
	unsigned each = EMIT_EQUITY | EMIT_SIGNALS | EMIT_POSITIONS;
	bool late = false;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		late = late ||
		    (s->rules[r] != NULL && vector_late(vector, s->nodes[r]));
	return late || s->prints.n > 0 || (run->emit->set & each) != 0;
}

static void
start(struct v2 *v)
{
	run_prepare(v->run);
	batch_init(&v->batch, (size_t)v->run->options->batch);
	v->vector = vector_new(&v->run->strategy->expr, v->batch.cap);
	v->by_bar = wants_each_bar(v->run, v->vector);
	want(v);
	find_acts(v);
}

/* Bar by bar, as v1 does it. */
static int
walk_bars(struct v2 *v, struct err *e)
{
	struct run *run = v->run;
	const struct batch *b = &v->batch;
	struct run_asked asked = {v->vector != NULL ? look : step,
	    v->vector != NULL ? (void *)v : run->strategy};
	int rc;

	for (v->row = 0; v->row < b->n; v->row++) {
		int64_t number = b->first + (int64_t)v->row;

		batch_bar(b, v->row, &run->bar);
		rc = run_bar(run, number < 0 ? -number : 0, &asked, e);
		if (rc != 0)
			return bars_wrap_row(run->bars, b, v->row, e);
	}
	return 0;
}

/* The signals of row ${i}. */
static strategy_signals
signals_at(const struct v2 *v, size_t i)
{
	const struct strategy *s = v->run->strategy;
	strategy_signals signals = 0;

	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++) {
		if (s->rules[r] == NULL)
			continue;
		const uint64_t *bits = vector_true(v->vector, s->nodes[r]);

		if ((bits[i / 64] >> i % 64 & 1) != 0)
			signals |= 1U << r;
	}
	return signals;
}

/* The first row from ${i} on at which the position changes, or the end. */
static size_t
next_change(const struct v2 *v, size_t i)
{
	const struct strategy *s = v->run->strategy;
	unsigned acts = v->acts[book_position(&v->run->book) + 1];
	uint64_t ahead = UINT64_MAX << i % 64;

	for (size_t w = i / 64; w * 64 < v->batch.n; w++) {
		uint64_t bits = 0;

		for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
			if ((acts >> r & 1) != 0 && s->rules[r] != NULL)
				bits |= vector_true(v->vector, s->nodes[r])[w];
		bits &= ahead;
		if (bits != 0)
			return w * 64 + (size_t)__builtin_ctzll(bits);
		ahead = UINT64_MAX;
	}
	return v->batch.n;
}

/* From one change of the position to the next. */
static int
walk_changes(struct v2 *v, struct err *e)
{
	struct run *run = v->run;
	const struct batch *b = &v->batch;
	struct run_span span = {.batch = b, .from = b->before};
	int rc = 0;

	while (rc == 0 && span.from < b->n) {
		batch_bar(b, span.from, &run->bar);
		if (run->curve.bars == 0)
			run_begin(run);
		v->row = span.from;
		rc = run_fill(run, e);
		if (rc != 0)
			break;
		size_t change = next_change(v, span.from);

		span.to = change < b->n ? change + 1 : b->n;
		rc = run_mark(run, &span, &v->row, e);
		if (rc == 0 && change < b->n)
			run_order(run,
			    (struct book_moment){run->curve.bars - 1,
				b->ts_ns[change]},
			    signals_at(v, change));
		span.from = span.to;
	}
	return rc == 0 ? 0 : bars_wrap_row(run->bars, b, v->row, e);
}

static int
take(struct v2 *v, struct err *e)
{
	int rc;

	if (v->vector != NULL && !vector_fill(v->vector, &v->batch)) {
		vector_free(v->vector);
		v->vector = NULL;
	}
	if (v->vector == NULL || v->by_bar)
		return walk_bars(v, e);
	rc = walk_changes(v, e);
	if (rc == 0)
		batch_bar(&v->batch, v->batch.n - 1, &v->run->bar);
	return rc;
}

int
v2_run(struct run *run, struct err *e)
{
	struct v2 v = {.run = run};
	int rc;

	start(&v);
	do {
		rc = bars_fill(run->bars, &v.batch, e);
		if (rc != 0)
			break;
		rc = take(&v, e);
		if (rc != 0)
			goto release;
		watch_bar(run->watch);
	} while (sig_seen() == 0);
	if (rc == 0 || rc == BARS_END || rc == BARS_SIGNAL)
		rc = run_end(run, rc != BARS_END, e);
release:
	vector_free(v.vector);
	batch_release(&v.batch);
	return rc;
}
