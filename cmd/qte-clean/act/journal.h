/* SPDX-License-Identifier: MIT */
/*
 * What a run writes to the audit log: that it began, what it is about to do
 * with each file, and what became of that.
 */
#ifndef QTE_CLEAN_JOURNAL_H
#define QTE_CLEAN_JOURNAL_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/vec.h"
#include "face/audit.h"
#include "item.h"

/* Of which run the records are; borrowed. */
struct journal_run {
	const char *id;
	char *const *args;
	int nargs;
};

struct journal_note {
	const char *action;
	const char *result;  /* NULL: it is an intent */
	size_t path, reason; /* where they begin in ->texts */
	const struct rule *rule;
};

struct journal {
	struct audit audit;
	struct journal_run run;
	bool begun; /* the run is in the log */
	struct {
		VEC(struct journal_note);
	} notes; /* not written yet */
	struct buf texts;
	struct {
		VEC(struct audit_event);
	} events;
};

/*
 * journal_open(j, path, run, e):
 * Open the log at ${path}; nothing is written.  What audit_open returns, and
 * then there is nothing to close.
 */
int journal_open(struct journal *, const char *, const struct journal_run *,
    struct err *) QTE_MUST_CHECK;

/* journal_intent(j, item): note that the item is about to be done. */
void journal_intent(struct journal *, const struct item *);

/* journal_result(j, item): note what became of it. */
void journal_result(struct journal *, const struct item *);

/*
 * journal_write(j, e):
 * Write what was noted, all or nothing, and make it last; nothing when nothing
 * was.  What audit_append returns; then the intents are forgotten, since they
 * must not be carried out, and the results wait for the next time.
 */
int journal_write(struct journal *, struct err *) QTE_MUST_CHECK;
void journal_close(struct journal *);

#endif
