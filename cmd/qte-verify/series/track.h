/* SPDX-License-Identifier: MIT */
/*
 * What a symbol did: its last 250 moves and its last 60 volumes, which grow
 * with the bars seen, and which findings about it wait.
 */
#ifndef QTE_VERIFY_TRACK_H
#define QTE_VERIFY_TRACK_H

#include "base/base.h"
#include "base/mem.h"

#define TRACK_MOVES 250
#define TRACK_VOLUMES 60

/* A spike is more than so many medians. */
#define TRACK_SPIKE 50

/* With fewer nothing is said to be unusual. */
#define TRACK_MOVES_LEAST 20
#define TRACK_VOLUMES_LEAST 10

struct held;

/* The last values; the oldest stands at ->next once there are ->cap. */
struct track_ring {
	double *at; /* owned */
	int n, cap, next;
};

struct track {
	struct track_ring moves, volumes;
	/* So many of the volumes are not below the bound: as long as that is
	 * more than half, neither is their median. */
	double bound;
	int above;
	/* The moves by size, while they are asked for: owned, or NULL; */
	double *sorted;
	int asked;	   /* so many moves ago */
	struct held *held; /* the first finding that waits, or NULL */
};

struct track *track_new(void) QTE_MUST_CHECK;
void track_free(struct track *);

/*
 * track_is_far(t, move): whether it is more than 12 times 1.4826 times the
 * median absolute deviation from the median of the last moves.
 */
bool track_is_far(struct track *, double);

/*
 * track_is_spike(t, volume, median):
 * Whether it is more than 50 times the median of the last volumes, by the
 * decimals that they are written as; ${*median} is set when it is.
 */
bool track_is_spike(struct track *, double, double *);

/* track_may_spike(t, volume): without the median: false when it is none. */
static inline bool
track_may_spike(const struct track *t, double volume)
{
	return t->volumes.n >= TRACK_VOLUMES_LEAST &&
	    (t->above <= t->volumes.n / 2 || volume > TRACK_SPIKE * t->bound);
}

/* track_grow(r, most): room for more, up to ${most}; the ring is full. */
void track_grow(struct track_ring *, int);

/* track_push(r, v, most): in the place of the oldest of ${most}. */
static inline void
track_push(struct track_ring *r, double v, int most)
{
	if (r->n < most) {
		if (r->n == r->cap)
			track_grow(r, most);
		r->n++;
	}
	r->at[r->next++] = v;
	if (r->next == most)
		r->next = 0;
}

/* track_resort(t, move): the oldest goes, and ${move} comes, by size. */
void track_resort(struct track *, double);

/* track_move(t, move): add one. */
static inline void
track_move(struct track *t, double move)
{
	if (t->sorted != NULL)
		track_resort(t, move);
	track_push(&t->moves, move, TRACK_MOVES);
}

/* track_volume(t, volume): add one that is above 0. */
static inline void
track_volume(struct track *t, double volume)
{
	if (t->volumes.n == TRACK_VOLUMES)
		t->above -= t->volumes.at[t->volumes.next] >= t->bound;
	t->above += volume >= t->bound;
	track_push(&t->volumes, volume, TRACK_VOLUMES);
}

#endif
