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

/* keep_init(k, options, log), keep_release(k): what the options say. */
void keep_init(struct keep *, const struct options *, const struct log *);
void keep_release(struct keep *);

/* keep_opts(k): for bars_opts, borrowed; NULL: without a cache. */
const struct cache_opts *keep_opts(const struct keep *);

/* keep_warn(bars, log): say what was wrong with the cache. */
void keep_warn(const struct bars *, const struct log *);

/*
 * keep_build(path, opts, e):
 * Read all of ${path}, so that it is in the cache.  BARS_SIGNAL; EX_CANTCREAT
 * when there is none after that; or as bars_open and bars_fill.
 */
int keep_build(const char *, const struct bars_opts *,
    struct err *) QTE_MUST_CHECK;

#endif
