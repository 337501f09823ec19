/* SPDX-License-Identifier: MIT */
/*
 * Files that a rule of this run had, so that no later one takes them again:
 * what is planned is then what is done, whatever the rules have in common.
 */
#ifndef QTE_CLEAN_CLAIM_H
#define QTE_CLEAN_CLAIM_H

#include "base/base.h"
#include "item.h"

struct claim_set {
	bool off;	 /* no two rules look at one directory: keep nothing */
	uint64_t *slots; /* owned: hashes; 0 is a free one */
	size_t n, cap;	 /* cap is a power of two, or 0 */
};

/* claim_add(s, item), claim_has(s, item): by device, inode and name. */
void claim_add(struct claim_set *, const struct item *);
bool claim_has(const struct claim_set *, const struct item *);
void claim_reset(struct claim_set *);
void claim_release(struct claim_set *);

#endif
