/* SPDX-License-Identifier: MIT */
/* Checksums, by the header of xxHash: nothing is linked. */
#include "format/digest.h"

#include <stdlib.h>

#include "base/mem.h"
#include "format/digest_avx2.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#define ALIGNMENT 64 /* that the state asks for */

/* Shorter input is read in another way, without vectors. */
#define LONG 1024

struct digest_run {
	XXH3_state_t *state; /* in ->memory */
	void *memory;	     /* owned */
};

static struct digest
of(XXH128_hash_t hash)
{
	return (struct digest){hash.high64, hash.low64};
}

uint64_t
digest_sum(const void *bytes, size_t n, uint64_t seed)
{
	return n >= LONG && digest_avx2()
	    ? digest_avx2_sum(bytes, n, seed)
	    : XXH3_64bits_withSeed(bytes, n, seed);
}

struct digest
digest_make(const void *bytes, size_t n)
{
	return of(XXH3_128bits(bytes, n));
}

struct digest_run *
digest_new(void)
{
	struct digest_run *d = mem_alloc(1, sizeof(*d));

	d->memory = mem_alloc(sizeof(*d->state) + ALIGNMENT, 1);
	char *at = d->memory;

	at += ALIGNMENT - (uintptr_t)at % ALIGNMENT;
	d->state = (void *)at;
	XXH3_INITSTATE(d->state);
	(void)XXH3_128bits_reset(d->state);
	return d;
}

void
digest_add(struct digest_run *d, const void *bytes, size_t n)
{
	if (digest_avx2())
		digest_avx2_add(d->state, bytes, n);
	else
		(void)XXH3_128bits_update(d->state, bytes, n);
}

struct digest
digest_so_far(const struct digest_run *d)
{
	return of(XXH3_128bits_digest(d->state));
}

void
digest_free(struct digest_run *d)
{
	if (d == NULL)
		return;
	free(d->memory);
	free(d);
}
