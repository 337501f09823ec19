/* SPDX-License-Identifier: MIT */
/* Files that a rule of this run had. */
#include "rules/claim.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "format/digest.h"

#define CAP_MIN 1024

static uint64_t
hash(const struct item *item)
{
	/* Not by the seed: of a short name it is as good as a part, and names
	 * and inodes that both count up fall together. */
	const uint64_t parts[] = {item->id.dev, item->id.ino,
	    digest_sum(item->name, strlen(item->name), 0)};
	uint64_t sum = digest_sum(parts, sizeof(parts), 0);

	return sum != 0 ? sum : 1;
}

/* Where ${sum} is, or would go. */
static size_t
slot_of(const struct claim_set *s, uint64_t sum)
{
	size_t i = (size_t)sum & (s->cap - 1);

	while (s->slots[i] != 0 && s->slots[i] != sum)
		i = (i + 1) & (s->cap - 1);
	return i;
}

static void
grow(struct claim_set *s)
{
	struct claim_set old = *s;

	s->cap = old.cap > 0 ? 2 * old.cap : CAP_MIN;
	s->slots = mem_alloc(s->cap, sizeof(s->slots[0]));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i] != 0)
			s->slots[slot_of(s, old.slots[i])] = old.slots[i];
	free(old.slots);
}

void
claim_add(struct claim_set *s, const struct item *item)
{
	uint64_t sum = hash(item);
	size_t i;

	if (s->off)
		return;
	if (2 * s->n >= s->cap)
		grow(s);
	i = slot_of(s, sum);
	s->n += s->slots[i] == 0;
	s->slots[i] = sum;
}

bool
claim_has(const struct claim_set *s, const struct item *item)
{
	return s->n > 0 && s->slots[slot_of(s, hash(item))] != 0;
}

void
claim_reset(struct claim_set *s)
{
	if (s->n > 0)
		memset(s->slots, 0, s->cap * sizeof(s->slots[0]));
	s->n = 0;
}

void
claim_release(struct claim_set *s)
{
	free(s->slots);
	*s = (struct claim_set){0};
}
