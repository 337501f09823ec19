/* SPDX-License-Identifier: MIT */
/* What a run has to say besides its result. */
#ifndef QTE_RUN_WARN_H
#define QTE_RUN_WARN_H

#include "machine/log.h"
#include "run.h"
#include "sweep/sweep.h"

/*
 * warn_run(log, run), warn_sweep(log, s):
 * A line for each thing to know, after the last bar.
 */
void warn_run(const struct log *, const struct run *);
void warn_sweep(const struct log *, const struct sweep *);

#endif
