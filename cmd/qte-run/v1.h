/* SPDX-License-Identifier: MIT */
/* The reference engine: one bar after the other. */
#ifndef QTE_RUN_V1_H
#define QTE_RUN_V1_H

#include "run.h"

/*
 * v1_run(run, e):
 * Run to the end of the data, or to a signal.  EX_DATAERR, EX_IOERR.
 */
int v1_run(struct run *, struct err *) QTE_MUST_CHECK;

#endif
