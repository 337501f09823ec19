/* SPDX-License-Identifier: MIT */
/*
 * Signs of life for one who watches a run that lasts: every --heartbeat a
 * record that it is there, and one of how much it got done.
 */
#ifndef QTE_RUN_PULSE_H
#define QTE_RUN_PULSE_H

#include "base/base.h"
#include "format/rec.h"
#include "market/bars.h"
#include "options.h"

/* Latencies by size: 16 classes for each doubling, from 1 ns on. */
#define PULSE_CLASSES (64 * 16)

struct pulse {
	bool on;
	struct bars *bars; /* borrowed */
	struct rec rec;
	int64_t period_ns, begun; /* of when_ticks */
	int64_t taken;		  /* when the bars were there; 0: none are */
	/* Since the last record. */
	int64_t since, rows, errors;
	int64_t counts[PULSE_CLASSES], works, longest_ns;
};

/*
 * pulse_begin(p, options, bars, out):
 * Records go to ${out}, and also while ${bars} waits for input.  There are none
 * in the text form and under --reproducible.
 */
void pulse_begin(struct pulse *, const struct options *, struct bars *,
    struct out *);

/* pulse_look(p): is it time, as when what comes holds no bars. */
void pulse_look(struct pulse *);

/* pulse_taken(p): bars are in memory.  pulse_worked(p): they are worked off. */
void pulse_taken(struct pulse *);
void pulse_worked(struct pulse *);

/* pulse_end(p): a last record of what got done. */
void pulse_end(struct pulse *);

#endif
