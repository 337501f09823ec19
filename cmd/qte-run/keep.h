/* SPDX-License-Identifier: MIT */
/* The cache of a run: which one, and what is told of it. */
#ifndef QTE_RUN_KEEP_H
#define QTE_RUN_KEEP_H

#include "base/base.h"
#include "base/err.h"
#include "machine/log.h"
#include "market/bars.h"
#include "options.h"

struct keep {
	bool wanted;
	struct cache_opts opts;
	char *dir; /* owned, or NULL */
};

/*
 * keep_init(k, options, e):
 * What the options say.  EX_CANTCREAT when there is no place for a cache that
 * is wanted; ${k} is then as without one.
 */
int keep_init(struct keep *, const struct options *,
    struct err *) QTE_MUST_CHECK;
void keep_release(struct keep *);

/* keep_opts(k): for bars_opts, borrowed; NULL: without a cache. */
const struct cache_opts *keep_opts(const struct keep *);

/*
 * keep_tell(bars, log):
 * Warn of what was wrong with the cache, or, when asked for, say which was read
 * or made.
 */
void keep_tell(const struct bars *, const struct log *);

/*
 * keep_build(path, opts, log, e):
 * Read all of ${path}, so that it is in the cache.  BARS_SIGNAL; EX_CANTCREAT
 * when there is none after that; or as bars_open and bars_fill.
 */
int keep_build(const char *, const struct bars_opts *, const struct log *,
    struct err *) QTE_MUST_CHECK;

#endif
