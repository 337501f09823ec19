/* SPDX-License-Identifier: MIT */
/* outside-session, non-trading-day, off-grid, mixed-frequency, gap. */
#ifndef QTE_VERIFY_TIMING_H
#define QTE_VERIFY_TIMING_H

#include "series/inner.h"

/* Equal steps that are a frequency. */
#define TIMING_RUN 5

/* timing_row(s, visit): judge when the row is. */
void timing_row(struct series *, const struct visit *);

/* timing_note(s, visit): whether it stands at an end of a session. */
void timing_note(struct series *, const struct visit *);

/* timing_quick(s, y, before, ts): whether there is nothing to judge. */
static inline bool
timing_quick(const struct series *s, struct symbol *y, int64_t before,
    int64_t ts)
{
	if (inner_step(before, ts) != s->interval_ns ||
	    y->step_ns != s->interval_ns || ts < s->calm_from_ns ||
	    ts >= s->calm_until_ns || before < s->calm_from_ns ||
	    (y->flags & SYMBOL_HELD) != 0 || s->learn != NULL)
		return false;
	y->run += y->run < UINT32_MAX;
	y->row = s->serial;
	return true;
}

#endif
