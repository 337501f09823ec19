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
#include "manifest_look.h"

struct manifest_queue;

struct manifest_queue_opts {
	const struct below *root; /* borrowed */
	int64_t jobs;		  /* threads; 1: only the caller's */
	/* given each job when its turn comes, in the caller's thread */
	void (*done)(void *, struct manifest_job *);
	void *arg; /* borrowed: its first argument */
};

/* manifest_queue_new(opts, e): owned; NULL, and EX_OSERR in ${e}. */
struct manifest_queue *manifest_queue_new(const struct manifest_queue_opts *,
    struct err *) QTE_MUST_CHECK;

/*
 * manifest_queue_job(q): the job to fill next, borrowed until it is put; that
 * may hand back the oldest one.  manifest_queue_put(q): it is filled.
 */
struct manifest_job *manifest_queue_job(struct manifest_queue *);
void manifest_queue_put(struct manifest_queue *);

/* manifest_queue_drain(q): hand back all.  manifest_queue_free(q): empty. */
void manifest_queue_drain(struct manifest_queue *);
void manifest_queue_free(struct manifest_queue *);

#endif
