/* SPDX-License-Identifier: MIT */
/*
 * Those who work a sweep out: each takes its trials through every batch, at its
 * own pace, while more batches are read.
 */
#ifndef QTE_RUN_CREW_H
#define QTE_RUN_CREW_H

#include <pthread.h>

#include "sweep/sweep.h"
#include "walk.h"

struct crew;

/* One trial; what depends on the account is its own, the rest is shared. */
struct crew_walk {
	struct walk walk;
	bool own; /* ->walk has an expression and columns of its own */
};

/*
 * The trials are dealt in turn, since those beside one another in the grid
 * trade alike: a worker has each ->step-th from ->trials on.
 */
struct worker {
	struct crew *crew;
	struct trial *trials; /* borrowed */
	size_t step;
	struct crew_walk *walks;
	size_t n;
	struct expr expr;      /* of all of them */
	struct vector *vector; /* of ->expr; NULL: bar by bar */
	struct zone zone;
	int64_t done; /* batches */
	struct err err;
	int rc;
	const struct trial *failed; /* with ->rc */
	pthread_t thread;
};

/* Batches that are read ahead of the slowest worker. */
#define CREW_TAPES 4

struct crew {
	struct worker *workers; /* owned */
	size_t n;
	size_t threads; /* of the first workers; the caller is the others */
	struct tape tapes[CREW_TAPES];

	pthread_mutex_t lock;
	pthread_cond_t changed;
	int64_t turn; /* batches that are to be worked on, or were */
	bool ended;   /* there will be no more */
};

/* crew_start(c, s): deal the trials of ${s} to --jobs workers. */
void crew_start(struct crew *, struct sweep *);

/* crew_tape(c): the tape to fill, when nobody works on it any more. */
struct tape *crew_tape(struct crew *);

/*
 * crew_work(c, e):
 * Have the batch worked on.  Not 0 when one went wrong, and then crew_end says
 * what.
 */
int crew_work(struct crew *, struct err *) QTE_MUST_CHECK;

/*
 * crew_end(c, e): wait for the last batch and end.  The status of what went
 * wrong first: of the earliest batch, and there of the first trial.
 */
int crew_end(struct crew *, struct err *) QTE_MUST_CHECK;

#endif
