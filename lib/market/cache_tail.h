/* SPDX-License-Identifier: MIT */
/*
 * The end of a file of the column cache (qte-data(5)): which source it was made
 * from and how, and what became of its rows.  Under one checksum.
 */
#ifndef QTE_CACHE_TAIL_H
#define QTE_CACHE_TAIL_H

#include <sys/stat.h>

#include "base/base.h"
#include "base/buf.h"
#include "format/digest.h"
#include "market/bars_fault.h"

/* Raise it when the layout changes, or what is read from the same source. */
#define CACHE_VERSION 2

/* Bytes at the end whose number does not change, and of all texts at most. */
#define CACHE_TAIL_SIZE 512
#define CACHE_TEXT_MAX 65536

/* Room for kinds of refused rows. */
#define CACHE_FAULTS 24

/* A time as stat(2) gives it. */
struct cache_time {
	int64_t s;
	uint32_t ns;
};

/* What tells that a file is as it was. */
struct cache_source {
	int64_t size;
	struct cache_time changed, touched; /* content; anything (ctime) */
	uint64_t device, inode;
};

struct cache_tail {
	uint64_t seed;	/* of all checksums before it */
	int64_t blocks; /* how many, the size in bytes, and the rows in them */
	int64_t size;
	int64_t rows;
	int64_t first_ns, last_ns; /* the times of the first and the last row */
	struct cache_source source;
	struct cache_time since; /* the source was like this then */
	struct digest digest;	 /* of its bytes */
	int64_t read;		 /* rows of the source, used or not */
	int64_t matched;	 /* of the symbol */
	int64_t skipped[BARS_FAULTS];
	char *key;    /* owned: the source's path and how it was read */
	char *symbol; /* owned: what its column says, or NULL: it has none */
};

/* cache_tail_put(t, to): append the bytes. */
void cache_tail_put(const struct cache_tail *, struct buf *);

/*
 * cache_tail_text(bytes, size):
 * Of a file of ${size} bytes, whose last CACHE_TAIL_SIZE are ${bytes}: how many
 * bytes stand before those and belong to the tail; SIZE_MAX when it is no file
 * of this version.
 */
size_t cache_tail_text(const char *, int64_t) QTE_MUST_CHECK;

/* cache_tail_other(bytes): whether it is one of another version. */
bool cache_tail_other(const char *);

/*
 * cache_tail_get(t, bytes, n):
 * Read the ${n} bytes of all of the tail.  Return false when they are not what
 * cache_tail_put wrote; then there is nothing to release.
 */
bool cache_tail_get(struct cache_tail *, const char *, size_t) QTE_MUST_CHECK;
void cache_tail_release(struct cache_tail *);

/* cache_tail_source(s, st): what ${st} says. */
void cache_tail_source(struct cache_source *, const struct stat *);

/* cache_tail_same(a, b): whether nothing has happened to the file. */
bool cache_tail_same(const struct cache_source *, const struct cache_source *);

/*
 * cache_tail_settled(s, since):
 * Whether any change after ${since} has to show in the times of ${s}: file
 * systems keep them in steps.
 */
bool cache_tail_settled(const struct cache_source *, const struct cache_time *);

#endif
