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
take(struct walk *w, const struct batch *b, struct err *e)
{
	if (w->vector != NULL && !vector_fill(w->vector, b)) {
		vector_free(w->vector);
		w->vector = NULL;
	}
	return w->vector != NULL ? walk_batch(w, b, e) : step_bars(w, b, e);
}

int
v2_run(struct run *run, struct err *e)
{
	struct walk walk = {.run = run};
	struct batch batch;
	int rc;

	batch_init(&batch, (size_t)run->options->batch);
	start(&walk, run, batch.cap);
	do {
		rc = bars_fill(run->bars, &batch, e);
		if (rc != 0)
			break;
		rc = take(&walk, &batch, e);
		if (rc != 0)
			goto release;
		watch_bar(run->watch);
	} while (run_goes_on(run));
	if (rc == 0 || rc == BARS_END || rc == BARS_SIGNAL)
		rc = run_end(run, rc != BARS_END, e);
release:
	vector_free(walk.vector);
	batch_release(&batch);
	return rc;
}
