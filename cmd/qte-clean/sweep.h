/* SPDX-License-Identifier: MIT */
/* One rule after the other, over the files of its directory. */
#ifndef QTE_CLEAN_SWEEP_H
#define QTE_CLEAN_SWEEP_H

#include "base/base.h"
#include "base/err.h"
#include "run.h"

/*
 * sweep_all(run, e):
 * Take what the rules take: into the plan, or with ->apply away.  RUN_STOPPED,
 * or the status of what nothing can be done without.
 */
int sweep_all(struct run *, struct err *) QTE_MUST_CHECK;

/*
 * sweep_check(run, e):
 * Whether more of a directory would go than --max-delete allows: then ->refused
 * is set, and said.  Nothing is written.
 */
int sweep_check(struct run *, struct err *) QTE_MUST_CHECK;

#endif
