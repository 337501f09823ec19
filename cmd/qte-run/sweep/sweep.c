/* SPDX-License-Identifier: MIT */
/* One pass over the data for many combinations of parameters. */
#include "sweep/sweep.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"
#include "sweep/crew.h"

/* Put the parameters in front of a message. */
static int
wrap(struct err *e, struct buf *params, size_t n)
{
	struct buf all = {0};

	for (size_t i = 0; i < n; i++)
		buf_fmt(&all, "%s%s", i > 0 ? " " : "", buf_text(&params[i]));
	(void)err_wrap(e, "%s", buf_text(&all));
	buf_release(&all);
	return e->status;
}

/* Compile the strategy for combination ${k}. */
static int
build_trial(struct sweep *s, size_t k, struct err *e)
{
	struct strategy_opts opts = options_strategy(s->options);
	struct trial *trial = &s->trials[s->n];
	const char **params = mem_alloc(s->grid.axes.n, sizeof(*params));
	struct buf *texts = mem_alloc(s->grid.axes.n, sizeof(*texts));
	int rc;

	for (size_t i = 0; i < s->grid.axes.n; i++) {
		buf_fmt(&texts[i], "%s=%s", s->grid.axes.at[i].name,
		    grid_value(&s->grid, k, i));
		params[i] = buf_text(&texts[i]);
	}
	opts.params = params;
	opts.nparams = s->grid.axes.n;
	trial->index = k;
	s->n++;
	rc = strategy_build(&trial->strategy, &opts, e);
	if (rc == 0)
		rc = options_fit(s->options, &trial->strategy, e);
	if (rc != 0)
		(void)wrap(e, texts, s->grid.axes.n);
	for (size_t i = 0; i < s->grid.axes.n; i++)
		buf_release(&texts[i]);
	free(texts);
	free(params);
	return rc;
}

int
sweep_build(struct sweep *s, const struct options *o, struct err *e)
{
	int rc = 0;

	*s = (struct sweep){.options = o};
	for (size_t i = 0; rc == 0 && i < o->params.n; i++)
		rc = grid_add(&s->grid, o->params.at[i], e);
	if (rc != 0)
		return rc;
	s->trials = mem_alloc(s->grid.n, sizeof(*s->trials));
	for (size_t k = 0; rc == 0 && k < s->grid.n; k++) {
		bool keeps = true;

		if (o->where != NULL)
			rc = grid_keeps(&s->grid, k, o->where, &keeps, e);
		if (rc == 0 && keeps)
			rc = build_trial(s, k, e);
	}
	if (rc == 0 && s->n == 0)
		return err_set(e, EX_USAGE,
		    "--where: is true of none of the %zu combinations",
		    s->grid.n);
	return rc;
}

static void
prepare(struct sweep *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct trial *t = &s->trials[i];

		t->run = (struct run){.options = s->options,
		    .strategy = &t->strategy,
		    .bars = s->bars,
		    .follows = i > 0};
		run_prepare(&t->run);
	}
}

/* The bars' own figures were taken in once. */
static int
finish(struct sweep *s, struct err *e)
{
	const struct run *first = &s->trials[0].run;

	for (size_t i = 0; i < s->n; i++) {
		struct trial *t = &s->trials[i];
		int rc;

		t->run.spacing = first->spacing;
		t->run.hold = first->hold;
		rc = run_end(&t->run, s->stopped, e);
		if (rc != 0)
			return bars_wrap(s->bars, e);
		summary_make(&t->summary, &t->run, 0);
	}
	return 0;
}

int
sweep_run(struct sweep *s, struct err *e)
{
	struct crew crew;
	int rc, end;

	prepare(s);
	crew_start(&crew, s);
	do {
		struct tape *tape = crew_tape(&crew);

		rc = bars_fill(s->bars, &tape->batch, e);
		if (rc != 0)
			break;
		tape_ready(tape);
		rc = crew_work(&crew, e);
		watch_bar(s->watch);
	} while (rc == 0 && sig_seen() == 0);
	s->stopped = rc == 0 || rc == BARS_SIGNAL;
	end = crew_end(&crew, e);
	if (rc != 0 && rc != BARS_END && rc != BARS_SIGNAL)
		return rc;
	return end != 0 ? end : finish(s, e);
}

void
sweep_release(struct sweep *s)
{
	for (size_t i = 0; i < s->n; i++)
		strategy_release(&s->trials[i].strategy);
	free(s->trials);
	grid_release(&s->grid);
}
