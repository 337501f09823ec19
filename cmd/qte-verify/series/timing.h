/* SPDX-License-Identifier: MIT */
/* outside-session, non-trading-day, off-grid, mixed-frequency, gap. */
#ifndef QTE_VERIFY_TIMING_H
#define QTE_VERIFY_TIMING_H

#include "series/inner.h"

/* Equal steps that are a frequency. */
#define TIMING_RUN 5

/*
 * timing_row(s, visit):
 * Judge when the row is.
 */
void timing_row(struct series *, const struct visit *);

/* timing_quick(s, y, before, ts): whether there is nothing to judge. */
bool timing_quick(const struct series *, struct symbol *, int64_t, int64_t);

#endif
