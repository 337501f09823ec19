/* SPDX-License-Identifier: MIT */
/* Paths to be looked at, by several threads. */
#include "manifest/queue.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "base/mem.h"

/* So many jobs wait or are done at a time: a large file holds few others up. */
#define ROOM 256

struct slot {
	struct look_job job;
	bool looked;
};

struct worker {
	struct queue *queue;
	struct look_eye eye;
	pthread_t thread;
};

struct queue {
	struct queue_opts opts;
	struct worker *workers; /* owned; the first may be the caller */
	size_t nworkers, threads;
	struct slot slots[ROOM];

	/* Counts of jobs; those from ->back to ->in are in the slots. */
	size_t in, back;
	size_t taken; /* by workers */
	bool ended;
	pthread_mutex_t lock;
	pthread_cond_t more, looked;
};

static struct slot *
slot_of(struct queue *q, size_t i)
{
	return &q->slots[i % ROOM];
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct queue *q = w->queue;

	pthread_mutex_lock(&q->lock);
	for (;;) {
		struct slot *slot;

		while (q->taken == q->in && !q->ended)
			pthread_cond_wait(&q->more, &q->lock);
		if (q->taken == q->in)
			break;
		slot = slot_of(q, q->taken++);
		pthread_mutex_unlock(&q->lock);
		look_at(&w->eye, &slot->job);
		pthread_mutex_lock(&q->lock);
		slot->looked = true;
		pthread_cond_signal(&q->looked);
	}
	pthread_mutex_unlock(&q->lock);
	return NULL;
}

/* Signals are for the caller: they are to end its waiting. */
static void
start_threads(struct queue *q)
{
	sigset_t all, old;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	/* Where no thread can be had, the caller looks by itself. */
	while (q->threads < q->nworkers &&
	    pthread_create(&q->workers[q->threads].thread, NULL, work,
		&q->workers[q->threads]) == 0)
		q->threads++;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
}

struct queue *
queue_new(const struct queue_opts *opts, struct err *e)
{
	struct queue *q = mem_alloc(1, sizeof(*q));

	q->opts = *opts;
	q->workers = mem_alloc((size_t)opts->jobs, sizeof(*q->workers));
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->more, NULL);
	pthread_cond_init(&q->looked, NULL);
	while (q->nworkers < (size_t)opts->jobs) {
		struct worker *w = &q->workers[q->nworkers++];

		w->queue = q;
		if (look_open(&w->eye, opts->root) >= 0)
			continue;
		(void)err_sys(e, EX_OSERR, errno, "cannot look at the tree");
		queue_free(q);
		return NULL;
	}
	if (q->nworkers > 1)
		start_threads(q);
	return q;
}

/* Hand the oldest job back, as soon as it was looked at. */
static void
hand_back(struct queue *q)
{
	struct slot *slot = slot_of(q, q->back);

	pthread_mutex_lock(&q->lock);
	while (!slot->looked)
		pthread_cond_wait(&q->looked, &q->lock);
	slot->looked = false;
	pthread_mutex_unlock(&q->lock);
	q->opts.done(q->opts.arg, &slot->job);
	q->back++;
}

struct look_job *
queue_job(struct queue *q)
{
	if (q->in - q->back == ROOM)
		hand_back(q);
	return &slot_of(q, q->in)->job;
}

void
queue_put(struct queue *q)
{
	if (q->threads == 0) {
		look_at(&q->workers[0].eye, &slot_of(q, q->in)->job);
		q->opts.done(q->opts.arg, &slot_of(q, q->in)->job);
		return;
	}
	pthread_mutex_lock(&q->lock);
	q->in++;
	pthread_cond_signal(&q->more);
	pthread_mutex_unlock(&q->lock);
}

void
queue_drain(struct queue *q)
{
	while (q->back < q->in)
		hand_back(q);
}

void
queue_free(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->ended = true;
	pthread_cond_broadcast(&q->more);
	pthread_mutex_unlock(&q->lock);
	for (size_t i = 0; i < q->threads; i++)
		pthread_join(q->workers[i].thread, NULL);
	for (size_t i = 0; i < q->nworkers; i++)
		look_close(&q->workers[i].eye);
	for (size_t i = 0; i < ROOM; i++)
		look_release(&q->slots[i].job);
	pthread_cond_destroy(&q->looked);
	pthread_cond_destroy(&q->more);
	pthread_mutex_destroy(&q->lock);
	free(q->workers);
	free(q);
}
