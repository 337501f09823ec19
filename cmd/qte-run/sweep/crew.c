/* SPDX-License-Identifier: MIT */
/* Those who work a sweep out. */
#include "sweep/crew.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/sig.h"

/* Of all columns together: a few hundred bytes for each. */
#define BARS_TIMES_TRIALS ((size_t)1 << 20)
#define ROOM_MIN 64

static struct trial *
trial_of(const struct worker *w, size_t i)
{
	return &w->trials[i * w->step];
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

	cw->own = expr_late(&s->expr);
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

/* Something changed that others may wait for. */
static void
tell(struct crew *c)
{
	if (c->waiting > 0)
		pthread_cond_broadcast(&c->changed);
}

static int
read_batch(struct crew *c, struct tape *tape)
{
	struct sweep *s = c->sweep;
	int rc;

	/* With several workers some may still have it before them. */
	if (c->turn > 0)
		watch_bar(s->watch);
	rc = bars_fill(s->bars, &tape->batch, &c->err);
	if (rc != 0)
		return rc;
	watch_taken(s->watch);
	tape_ready(tape);
	return 0;
}

/* May the next batch be read: is its tape free, and does nobody read. */
static bool
may_read(const struct crew *c)
{
	if (c->ended || c->reading)
		return false;
	for (size_t i = 0; i < c->n; i++)
		if (c->workers[i].rc == 0 &&
		    c->workers[i].done + c->ahead <= c->turn)
			return false;
	return true;
}

/*
 * Read the next batch, and let the lock go meanwhile.  Signals are for the one
 * that reads: they are to end its waiting.
 */
static void
read_next(struct crew *c)
{
	struct tape *tape = tape_of(c, c->turn);

	c->reading = true;
	pthread_mutex_unlock(&c->lock);
	pthread_sigmask(SIG_SETMASK, &c->signals, NULL);
	int rc = read_batch(c, tape);

	if (c->threads > 0)
		pthread_sigmask(SIG_SETMASK, &c->quiet, NULL);
	pthread_mutex_lock(&c->lock);
	c->reading = false;
	c->turn += rc == 0;
	c->rc = rc;
	c->ended = c->ended || rc != 0 || sig_seen() != 0;
	tell(c);
}

/* Take the next batch through the trials of one, without the lock. */
static void
work_next(struct crew *c, struct worker *w)
{
	pthread_mutex_unlock(&c->lock);
	int rc = work(w, tape_of(c, w->done));

	pthread_mutex_lock(&c->lock);
	w->rc = rc;
	w->done += rc == 0;
	/* What was read before it is still worked on, and nothing more. */
	c->ended = c->ended || rc != 0;
	tell(c);
}

/* The first of ${n} workers from ${i} on that has something to do. */
static struct worker *
find_work(struct crew *c, size_t i, size_t n)
{
	for (; n-- > 0; i++)
		if (c->workers[i].rc == 0 && c->workers[i].done < c->turn)
			return &c->workers[i];
	return NULL;
}

/*
 * Who has worked nearly all off reads: the slowest then does nothing but work.
 */
static bool
is_short(const struct crew *c, const struct worker *w)
{
	return w == NULL || c->turn - w->done < 2;
}

/* Read and work for ${n} workers from ${i} on, until there is no more. */
static void
serve(struct crew *c, size_t i, size_t n)
{
	pthread_mutex_lock(&c->lock);
	for (;;) {
		struct worker *w = find_work(c, i, n);

		if (is_short(c, w) && may_read(c)) {
			read_next(c);
		} else if (w != NULL) {
			work_next(c, w);
		} else if (c->ended && !c->reading) {
			break;
		} else {
			c->waiting++;
			pthread_cond_wait(&c->changed, &c->lock);
			c->waiting--;
		}
	}
	pthread_mutex_unlock(&c->lock);
}

static void *
thread(void *arg)
{
	struct worker *w = arg;

	serve(w->crew, (size_t)(w - w->crew->workers), 1);
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
	/* What went wrong in the rows before comes first. */
	*e = first != NULL ? first->err : c->err;
	return first != NULL ? first->rc : c->rc;
}

/* Of the last workers; where no more can be had, the caller works for them. */
static void
start_threads(struct crew *c)
{
	for (; c->threads + 1 < c->n; c->threads++) {
		struct worker *w = &c->workers[c->n - 1 - c->threads];

		if (pthread_create(&w->thread, NULL, thread, w) != 0)
			break;
	}
}

size_t
crew_room(const struct options *o, size_t trials)
{
	size_t most = BARS_TIMES_TRIALS / trials, room = (size_t)o->batch;

	if (most < ROOM_MIN)
		most = ROOM_MIN;
	return room < most ? room : most;
}

static void
start(struct crew *c, struct sweep *s)
{
	size_t jobs = (size_t)s->options->jobs;
	size_t room = crew_room(s->options, s->n);

	*c = (struct crew){.sweep = s, .n = jobs < s->n ? jobs : s->n};
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
}

static void
end(struct crew *c)
{
	for (size_t i = 0; i < c->n; i++)
		dismiss(&c->workers[i]);
	for (int i = 0; i < CREW_TAPES; i++)
		tape_release(&c->tapes[i]);
	pthread_cond_destroy(&c->changed);
	pthread_mutex_destroy(&c->lock);
	free(c->workers);
}

int
crew_run(struct sweep *s, struct err *e)
{
	struct crew c;
	int rc;

	start(&c, s);
	sigfillset(&c.quiet);
	pthread_sigmask(SIG_SETMASK, &c.quiet, &c.signals);
	/* Nobody reads before it is known how many there are. */
	pthread_mutex_lock(&c.lock);
	start_threads(&c);
	/* Alone, it reads what it works on next. */
	c.ahead = c.threads > 0 ? CREW_TAPES : 1;
	pthread_mutex_unlock(&c.lock);
	serve(&c, 0, c.n - c.threads);
	pthread_sigmask(SIG_SETMASK, &c.signals, NULL);
	for (size_t i = c.n - c.threads; i < c.n; i++)
		pthread_join(c.workers[i].thread, NULL);
	if (c.rc == 0)
		watch_bar(s->watch);
	rc = status(&c, e);
	end(&c);
	return rc;
}
