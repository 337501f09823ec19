/* SPDX-License-Identifier: MIT */
/*
 * The column cache: what was read of a market-data file before, in a file that
 * is read several times as fast, as long as it is the same file, read in the
 * same way.  Nothing that goes wrong here is an error of the run: the source is
 * read then, and what was wrong is told.
 */
#ifndef QTE_CACHE_H
#define QTE_CACHE_H

#include "base/base.h"
#include "base/err.h"
#include "machine/in.h"
#include "market/cache_dir.h"
#include "market/cache_read.h"
#include "market/cache_write.h"

struct cache_opts {
	const char *dir; /* borrowed */
	double full;	 /* share of the file system (cache_dir_tidy) */
};

struct cache {
	const struct cache_opts *opts; /* borrowed; NULL: there is none */
	int dir;
	char name[CACHE_NAME_SIZE];
	char *path; /* owned */
	char *key;  /* owned */
	bool reading;
	struct cache_read read;	  /* while ->reading */
	struct cache_write write; /* of use when it is active */
	bool stands; /* there is a file that is believed, or was just made */
	struct err trouble; /* the first thing that went wrong; or 0 */
};

/*
 * cache_open(c, opts, in, how):
 * Look for what is kept of ${in}, of which nothing was read, as ${how} says it
 * is to be read.  Then c->reading says whether that was found; otherwise it is
 * made of what is read from now on, if there is a place for it.  Only a regular
 * file that has a name is kept.
 */
void cache_open(struct cache *, const struct cache_opts *, struct in *,
    const char *);

/*
 * cache_fail(c, in):
 * The file that is read turned out to be damaged: begin to make it anew.
 */
void cache_fail(struct cache *, struct in *);

/* cache_leave(c): read it no more, and make no other. */
void cache_leave(struct cache *);

/* cache_finish(c, in, result): the end of the source, all of it read. */
void cache_finish(struct cache *, struct in *, const struct cache_result *);

/* cache_close(c): give all back; what is not finished leaves nothing. */
void cache_close(struct cache *);

#endif
