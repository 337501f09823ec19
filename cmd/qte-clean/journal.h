/* SPDX-License-Identifier: MIT */
/*
 * What a run writes to the audit log: what it intends to do with each file, and
 * what became of that.
 */
#ifndef QTE_CLEAN_JOURNAL_H
#define QTE_CLEAN_JOURNAL_H

#include "base/base.h"
#include "base/err.h"
#include "item.h"

struct journal {
	const char *path; /* borrowed */
	const char *run_id;
};

/*
 * journal_open(j, path, run, e):
 * Open the log at ${path} for ${run}, an id.  EX_CANTCREAT.
 */
int journal_open(struct journal *, const char *, const char *,
    struct err *) QTE_MUST_CHECK;

/* journal_intent(j, item): add a record that the item is about to be done. */
void journal_intent(struct journal *, const struct item *);

/* journal_result(j, item): add a record of what became of it. */
void journal_result(struct journal *, const struct item *);

/*
 * journal_write(j, sync, e):
 * Write the records that were added, all or none of them, and with ${sync} wait
 * until they last.  EX_IOERR, EX_TEMPFAIL.
 */
int journal_write(struct journal *, bool, struct err *) QTE_MUST_CHECK;
void journal_close(struct journal *);

#endif
