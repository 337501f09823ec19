/* SPDX-License-Identifier: MIT */
/* What lies in the trash: it goes in the end, or comes back. */
#ifndef QTE_CLEAN_PURGE_H
#define QTE_CLEAN_PURGE_H

#include "base/base.h"
#include "base/err.h"
#include "run.h"

/*
 * purge_old(run, site, e):
 * Take what lies in the trash of the rule for longer than its trash_ttl, run by
 * run, and the directories there: trash_since.  A trash that cannot be looked
 * through, here and below, is a fault of its rule; what cannot be reached in it
 * is an item that failed.
 */
int purge_old(struct run *, const struct site *, struct err *) QTE_MUST_CHECK;

/*
 * purge_undo(run, e):
 * Bring back all that the run of --undo put into the trash of any rule.
 * EX_NOINPUT when each rule's trash is known not to have that run.
 */
int purge_undo(struct run *, struct err *) QTE_MUST_CHECK;

#endif
