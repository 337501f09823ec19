/* SPDX-License-Identifier: MIT */
/*
 * Those who work a sweep out: each takes its trials through every batch, at its
 * own pace, while more batches are read.
 */
#ifndef QTE_RUN_CREW_H
#define QTE_RUN_CREW_H

#include <pthread.h>
#include <signal.h>

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
#define CREW_TAPES 8

struct crew {
	struct sweep *sweep;	/* borrowed */
	struct worker *workers; /* owned */
	size_t n;
	size_t threads; /* of the last workers; the caller is the others */
	sigset_t signals, quiet;
	struct tape tapes[CREW_TAPES];

	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t waiting; /* threads, for a change */
	int64_t ahead;	/* batches that may be read ahead, CREW_TAPES at most */
	int64_t turn;	/* batches that are to be worked on, or were */
	bool reading;	/* somebody reads one */
	bool ended;	/* there will be no more: */
	int rc;		/* what bars_fill said, with */
	struct err err; /* this */
};

/*
 * crew_room(options, trials):
 * Bars in a batch: as asked for, but few where the columns of many trials would
 * take too much memory.
 */
size_t crew_room(const struct options *, size_t);

/*
 * crew_run(s, e):
 * Take the trials of ${s} through all batches; whoever is free reads the next
 * one.  The status of what went wrong first: of the earliest batch, and there
 * of the first trial; else what bars_fill ended with, or 0 when a signal came
 * between two batches.
 */
int crew_run(struct sweep *, struct err *) QTE_MUST_CHECK;

#endif
