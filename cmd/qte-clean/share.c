/* SPDX-License-Identifier: MIT */
/* How many files of each directory go. */
#include "share.h"

#include <stdlib.h>

#include "base/mem.h"
#include "format/digest.h"

#define CAP_MIN 64

/* Where ${sum} is, or would go. */
static struct share_dir *
slot_of(const struct share *s, uint64_t sum)
{
	size_t i = (size_t)sum & (s->cap - 1);

	while (s->slots[i].sum != 0 && s->slots[i].sum != sum)
		i = (i + 1) & (s->cap - 1);
	return &s->slots[i];
}

static void
grow(struct share *s)
{
	struct share old = *s;

	s->cap = old.cap > 0 ? 2 * old.cap : CAP_MIN;
	s->slots = mem_alloc(s->cap, sizeof(s->slots[0]));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i].sum != 0)
			*slot_of(s, old.slots[i].sum) = old.slots[i];
	free(old.slots);
}

int64_t
share_add(struct share *s, const char *dir, const char *path, int64_t taken)
{
	struct share_dir *slot;
	uint64_t sum;

	if (taken == 0)
		return 0;
	buf_reset(&s->path);
	buf_fmt(&s->path, "%s%s%s", dir, *path != '\0' ? "/" : "", path);
	sum = digest_sum(s->path.data, s->path.len, 0);
	if (2 * s->n >= s->cap)
		grow(s);
	slot = slot_of(s, sum != 0 ? sum : 1);
	s->n += slot->sum == 0;
	slot->sum = sum != 0 ? sum : 1;
	slot->taken += taken;
	return slot->taken;
}

void
share_release(struct share *s)
{
	free(s->slots);
	buf_release(&s->path);
	*s = (struct share){0};
}
