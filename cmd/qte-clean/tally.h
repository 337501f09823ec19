/* SPDX-License-Identifier: MIT */
/* What a run came to, counted item by item. */
#ifndef QTE_CLEAN_TALLY_H
#define QTE_CLEAN_TALLY_H

#include "base/base.h"
#include "item.h"

struct tally {
	int64_t scanned; /* names looked at */
	int64_t matched; /* items, whatever became of them */
	int64_t done[ITEM_ACTIONS];
	int64_t results[ITEM_RESULTS];
	int64_t freed;	      /* of what is done or planned */
	int64_t rules_failed; /* whose directory could not be worked on */
	bool refused;	      /* by --max-delete or the clock */
};

/* tally_add(t, item): ->result is what became of it. */
void tally_add(struct tally *, const struct item *);

#endif
