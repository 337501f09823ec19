/* SPDX-License-Identifier: MIT */
/* What a run came to. */
#include "tally.h"

void
tally_add(struct tally *t, const struct item *item)
{
	t->matched++;
	t->results[item->result]++;
	if (item->result == ITEM_OK)
		t->done[item->action]++;
	if (item->result == ITEM_OK || item->result == ITEM_PLANNED)
		t->freed += item->freed;
}
