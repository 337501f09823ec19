/* SPDX-License-Identifier: MIT */
/* A run: what all of its parts work with. */
#ifndef QTE_CLEAN_RUN_H
#define QTE_CLEAN_RUN_H

#include "base/base.h"
#include "base/err.h"
#include "emit.h"
#include "face/progress.h"
#include "machine/lock.h"
#include "machine/log.h"
#include "options.h"
#include "rules/claim.h"
#include "rules/guard.h"
#include "share.h"
#include "tally.h"
#include "walk/inuse.h"
#include "walk/site.h"

/* A signal stopped the run.  Not a status: the program ends by the signal. */
#define RUN_STOPPED LOCK_SIGNAL

struct apply;

struct run {
	const struct options *options;
	const struct log *log;
	char *const *args;
	int nargs;
	struct emit *emit;
	int64_t now_ns; /* the one moment that all ages count from */
	struct site_list sites;
	struct guard guard;
	struct inuse inuse;
	struct claim_set claim;
	struct share share;
	struct tally tally;
	struct progress progress;
	struct apply *apply; /* NULL: nothing is changed */
	bool counting; /* what would go is only counted: nothing is written */
};

/*
 * run_item(run, item, root, e):
 * Count the item and, but for ->counting, write it; or with ->apply bring it to
 * its result first, below the ${root} of its rule: apply_add.
 */
int run_item(struct run *, const struct item *, const struct beneath *,
    struct err *) QTE_MUST_CHECK;

#endif
