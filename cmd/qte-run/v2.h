/* SPDX-License-Identifier: MIT */
/*
 * The engine over columns: a batch of bars is read, the strategy is worked out
 * for all of them, and only where a signal meets a position that it changes
 * does the account come in.  Its output is that of v1, to the byte.
 */
#ifndef QTE_RUN_V2_H
#define QTE_RUN_V2_H

#include "run.h"

/*
 * v2_run(run, e):
 * Run to the end of the data, or to a signal.  EX_DATAERR, EX_IOERR.
 */
int v2_run(struct run *, struct err *) QTE_MUST_CHECK;

#endif
