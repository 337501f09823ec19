/* SPDX-License-Identifier: MIT */
/*
 * The paths that a manifest lists, to tell what it lists twice or not at all.
 * Of each path 128 bits of its SHA-256 are kept: 22 to 43 bytes in all, however
 * long it is, and nobody can make a path that is taken for another.
 */
#ifndef QTE_VERIFY_MANIFEST_SEEN_H
#define QTE_VERIFY_MANIFEST_SEEN_H

#include "base/base.h"
#include "base/buf.h"
#include "format/crypt.h"

struct seen_key {
	uint64_t high, low; /* both 0: a free slot */
};

struct seen {
	struct crypt_sha256 *hash; /* owned */
	struct seen_key *slots;	   /* owned */
	size_t n, cap;		   /* cap is a power of two, or 0 */
};

void seen_init(struct seen *);
void seen_release(struct seen *);

/* seen_add(s, path): false when it was there. */
bool seen_add(struct seen *, const struct buf *);
bool seen_has(const struct seen *, const struct buf *);

#endif
