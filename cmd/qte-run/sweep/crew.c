/* SPDX-License-Identifier: MIT */
/* Those who work a sweep out. */
#include "sweep/crew.h"

#include <signal.h>
#include <stdlib.h>

#include "base/mem.h"

/* Of all columns together: a few hundred bytes for each. */
#define BARS_TIMES_TRIALS ((size_t)1 << 20)
#define ROOM_MIN 64

static struct trial *
trial_of(const struct worker *w, size_t i)
{
	return &w->trials[i * w->step];
}

/* Does a rule depend on the account. */
static bool
is_late(const struct strategy *s)
{
	for (size_t i = 0; i < s->expr.n; i++)
		if (s->expr.at[i].op == EXPR_FIELD &&
		    s->expr.at[i].field >= EXPR_POS)
			return true;
	return false;
}

/* Put the nodes of the strategy with those of the others. */
static void
merge(struct worker *w, struct strategy *s, struct walk *walk)
{
	size_t *to = mem_alloc(s->expr.n, sizeof(*to));

	expr_merge(&w->expr, &s->expr, to);
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		walk->nodes[r] =
		    s->rules[r] != NULL ? to[s->nodes[r]] : WALK_NO_RULE;
	expr_release(&s->expr);
	free(to);
}

static void
plan(struct worker *w, size_t i)
{
	struct strategy *s = &trial_of(w, i)->strategy;
	struct crew_walk *cw = &w->walks[i];

	cw->own = is_late(s);
	if (!cw->own) {
		cw->walk.expr = &w->expr;
		merge(w, s, &cw->walk);
		return;
	}
	cw->walk.expr = &s->expr;
	for (enum strategy_rule r = 0; r < STRATEGY_RULES; r++)
		cw->walk.nodes[r] =
		    s->rules[r] != NULL ? s->nodes[r] : WALK_NO_RULE;
}

static void
hire(struct worker *w, size_t room)
{
	const struct zone *zone = &w->trials[0].run.options->zone;

	w->zone = *zone;
	w->walks = mem_alloc(w->n, sizeof(*w->walks));
	for (size_t i = 0; i < w->n; i++)
		plan(w, i);
	if (w->expr.n > 0)
		w->vector = vector_new(&w->expr, room, zone);
	for (size_t i = 0; i < w->n; i++) {
		struct walk *walk = &w->walks[i].walk;

		walk->vector = w->walks[i].own
		    ? vector_new(walk->expr, room, zone)
		    : w->vector;
		walk_init(walk, &trial_of(w, i)->run);
	}
}

static void
dismiss(struct worker *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->walks[i].own)
			vector_free(w->walks[i].walk.vector);
	vector_free(w->vector);
	expr_release(&w->expr);
	free(w->walks);
}

/* The values left the frame of the columns: from now on bar by bar. */
static void
leave(struct worker *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (!w->walks[i].own)
			w->walks[i].walk.vector = NULL;
	vector_free(w->vector);
	w->vector = NULL;
}

/* Those that share an expression, bar by bar. */
static int
step_shared(struct worker *w, const struct batch *b)
{
	for (size_t row = 0; row < b->n; row++) {
		struct bar bar;

		batch_bar(b, row, &bar);
		expr_step(&w->expr,
		    &(struct expr_moment){.bar = &bar,
			.ahead_ns = zone_offset(&w->zone, bar.ts_ns),
			.number = b->first + (int64_t)row});
		for (size_t i = 0; i < w->n; i++) {
			int rc = w->walks[i].own ? 0
						 : walk_bar(&w->walks[i].walk,
						       b, row, false, &w->err);

			if (rc != 0) {
				w->failed = trial_of(w, i);
				return rc;
			}
		}
	}
	return 0;
}

/* One that has an expression of its own. */
static int
work_own(struct worker *w, struct walk *walk, const struct tape *tape)
{
	const struct batch *b = &tape->batch;
	int rc = 0;

	if (walk->vector != NULL && !vector_fill(walk->vector, b)) {
		vector_free(walk->vector);
		walk->vector = NULL;
	}
	if (walk->vector != NULL)
		return walk_batch(walk, tape, &w->err);
	for (size_t row = 0; rc == 0 && row < b->n; row++)
		rc = walk_bar(walk, b, row, true, &w->err);
	return rc;
}

static int
work(struct worker *w, const struct tape *tape)
{
	const struct batch *b = &tape->batch;
	int rc = 0;

	if (w->vector != NULL && !vector_fill(w->vector, b))
		leave(w);
	if (w->vector == NULL && w->expr.n > 0)
		rc = step_shared(w, b);
	for (size_t i = 0; rc == 0 && i < w->n; i++) {
		struct crew_walk *cw = &w->walks[i];

		if (cw->own)
			rc = work_own(w, &cw->walk, tape);
		else if (w->vector != NULL)
			rc = walk_batch(&cw->walk, tape, &w->err);
		if (rc != 0)
			w->failed = trial_of(w, i);
	}
	return rc;
}

static struct tape *
tape_of(struct crew *c, int64_t turn)
{
	return &c->tapes[turn % CREW_TAPES];
}

static void *
thread(void *arg)
{
	struct worker *w = arg;
	struct crew *c = w->crew;

	pthread_mutex_lock(&c->lock);
	while (w->rc == 0) {
		while (w->done == c->turn && !c->ended)
			pthread_cond_wait(&c->changed, &c->lock);
		if (w->done == c->turn)
			break;
		pthread_mutex_unlock(&c->lock);
		int rc = work(w, tape_of(c, w->done));

		pthread_mutex_lock(&c->lock);
		w->rc = rc;
		w->done += rc == 0;
		pthread_cond_broadcast(&c->changed);
	}
	pthread_mutex_unlock(&c->lock);
	return NULL;
}

/* What went wrong first: that does not depend on who was faster. */
static int
status(const struct crew *c, struct err *e)
{
	const struct worker *first = NULL;

	for (size_t i = 0; i < c->n; i++) {
		const struct worker *w = &c->workers[i];

		if (w->rc != 0 &&
		    (first == NULL || w->done < first->done ||
			(w->done == first->done && w->failed < first->failed)))
			first = w;
	}
	if (first == NULL)
		return 0;
	*e = first->err;
	return first->rc;
}

/* Signals are for the one that reads: they are to end its waiting. */
static void
start_threads(struct crew *c)
{
	sigset_t all, old;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	/* Where no more can be had, the caller works the other shares. */
	while (c->threads < c->n &&
	    pthread_create(&c->workers[c->threads].thread, NULL, thread,
		&c->workers[c->threads]) == 0)
		c->threads++;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

/*
 * Bars in a batch: as asked for, but few where the columns of many trials would
 * take too much memory.
 */
static size_t
room_for(const struct sweep *s)
{
	size_t most = BARS_TIMES_TRIALS / s->n, room;

	room = (size_t)s->options->batch;
	if (most < ROOM_MIN)
		most = ROOM_MIN;
	return room < most ? room : most;
}

void
crew_start(struct crew *c, struct sweep *s)
{
	size_t jobs = (size_t)s->options->jobs, room = room_for(s);

	*c = (struct crew){.n = jobs < s->n ? jobs : s->n};
	c->workers = mem_alloc(c->n, sizeof(*c->workers));
	for (int i = 0; i < CREW_TAPES; i++)
		tape_init(&c->tapes[i], room);
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->changed, NULL);
	for (size_t i = 0; i < c->n; i++) {
		struct worker *w = &c->workers[i];

		*w = (struct worker){.crew = c,
		    .trials = s->trials + i,
		    .step = c->n,
		    .n = (s->n - i - 1) / c->n + 1};
		hire(w, c->tapes[0].batch.cap);
	}
	if (c->n > 1)
		start_threads(c);
}

/* Does a thread still work on what the tape of the next turn holds. */
static bool
in_use(const struct crew *c)
{
	for (size_t i = 0; i < c->threads; i++)
		if (c->workers[i].rc == 0 &&
		    c->workers[i].done + CREW_TAPES <= c->turn)
			return true;
	return false;
}

struct tape *
crew_tape(struct crew *c)
{
	pthread_mutex_lock(&c->lock);
	while (in_use(c))
		pthread_cond_wait(&c->changed, &c->lock);
	pthread_mutex_unlock(&c->lock);
	return tape_of(c, c->turn);
}

int
crew_work(struct crew *c, struct err *e)
{
	const struct tape *tape = tape_of(c, c->turn);
	int rc;

	pthread_mutex_lock(&c->lock);
	rc = status(c, e);
	if (rc == 0) {
		c->turn++;
		pthread_cond_broadcast(&c->changed);
	}
	pthread_mutex_unlock(&c->lock);
	for (size_t i = c->threads; rc == 0 && i < c->n; i++) {
		rc = c->workers[i].rc = work(&c->workers[i], tape);
		c->workers[i].done += rc == 0;
	}
	return rc;
}

int
crew_end(struct crew *c, struct err *e)
{
	int rc;

	pthread_mutex_lock(&c->lock);
	c->ended = true;
	pthread_cond_broadcast(&c->changed);
	pthread_mutex_unlock(&c->lock);
	for (size_t i = 0; i < c->threads; i++)
		pthread_join(c->workers[i].thread, NULL);
	rc = status(c, e);
	for (size_t i = 0; i < c->n; i++)
		dismiss(&c->workers[i]);
	for (int i = 0; i < CREW_TAPES; i++)
		tape_release(&c->tapes[i]);
	pthread_cond_destroy(&c->changed);
	pthread_mutex_destroy(&c->lock);
	free(c->workers);
	return rc;
}
