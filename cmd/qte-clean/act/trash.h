/* SPDX-License-Identifier: MIT */
/*
 * The trash of a rule: what a run took lies under its old path below
 * DIR/.qte-trash/RUN until it is purged, or brought back.  That directory has
 * the run's now as its mtime, so that the time in the trash goes by the clock
 * that ages go by, and not by the file system's; a run that is killed just
 * after a file went there leaves the file system's time.
 */
#ifndef QTE_CLEAN_TRASH_H
#define QTE_CLEAN_TRASH_H

#include <time.h>

#include "act/act.h"
#include "base/base.h"

#define TRASH_DIR ".qte-trash"

/* The mtime of a run's directory, while a name in it goes. */
struct trash_stamp {
	int fd; /* borrowed; -1: it is no run's directory */
	struct timespec mtime;
};

/*
 * trash_stamp_take(stamp, fd, dir), trash_stamp_give(stamp):
 * Before and after a name goes from the directory ${fd}, which is ${dir} below
 * that of the rule: the time of a run's directory stays what it is.
 */
void trash_stamp_take(struct trash_stamp *, int, const char *);
void trash_stamp_give(const struct trash_stamp *);

/*
 * trash_since(root, run, ns):
 * When the ${run} put its files into the trash.  Return 0, or an errno: ENOENT
 * when it has none there.
 */
int trash_since(const struct beneath *, const char *, int64_t *) QTE_MUST_CHECK;

/* trash_put(act): move the file into the trash of ->run_id; sets ->undated. */
void trash_put(struct act *);

/*
 * trash_restore(act):
 * Move the file from the trash of ->undo back into its directory, which is made
 * as it was where it is gone (way.h); ->fd is not used.  What a failed call
 * keeps there has failed, and is not skipped.
 */
void trash_restore(struct act *);

#endif
