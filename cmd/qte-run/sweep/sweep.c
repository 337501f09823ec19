/* SPDX-License-Identifier: MIT */
/* One pass over the data for many combinations of parameters. */
#include "sweep/sweep.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"
#include "base/when.h"
#include "need.h"
#include "sweep/crew.h"

/* A combination, as --param would give it. */
struct combination {
	struct buf text; /* each with its NUL */
	const char **params;
	size_t n;
};

static void
combine(struct combination *c, const struct grid *g, size_t k)
{
	const char *at;

	*c = (struct combination){.n = g->axes.n};
	c->params = mem_alloc(c->n, sizeof(*c->params));
	for (size_t i = 0; i < c->n; i++) {
		buf_fmt(&c->text, "%s=%s", g->axes.at[i].name,
		    grid_value(g, k, i));
		buf_char(&c->text, '\0');
	}
	at = buf_text(&c->text);
	for (size_t i = 0; i < c->n; i++, at += strlen(at) + 1)
		c->params[i] = at;
}

static void
uncombine(struct combination *c)
{
	buf_release(&c->text);
	free(c->params);
}

static struct strategy_opts
opts_for(const struct sweep *s, const struct combination *c)
{
	struct strategy_opts opts = options_strategy(s->options);

	opts.params = c->params;
	opts.nparams = c->n;
	return opts;
}

/* Put the parameters in front of a message. */
static int
wrap(struct err *e, const struct combination *c)
{
	struct buf all = {0};

	for (size_t i = 0; i < c->n; i++)
		buf_fmt(&all, "%s%s", i > 0 ? " " : "", c->params[i]);
	(void)err_wrap(e, "%s", buf_text(&all));
	buf_release(&all);
	return e->status;
}

/* Compile the strategy for combination ${k}. */
static int
build_trial(struct sweep *s, size_t k, struct err *e)
{
	struct trial *trial = &s->trials[s->n++];
	struct combination c;
	struct strategy_opts opts;
	int rc;

	combine(&c, &s->grid, k);
	opts = opts_for(s, &c);
	trial->index = k;
	rc = strategy_build(&trial->strategy, &opts, e);
	if (rc == 0)
		rc = options_fit(s->options, &trial->strategy, e);
	if (rc != 0)
		(void)wrap(e, &c);
	uncombine(&c);
	return rc;
}

/* What is wrong whatever the values are, and the parameters there are. */
static int
read_common(struct sweep *s, struct strategy *common, struct err *e)
{
	struct combination c;
	struct strategy_opts opts;
	int rc;

	combine(&c, &s->grid, 0);
	opts = opts_for(s, &c);
	rc = strategy_read(common, &opts, e);
	uncombine(&c);
	return rc;
}

static int
build_trials(struct sweep *s, const struct params *params, struct need *need,
    struct err *e)
{
	struct grid_where where = {s->options->where, params};
	int rc = 0;

	s->trials = mem_alloc(s->grid.n, sizeof(*s->trials));
	for (size_t k = 0; rc == 0 && k < s->grid.n; k++) {
		bool keeps = true;

		if (sig_seen() != 0)
			return BARS_SIGNAL;
		if (where.condition != NULL)
			rc = grid_keeps(&s->grid, k, &where, &keeps, e);
		if (rc != 0 || !keeps)
			continue;
		rc = build_trial(s, k, e);
		if (rc != 0)
			break;
		need_add(need, &s->trials[s->n - 1].strategy);
		rc = need_check(need, s->options, e);
	}
	if (rc == 0 && s->n == 0)
		return err_set(e, EX_USAGE,
		    "--where: is true of none of the %zu combinations",
		    s->grid.n);
	return rc;
}

int
sweep_build(struct sweep *s, const struct options *o, struct err *e)
{
	struct strategy common;
	struct need need = {0};
	int rc = 0;

	*s = (struct sweep){.options = o, .begun = when_ticks()};
	for (size_t i = 0; rc == 0 && i < o->params.n; i++)
		rc = grid_add(&s->grid, o->params.at[i], e);
	if (rc != 0)
		return rc;
	rc = read_common(s, &common, e);
	if (rc == 0)
		rc = build_trials(s, &common.params, &need, e);
	need_release(&need);
	strategy_release(&common);
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
		    .emit = &s->mute,
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
	int rc;

	prepare(s);
	rc = crew_run(s, e);
	s->stopped = rc == 0 || rc == BARS_SIGNAL;
	if (!s->stopped && rc != BARS_END)
		return rc;
	return finish(s, e);
}

void
sweep_release(struct sweep *s)
{
	for (size_t i = 0; i < s->n; i++)
		strategy_release(&s->trials[i].strategy);
	free(s->trials);
	grid_release(&s->grid);
}
