/* SPDX-License-Identifier: MIT */
/*
 * The value of an option from its four sources: default, configuration,
 * environment and flag, each stronger than the one before.
 */
#ifndef QTE_MERGE_H
#define QTE_MERGE_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "face/optset.h"
#include "format/conf.h"

struct merge {
	const struct conf
	    *conf; /* borrowed: what ->entry of slots is part of */
	const struct optset *set; /* borrowed: all slots */
	struct {
		VEC(char *);
	} texts; /* owned: lists cut into words, which the fields point into */
	bool plain; /* the value that was wrong is of a CLI_PLAIN option */
};

/*
 * merge_slot(m, slot, e):
 * Parse what the sources give for ${slot} into its field, the strongest last;
 * weaker values are checked too.  EX_USAGE for a wrong flag, EX_CONFIG for a
 * wrong value elsewhere, or the status that a parser chose.
 */
int merge_slot(struct merge *, struct optset_slot *,
    struct err *) QTE_MUST_CHECK;
void merge_release(struct merge *);

#endif
