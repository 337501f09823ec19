/* SPDX-License-Identifier: MIT */
/* The cache of a run. */
#include "keep.h"

#include <stdlib.h>

#include "face/home.h"

int
keep_init(struct keep *k, const struct options *o, struct err *e)
{
	*k = (struct keep){.wanted =
			       (o->cache || o->build_cache) && !o->no_cache,
	    .opts = {.dir = o->cache_dir, .full = o->cache_full}};
	if (!k->wanted || k->opts.dir != NULL)
		return 0;
	k->opts.dir = k->dir = home_cache();
	k->wanted = k->dir != NULL;
	return k->wanted ? 0
			 : err_set(e, EX_CANTCREAT,
			       "no cache: $HOME is not set, "
			       "and --cache-dir not given");
}

void
keep_release(struct keep *k)
{
	free(k->dir);
	*k = (struct keep){.wanted = false};
}

const struct cache_opts *
keep_opts(const struct keep *k)
{
	return k->wanted ? &k->opts : NULL;
}

void
keep_tell(const struct bars *bars, const struct log *log)
{
	const struct cache *c = bars_cache(bars);

	if (c->trouble.status != 0)
		log_warn(log, "%s", c->trouble.msg);
	if (c->stands)
		log_info(log, "cache '%s' was %s", c->path,
		    c->reading ? "read" : "made");
}

/* Whether ${bars} are in the cache, now that all of them are read. */
static int
check_stands(const struct bars *bars, const char *path, struct err *e)
{
	const struct cache *c = bars_cache(bars);

	if (c->stands)
		return 0;
	if (c->trouble.status == 0)
		return err_set(e, EX_CANTCREAT,
		    "%s: no cache was made: it is not a file, or was changed "
		    "while it was read",
		    path);
	*e = c->trouble;
	return e->status = EX_CANTCREAT;
}

int
keep_build(const char *path, const struct bars_opts *opts,
    const struct log *log, struct err *e)
{
	struct bars_opts all = *opts;
	struct bars bars;
	struct batch batch;
	int rc;

	all.range = (struct range_opts){.has_from = false};
	rc = bars_open(&bars, path, &all, e);
	if (rc != 0)
		return rc;
	batch_init(&batch, BATCH_ROWS);
	do {
		rc = bars_fill(&bars, &batch, e);
	} while (rc == 0);
	if (rc == BARS_END)
		rc = check_stands(&bars, path, e);
	if (rc == 0)
		keep_tell(&bars, log);
	batch_release(&batch);
	bars_close(&bars);
	return rc;
}
