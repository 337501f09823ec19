/* SPDX-License-Identifier: MIT */
/*
 * Which files of a tree a rule takes.  What decides, the stronger first:
 * protect, exclude, keep_last; then a file goes that is old enough, or that
 * quota or min_free asks for.  These and keep_last need every file of the rule
 * once or more before the first verdict:
 *
 *	pick_init(&p, rule, &opts);
 *	while (pick_learns(&p)) {
 *		for (each file) (void)pick_file(&p, &w, &item);
 *		pick_learned(&p);
 *	}
 *	for (each file) switch (pick_file(&p, &w, &item)) ...
 *	pick_release(&p);
 */
#ifndef QTE_CLEAN_PICK_H
#define QTE_CLEAN_PICK_H

#include "base/base.h"
#include "base/buf.h"
#include "item.h"
#include "rules/claim.h"
#include "rules/cut.h"
#include "rules/guard.h"
#include "rules/rule.h"
#include "walk/walk.h"

enum pick_verdict {
	PICK_NONE,   /* it is no file of the rule, or it stays */
	PICK_TAKE,   /* it goes; the item is filled in */
	PICK_SKIP,   /* it would, but for what ->result says; filled in */
	PICK_FAILED, /* it cannot be looked at; ->errnum */
};

enum pick_cut { PICK_KEEP_LAST, PICK_QUOTA, PICK_MIN_FREE, PICK_CUTS };

/* What a rule does not say; borrowed. */
struct pick_opts {
	struct guard *guard;
	const struct claim_set
	    *claim; /* files that are no longer there for it */
	int64_t now_ns;
	int64_t need; /* bytes that min_free lacks; 0 or less: none */
};

struct pick {
	const struct rule *rule;
	struct pick_opts opts;
	bool learning;
	bool wanted[PICK_CUTS];
	struct cut cuts[PICK_CUTS];
	struct buf path; /* of a file, below the rule's directory */
};

void pick_init(struct pick *, const struct rule *, const struct pick_opts *);
bool pick_learns(const struct pick *);
void pick_learned(struct pick *);

/* pick_file(p, w, item): the verdict on the file that ${w} is at. */
enum pick_verdict pick_file(struct pick *, struct walk *, struct item *);

/* pick_names(rule, name): whether the rule is about files of that name. */
bool pick_names(const struct rule *, const char *);

/* pick_is_old(p, time): whether the rule's files of that time are to go. */
bool pick_is_old(const struct pick *, int64_t);

/* pick_goes_into(p, w): whether the directory that ${w} is at is gone into. */
bool pick_goes_into(const struct pick *, const struct walk *);
void pick_release(struct pick *);

#endif
