/* SPDX-License-Identifier: MIT */
/*
 * Paths to be looked at, by several threads, and handed back in the order in
 * which they were put in: what is made of them does not depend on who was
 * faster.
 */
#ifndef QTE_VERIFY_MANIFEST_QUEUE_H
#define QTE_VERIFY_MANIFEST_QUEUE_H

#include "base/base.h"
#include "base/err.h"
#include "manifest/look.h"

struct queue;

struct queue_opts {
	const struct below *root; /* borrowed */
	int64_t jobs;		  /* threads; 1: only the caller's */
	/* given each job when its turn comes, in the caller's thread */
	void (*done)(void *, struct look_job *);
	void *arg; /* borrowed: its first argument */
};

/* queue_new(opts, e): owned; NULL, and EX_OSERR in ${e}. */
struct queue *queue_new(const struct queue_opts *, struct err *) QTE_MUST_CHECK;

/*
 * queue_job(q): the job to fill next, borrowed until it is put; that
 * may hand back the oldest one.  queue_put(q): it is filled.
 */
struct look_job *queue_job(struct queue *);
void queue_put(struct queue *);

/* queue_drain(q): hand back all.  queue_free(q): empty. */
void queue_drain(struct queue *);
void queue_free(struct queue *);

#endif
