/* SPDX-License-Identifier: MIT */
/* The paths that a manifest lists. */
#include "manifest/seen.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CAP_MIN 1024

void
seen_init(struct seen *s)
{
	*s = (struct seen){.hash = crypt_sha256_new()};
}

void
seen_release(struct seen *s)
{
	crypt_sha256_free(s->hash);
	free(s->slots);
}

static struct seen_key
key_of(const struct seen *s, const struct buf *path)
{
	uint8_t hash[CRYPT_SHA256_SIZE];
	struct seen_key key;

	crypt_sha256_add(s->hash, path->data, path->len);
	crypt_sha256_raw(s->hash, hash);
	memcpy(&key, hash, sizeof(key));
	return key;
}

/* The slot that the key is in, or would be. */
static struct seen_key *
find(const struct seen *s, struct seen_key key)
{
	size_t i = (size_t)key.high & (s->cap - 1);

	while ((s->slots[i].high != 0 || s->slots[i].low != 0) &&
	    (s->slots[i].high != key.high || s->slots[i].low != key.low))
		i = (i + 1) & (s->cap - 1);
	return &s->slots[i];
}

static void
grow(struct seen *s)
{
	struct seen_key *old = s->slots;
	size_t cap = s->cap;

	s->cap = cap > 0 ? 2 * cap : CAP_MIN;
	s->slots = mem_alloc(s->cap, sizeof(*s->slots));
	for (size_t i = 0; i < cap; i++)
		if (old[i].high != 0 || old[i].low != 0)
			*find(s, old[i]) = old[i];
	free(old);
}

bool
seen_add(struct seen *s, const struct buf *path)
{
	struct seen_key key = key_of(s, path), *slot;

	if (4 * s->n >= 3 * s->cap)
		grow(s);
	slot = find(s, key);
	if (slot->high != 0 || slot->low != 0)
		return false;
	*slot = key;
	s->n++;
	return true;
}

bool
seen_has(const struct seen *s, const struct buf *path)
{
	const struct seen_key *slot;

	if (s->cap == 0)
		return false;
	slot = find(s, key_of(s, path));
	return slot->high != 0 || slot->low != 0;
}
