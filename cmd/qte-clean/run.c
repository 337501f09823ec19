/* SPDX-License-Identifier: MIT */
/* A run: what all of its parts work with. */
#include "run.h"

#include "act/apply.h"

int
run_item(struct run *run, const struct item *item, const struct beneath *root,
    struct err *e)
{
	if (run->apply != NULL)
		return apply_add(run->apply, item, root, e);
	tally_add(&run->tally, item);
	if (!run->counting)
		emit_item(run->emit, item);
	return 0;
}
