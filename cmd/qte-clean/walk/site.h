/* SPDX-License-Identifier: MIT */
/* The directory of a rule, opened, and locked where something is changed. */
#ifndef QTE_CLEAN_SITE_H
#define QTE_CLEAN_SITE_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "machine/log.h"
#include "rules/rule.h"
#include "walk/beneath.h"

struct site {
	const struct rule *rule; /* borrowed */
	struct beneath root;	 /* ->fd -1: it cannot be worked on */
	/* Bytes of its file system, as the run began, and what rules freed
	 * since. */
	int64_t free, size, freed;
};

struct site_list {
	VEC(struct site);
	int64_t failed; /* directories that could not be opened */
};

/*
 * site_open(list, rules, log):
 * Open the directory of each rule; what is wrong with one is said and counted,
 * unless it is missing and may be.  A spare one that may not be opened is left
 * out, with a warning.
 */
void site_open(struct site_list *, const struct rule_list *,
    const struct log *);

/*
 * site_lock(list, wait, log, e):
 * Lock all of them against other runs, until site_release.  EX_TEMPFAIL when
 * another run has one for longer than ${wait} ns, but for a spare one, which is
 * left out with a warning; LOCK_SIGNAL.
 */
int site_lock(struct site_list *, int64_t, const struct log *,
    struct err *) QTE_MUST_CHECK;

/* site_overlap(list): whether one that is open is, or is below, another. */
bool site_overlap(const struct site_list *);

/* site_lacks(s): bytes that min_free asks for and the file system lacks. */
int64_t site_lacks(const struct site *);

/*
 * site_freed(list, s, bytes), site_forget(list):
 * So much got free, or will, on the file system of ${s}; nothing did on any.
 */
void site_freed(struct site_list *, const struct site *, int64_t);
void site_forget(struct site_list *);
void site_release(struct site_list *);

#endif
