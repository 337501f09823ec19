/* SPDX-License-Identifier: MIT */
/* How far a run is, on the terminal of the one who waits for it. */
#ifndef QTE_RUN_WATCH_H
#define QTE_RUN_WATCH_H

#include "base/base.h"
#include "face/progress.h"
#include "machine/out.h"
#include "market/bars.h"
#include "options.h"
#include "pulse.h"

struct watch {
	struct progress progress;
	struct pulse pulse;
	struct bars *bars; /* borrowed, as is out */
	struct out *out;
};

/*
 * watch_begin(w, options, bars, out):
 * From now on show how far ${bars} is read.  The line goes for good when
 * anything is written to ${out} and that is a terminal.
 */
void watch_begin(struct watch *, const struct options *, struct bars *,
    struct out *);

/* watch_show(w): write the line anew. */
void watch_show(struct watch *);

/* watch_taken(w): a bar is in memory, or some of them. */
static inline void
watch_taken(struct watch *w)
{
	pulse_taken(&w->pulse);
}

/* watch_bar(w): they are worked off. */
static inline void
watch_bar(struct watch *w)
{
	pulse_worked(&w->pulse);
	if (progress_due(&w->progress, w->bars->rows))
		watch_show(w);
}

/* watch_end(w): erase the line; from now on ${w} is not used. */
void watch_end(struct watch *);

#endif
