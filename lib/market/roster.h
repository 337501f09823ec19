/* SPDX-License-Identifier: MIT */
/*
 * The symbols of a file that holds many: each has a number, from 0 in the order
 * in which they come.
 */
#ifndef QTE_ROSTER_H
#define QTE_ROSTER_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"

/* A symbol of so many bytes is told by its key alone. */
#define ROSTER_SHORT ((size_t)15)

/* The first bytes, and zeros behind them; of a longer one the last is 0xff. */
struct roster_key {
	uint64_t low, high;
};

struct roster {
	struct {
		VEC(struct roster_key);
	} keys; /* by number */
	struct {
		VEC(size_t);
	} ends; /* of the names, in ->text */
	struct buf text;
	uint32_t *slots; /* owned: 1 + the number, or 0 */
	size_t mask;	 /* of slots; 0: there are none */
	uint32_t last;	 /* found last */
};

void roster_release(struct roster *);

/* roster_count(s), roster_name(s, id, n): borrowed until the next is added.
 */
size_t roster_count(const struct roster *);
const char *roster_name(const struct roster *, uint32_t, size_t *);

/* roster_take(s, text, n): the number of the symbol, which may be a new one.
 */
uint32_t roster_take(struct roster *, const char *, size_t);

static inline size_t
roster_slot(const struct roster *s, const struct roster_key *key)
{
	uint64_t hash = (key->low ^ key->high * UINT64_C(0x9e3779b97f4a7c15)) *
	    UINT64_C(0xff51afd7ed558ccd);

	return (hash >> 32) & s->mask;
}

static inline bool
roster_is(const struct roster *s, uint32_t id, const struct roster_key *key)
{
	const struct roster_key *k = &s->keys.at[id];

	return k->low == key->low && k->high == key->high;
}

/*
 * roster_known(s, key, id):
 * The number of a short symbol, if it has one.  Rows go through the symbols in
 * turn, or stay at one for long.
 */
static inline bool
roster_known(struct roster *s, const struct roster_key *key, uint32_t *id)
{
	uint32_t n = (uint32_t)s->keys.n, next = s->last + 1;

	if (n == 0)
		return false;
	next = next < n ? next : 0;
	if (roster_is(s, s->last, key))
		next = s->last;
	else if (!roster_is(s, next, key)) {
		size_t slot = roster_slot(s, key);

		while (s->slots[slot] != 0 &&
		    !roster_is(s, s->slots[slot] - 1, key))
			slot = (slot + 1) & s->mask;
		if (s->slots[slot] == 0)
			return false;
		next = s->slots[slot] - 1;
	}
	*id = s->last = next;
	return true;
}

#endif
