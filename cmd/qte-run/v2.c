/* SPDX-License-Identifier: MIT */
/* The engine over columns. */
#include "v2.h"

#include "market/batch.h"
#include "walk.h"

static void
start(struct walk *w, struct run *run, size_t room)
{
	struct strategy *s = run->strategy;

	run_prepare(run);
	w->expr = &s->expr;
	w->vector = vector_new(w->expr, room, &run->options->zone);
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		w->nodes[r] = s->rules[r] != NULL ? s->nodes[r] : WALK_NO_RULE;
	walk_init(w, run);
}

/* Bar by bar, as v1 does it. */
static int
step_bars(struct walk *w, const struct batch *b, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < b->n; i++)
		rc = walk_bar(w, b, i, true, e);
	return rc;
}

static int
take(struct walk *w, const struct tape *tape, struct err *e)
{
	const struct batch *b = &tape->batch;

	if (w->vector != NULL && !vector_fill(w->vector, b)) {
		vector_free(w->vector);
		w->vector = NULL;
	}
	return w->vector != NULL ? walk_batch(w, tape, e) : step_bars(w, b, e);
}

int
v2_run(struct run *run, struct err *e)
{
	size_t room = (size_t)run->options->batch;
	struct walk walk = {.run = run};
	struct tape tape;
	int rc;

	tape_init(&tape, room);
	start(&walk, run, room);
	do {
		rc = bars_fill(run->bars, &tape.batch, e);
		if (rc != 0)
			break;
		watch_taken(run->watch);
		tape_ready(&tape);
		rc = take(&walk, &tape, e);
		if (rc != 0)
			goto release;
		watch_bar(run->watch);
	} while (run_goes_on(run));
	if (rc == 0 || rc == BARS_END || rc == BARS_SIGNAL)
		rc = run_end(run, rc != BARS_END, e);
release:
	vector_free(walk.vector);
	tape_release(&tape);
	return rc;
}
