/* SPDX-License-Identifier: MIT */
/*
 * The symbols of a file that holds many: each has a number, from 0 in the order
 * in which they come.
 */
#ifndef QTE_SYMBOLS_H
#define QTE_SYMBOLS_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"

/* A symbol of so many bytes is told by its key alone. */
#define SYMBOLS_SHORT ((size_t)15)

/* The first bytes, and zeros behind them; of a longer one the last is 0xff. */
struct symbols_key {
	uint64_t low, high;
};

struct symbols {
	struct {
		VEC(struct symbols_key);
	} keys; /* by number */
	struct {
		VEC(size_t);
	} ends; /* of the names, in ->text */
	struct buf text;
	uint32_t *slots; /* owned: 1 + the number, or 0 */
	size_t mask;	 /* of slots; 0: there are none */
	uint32_t last;	 /* found last */
};

void symbols_release(struct symbols *);

/* symbols_count(s), symbols_name(s, id, n): borrowed until the next is added.
 */
size_t symbols_count(const struct symbols *);
const char *symbols_name(const struct symbols *, uint32_t, size_t *);

/* symbols_take(s, text, n): the number of the symbol, which may be a new one.
 */
uint32_t symbols_take(struct symbols *, const char *, size_t);

static inline size_t
symbols_slot(const struct symbols *s, const struct symbols_key *key)
{
	uint64_t hash = (key->low ^ key->high * UINT64_C(0x9e3779b97f4a7c15)) *
	    UINT64_C(0xff51afd7ed558ccd);

	return (hash >> 32) & s->mask;
}

static inline bool
symbols_is(const struct symbols *s, uint32_t id, const struct symbols_key *key)
{
	const struct symbols_key *k = &s->keys.at[id];

	return k->low == key->low && k->high == key->high;
}

/*
 * symbols_known(s, key, id):
 * The number of a short symbol, if it has one.  Rows go through the symbols in
 * turn, or stay at one for long.
 */
static inline bool
symbols_known(struct symbols *s, const struct symbols_key *key, uint32_t *id)
{
	uint32_t n = (uint32_t)s->keys.n, next = s->last + 1;

	if (n == 0)
		return false;
	next = next < n ? next : 0;
	if (symbols_is(s, s->last, key))
		next = s->last;
	else if (!symbols_is(s, next, key)) {
		size_t slot = symbols_slot(s, key);

		while (s->slots[slot] != 0 &&
		    !symbols_is(s, s->slots[slot] - 1, key))
			slot = (slot + 1) & s->mask;
		if (s->slots[slot] == 0)
			return false;
		next = s->slots[slot] - 1;
	}
	*id = s->last = next;
	return true;
}

#endif
