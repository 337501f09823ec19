/* SPDX-License-Identifier: MIT */
/* What a run has to say besides its result. */
#ifndef QTE_RUN_WARN_H
#define QTE_RUN_WARN_H

#include "machine/log.h"
#include "run.h"

/*
 * warn_run(log, run): a line for each thing to know, after the last bar.
 * warn_rows(log, bars): those of the data.
 */
void warn_rows(const struct log *, const struct bars *);
void warn_run(const struct log *, const struct run *);

#endif
