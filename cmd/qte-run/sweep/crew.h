/* SPDX-License-Identifier: MIT */
/*
 * Those who work a sweep out: each takes a share of its trials through every
 * batch, while the next one is read.
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

struct worker {
	struct crew *crew;
	struct trial *trials; /* borrowed: its share */
	struct crew_walk *walks;
	size_t n;
	struct expr expr;      /* of all of them */
	struct vector *vector; /* of ->expr; NULL: bar by bar */
	struct zone zone;
	struct err err;
	int rc;
	pthread_t thread;
};

struct crew {
	struct worker *workers; /* owned */
	size_t n;
	size_t threads; /* of the first workers; the caller is the others */
	struct tape tapes[2];
	int reading; /* which of them is filled next */

	pthread_mutex_t lock;
	pthread_cond_t changed;
	const struct tape *tape; /* to be worked on */
	int64_t turn;		 /* of the tape; -1: the end */
	size_t busy;
};

/* crew_start(c, s): deal the trials of ${s} to --jobs workers. */
void crew_start(struct crew *, struct sweep *);

/* crew_tape(c): the tape to fill, which nobody works on. */
struct tape *crew_tape(struct crew *);

/*
 * crew_work(c, e):
 * Wait until the batch before is done, and have this one worked on.  Not 0 when
 * one of the two went wrong, and then crew_end says what.
 */
int crew_work(struct crew *, struct err *) QTE_MUST_CHECK;

/* crew_end(c, e): wait for the last batch and end.  Its status. */
int crew_end(struct crew *, struct err *) QTE_MUST_CHECK;

#endif
