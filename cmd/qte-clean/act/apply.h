/* SPDX-License-Identifier: MIT */
/*
 * Doing what was planned.  Items wait until there are APPLY_MAX of them; then
 * what is intended is written to the audit log and made to last, each item is
 * looked at once more and done, and what became of it is written to the output.
 * The log gets that with what is intended next, or from journal_write at the
 * end.  Nothing is done that is not in the log before.
 */
#ifndef QTE_CLEAN_APPLY_H
#define QTE_CLEAN_APPLY_H

#include "act/journal.h"
#include "base/base.h"
#include "base/err.h"
#include "item.h"
#include "run.h"
#include "walk/beneath.h"

#define APPLY_MAX 1000

struct apply_item {
	struct item item;
	size_t dir, name; /* where its texts are in ->texts */
	const struct beneath *root;
};

struct apply {
	struct run *run;
	struct journal *journal;
	struct {
		VEC(struct apply_item);
	} items;
	struct buf texts;
	/* The directory that was opened last. */
	const struct beneath *root;
	struct buf path;
	int fd;
	bool undated; /* it was said that the trash has not got its time */
};

/*
 * apply_init(a, run, journal):
 * Both are borrowed.  Without a journal nothing is done: it is said of each
 * item whether it still is what was planned.
 */
void apply_init(struct apply *, struct run *, struct journal *);

/*
 * apply_add(a, item, root, e):
 * Do the item some time before apply_flush returns; an item with a result but
 * ITEM_PLANNED is only written.  The ${root}, of its rule, is borrowed until
 * then, the item is copied.  What goes wrong with an item is its result.
 * EX_IOERR and the like when the log cannot be written.
 * RUN_STOPPED when a signal came and what was to be compressed therefore stays
 * ITEM_PLANNED.
 */
int apply_add(struct apply *, const struct item *, const struct beneath *,
    struct err *) QTE_MUST_CHECK;
int apply_flush(struct apply *, struct err *) QTE_MUST_CHECK;

/* apply_release(a): give back; nothing is done with what waits. */
void apply_release(struct apply *);

#endif
