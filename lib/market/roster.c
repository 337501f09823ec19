/* SPDX-License-Identifier: MIT */
/* The symbols of a file. */
#include "market/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS ((size_t)64)

void
roster_release(struct roster *s)
{
	VEC_RELEASE(&s->keys);
	VEC_RELEASE(&s->ends);
	buf_release(&s->text);
	free(s->slots);
	*s = (struct roster){0};
}

size_t
roster_count(const struct roster *s)
{
	return s->keys.n;
}

const char *
roster_name(const struct roster *s, uint32_t id, size_t *n)
{
	size_t start = id > 0 ? s->ends.at[id - 1] : 0;

	*n = s->ends.at[id] - start;
	return buf_text(&s->text) + start;
}

static struct roster_key
make_key(const char *text, size_t n)
{
	char bytes[ROSTER_SHORT + 1] = {0};
	struct roster_key key;

	memcpy(bytes, text, n < ROSTER_SHORT ? n : ROSTER_SHORT);
	if (n > ROSTER_SHORT)
		memset(bytes + ROSTER_SHORT, 0xff, 1);
	memcpy(&key.low, bytes, sizeof(key.low));
	memcpy(&key.high, bytes + sizeof(key.low), sizeof(key.high));
	return key;
}

static void
put(struct roster *s, uint32_t id)
{
	size_t slot = roster_slot(s, &s->keys.at[id]);

	while (s->slots[slot] != 0)
		slot = (slot + 1) & s->mask;
	s->slots[slot] = id + 1;
}

/* Twice as many slots as symbols, and room for one more. */
static void
make_room(struct roster *s)
{
	size_t n = s->mask + 1;

	if (s->slots != NULL && 2 * (s->keys.n + 1) <= n)
		return;
	n = s->slots != NULL ? 2 * n : FIRST_SLOTS;
	free(s->slots);
	s->slots = mem_alloc(n, sizeof(s->slots[0]));
	s->mask = n - 1;
	for (size_t i = 0; i < s->keys.n; i++)
		put(s, (uint32_t)i);
}

static bool
has_name(const struct roster *s, uint32_t id, const char *text, size_t n)
{
	size_t len;
	const char *name = roster_name(s, id, &len);

	return len == n && memcmp(name, text, n) == 0;
}

uint32_t
roster_take(struct roster *s, const char *text, size_t n)
{
	struct roster_key key = make_key(text, n);
	uint32_t id = (uint32_t)s->keys.n;

	make_room(s);
	for (size_t slot = roster_slot(s, &key); s->slots[slot] != 0;
	     slot = (slot + 1) & s->mask) {
		uint32_t found = s->slots[slot] - 1;

		if (roster_is(s, found, &key) && has_name(s, found, text, n))
			return s->last = found;
	}
	*VEC_PUSH(&s->keys) = key;
	buf_add(&s->text, text, n);
	*VEC_PUSH(&s->ends) = s->text.len;
	put(s, id);
	return s->last = id;
}
