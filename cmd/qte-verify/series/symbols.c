/* SPDX-License-Identifier: MIT */
/* What is known of each symbol. */
#include "series/symbols.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "format/digest.h"
#include "series.h"

#define BLOCK 1024
#define SLOTS_MIN 64

_Static_assert(sizeof(struct symbol) <= 64, "a symbol takes one cache line");

struct symbol *
symbols_at(const struct symbols *t, uint32_t i)
{
	return &t->blocks.at[i / BLOCK].at[i % BLOCK];
}

const char *
symbols_name(const struct symbols *t, const struct symbol *s, size_t *len)
{
	uint16_t n;

	memcpy(&n, t->names.data + s->name, sizeof(n));
	*len = n;
	return t->names.data + s->name + sizeof(n);
}

/* How much of a name of that length is kept. */
static size_t
kept(size_t len)
{
	return len < SERIES_SYMBOL_MAX ? len : SERIES_SYMBOL_MAX;
}

static bool
is_named(const struct symbols *t, uint32_t i, const char *name, size_t len)
{
	size_t n;
	const char *own = symbols_name(t, symbols_at(t, i), &n);

	/* Without a column there is no name to compare. */
	return n == len && (n == 0 || memcmp(own, name, len) == 0);
}

static size_t
slot_of(const struct symbols *t, const char *name, size_t len)
{
	const char *bytes = len > 0 ? name : "";
	size_t i = (size_t)digest_sum(bytes, len, 0) & (t->nslots - 1);

	while (t->slots[i] != 0 && !is_named(t, t->slots[i] - 1, name, len))
		i = (i + 1) & (t->nslots - 1);
	return i;
}

static void
grow(struct symbols *t)
{
	free(t->slots);
	t->nslots = t->nslots > 0 ? t->nslots * 2 : SLOTS_MIN;
	t->slots = mem_alloc(t->nslots, sizeof(*t->slots));
	for (uint32_t i = 0; i < t->n; i++) {
		size_t len;
		const char *name = symbols_name(t, symbols_at(t, i), &len);

		t->slots[slot_of(t, name, len)] = i + 1;
	}
}

static void
add(struct symbols *t, const char *name, size_t len)
{
	uint16_t n = (uint16_t)kept(len);
	struct symbol *s;

	if (t->n % BLOCK == 0)
		VEC_PUSH(&t->blocks)->at = mem_alloc(BLOCK, sizeof(*s));
	s = symbols_at(t, t->n++);
	s->name = (uint32_t)t->names.len;
	buf_add(&t->names, &n, sizeof(n));
	buf_add(&t->names, name, n);
	if (t->n * 2 > t->nslots)
		grow(t);
	else
		t->slots[slot_of(t, name, n)] = t->n;
}

struct symbol *
symbols_find(struct symbols *t, const char *name, size_t len)
{
	size_t slot;

	len = kept(len);
	/* Rows come by symbol, or by time with the symbols in one order. */
	for (uint32_t i = t->last; i < t->last + 2; i++)
		if (t->n > 0 && is_named(t, i < t->n ? i : 0, name, len)) {
			t->last = i < t->n ? i : 0;
			return symbols_at(t, t->last);
		}
	if (t->nslots == 0)
		return NULL;
	slot = slot_of(t, name, len);
	if (t->slots[slot] == 0)
		return NULL;
	t->last = t->slots[slot] - 1;
	return symbols_at(t, t->last);
}

struct symbol *
symbols_take(struct symbols *t, const char *name, size_t len)
{
	struct symbol *s = symbols_find(t, name, len);

	if (s != NULL || t->n == SERIES_SYMBOLS)
		return s;
	add(t, name, len);
	t->last = t->n - 1;
	return symbols_at(t, t->last);
}

void
symbols_release(struct symbols *t)
{
	for (size_t i = 0; i < t->blocks.n; i++)
		free(t->blocks.at[i].at);
	VEC_RELEASE(&t->blocks);
	free(t->slots);
	buf_release(&t->names);
}
