/* SPDX-License-Identifier: MIT */
/*
 * What a symbol did: its last 250 moves and its last 60 volumes, which grow
 * with the bars seen, and which findings about it wait.
 */
#ifndef QTE_VERIFY_TRACK_H
#define QTE_VERIFY_TRACK_H

#include "base/base.h"

#define TRACK_MOVES 250
#define TRACK_VOLUMES 60

/* With fewer nothing is said to be unusual. */
#define TRACK_LEAST 20

struct held;

struct track;

struct track *track_new(void) QTE_MUST_CHECK;
void track_free(struct track *);

/* track_held(t): the first finding that waits, or NULL. */
struct held **track_held(struct track *);

/*
 * track_is_far(t, move): whether it is more than 12 times 1.4826 times the
 * median absolute deviation from the median of the last moves.
 * track_move(t, move): add one.
 */
bool track_is_far(const struct track *, double);
void track_move(struct track *, double);

/*
 * track_is_spike(t, volume, median):
 * Whether it is more than 50 times the median of the last volumes, by the
 * decimals that they are written as.  track_volume(t, volume): add one above 0.
 */
bool track_is_spike(struct track *, double, double *);
void track_volume(struct track *, double);

/* track_moves(t), track_volumes(t): how many there are, up to the above. */
int track_moves(const struct track *);
int track_volumes(const struct track *);

#endif
