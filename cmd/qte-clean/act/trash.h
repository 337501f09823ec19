/* SPDX-License-Identifier: MIT */
/*
 * The trash of a rule: what a run took lies under its old path below
 * DIR/.qte-trash/RUN until it is purged, or brought back.
 */
#ifndef QTE_CLEAN_TRASH_H
#define QTE_CLEAN_TRASH_H

#include "act/act.h"
#include "base/base.h"

#define TRASH_DIR ".qte-trash"

/* trash_put(act): move the file into the trash of ->run_id. */
void trash_put(struct act *);

/*
 * trash_restore(act):
 * Move the file from the trash of ->undo back into its directory, which is made
 * where it is gone; ->fd is not used.
 */
void trash_restore(struct act *);

#endif
