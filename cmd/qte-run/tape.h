/* SPDX-License-Identifier: MIT */
/*
 * A batch of bars and what accounts need to be marked at its closes: worked out
 * once, whoever goes through it.
 */
#ifndef QTE_RUN_TAPE_H
#define QTE_RUN_TAPE_H

#include "base/base.h"
#include "market/batch.h"

struct tape {
	struct batch batch;
	bool exact; /* ->close holds whole ticks, all below NUM_WHOLE */
	double
	    *close; /* in ticks of 10^-scale; read as figures/stats.h has it */
	double *memory;		/* owned: of these, and room around them */
	double lowest, highest; /* of them */
	struct bars_price low;	/* no price of the batch is below it */
};

/* tape_init(t, room), tape_release(t): ${room} bars at most. */
void tape_init(struct tape *, size_t);
void tape_release(struct tape *);

/* tape_ready(t): ->batch was filled. */
void tape_ready(struct tape *);

#endif
