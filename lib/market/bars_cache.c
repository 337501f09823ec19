/* SPDX-License-Identifier: MIT */
/* The bars of a market-data file, as the cache has them. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"
#include "market/bars.h"
#include "market/bars_source.h"

/* The rules of a zone change with the database, and so do the times of rows. */
static void
describe_zone(const struct zone *zone, struct buf *to)
{
	struct buf rules = {0};
	struct digest d;

	if (zone == NULL || zone->name == NULL)
		return;
	zone_rules(zone, &rules);
	d = digest_make(buf_text(&rules), rules.len);
	buf_fmt(to, ", zone %s %016llx%016llx", zone->name,
	    (unsigned long long)d.high, (unsigned long long)d.low);
	buf_release(&rules);
}

/*
 * Whatever has a say in which rows are read of a file, and as what.  The
 * symbol comes last, since it may hold any text.
 */
static void
describe(const struct bars_opts *o, struct buf *to)
{
	const struct columns *c = o->columns;

	buf_fmt(to, "qte %s, delimiter %d, skip %d", QTE_VERSION,
	    o->delimiter != 0 ? o->delimiter : ',', o->skip);
	if (c != NULL)
		buf_fmt(to, ", %zu columns, date %d", c->width, c->date);
	for (size_t i = 0; c != NULL && i < COLUMNS_COUNT; i++)
		buf_fmt(to, " %zd", (ptrdiff_t)c->at[i]);
	describe_zone(o->zone, to);
	if (o->symbol != NULL)
		buf_fmt(to, ", symbol of %zu bytes: %s", strlen(o->symbol),
		    o->symbol);
}

/* Whether the rows are of the symbol that is wanted. */
static bool
has_symbol(const struct bars *b)
{
	const struct bars_source *s = b->source;

	return b->opts->symbol == NULL || s->cache.read.tail.symbol != NULL ||
	    strcmp(b->opts->symbol, s->stem) == 0;
}

/* Find the rows of the range, and go to the first that is wanted. */
static int
seek_range(struct bars *b)
{
	struct bars_source *s = b->source;
	struct cache_read *r = &s->cache.read;
	const struct range_opts *range = &b->opts->range;
	int64_t first;
	int rc = 0;

	s->begins = 0;
	s->ends = r->tail.rows;
	if (range->has_from)
		rc = cache_read_find(r, range->from_ns, &s->begins);
	if (rc == 0 && range->has_to)
		rc = cache_read_find(r, range->to_ns, &s->ends);
	if (rc != 0)
		return rc;
	first = s->begins > range->warmup ? s->begins - range->warmup : 0;
	/* Nothing is wanted before a range that is empty. */
	if (s->begins >= s->ends)
		first = s->begins = s->ends;
	return cache_read_seek(r, first);
}

void
bars_cache_open(struct bars *b)
{
	struct bars_source *s = b->source;
	struct buf how = {0};

	describe(b->opts, &how);
	cache_open(&s->cache, b->opts->cache, &s->in, buf_text(&how));
	buf_release(&how);
	if (!s->cache.reading)
		return;
	if (!has_symbol(b)) {
		cache_leave(&s->cache);
		return;
	}
	if (seek_range(b) != 0) {
		cache_fail(&s->cache, &s->in);
		return;
	}

	const char *named = s->cache.read.tail.symbol;

	if (named != NULL)
		s->cached = mem_text(named, strlen(named));
	b->symbol = named != NULL ? s->cached : s->stem;
	if (b->opts->symbol != NULL)
		b->symbol = b->opts->symbol;
}

/* The rows that were added to ${batch}, the first of which is row ${first}. */
static void
count(struct bars *b, struct batch *batch, int64_t first)
{
	struct bars_source *s = b->source;
	int64_t before = s->begins - first, n = (int64_t)batch->n;

	if (before < 0)
		before = 0;
	batch->first = first - s->begins;
	batch->before = (size_t)(before < n ? before : n);
	b->before = before > n - 1 ? before - (n - 1) : 0;
	b->warmup += (int64_t)batch->before;
	s->given += n - (int64_t)batch->before;
	b->exact = b->exact && !batch->any_loose;
	b->rows = cache_read_seen(&s->cache.read);
	s->scale = batch->scale;
}

/* The last row was handed out. */
static int
end(struct bars *b, struct err *e)
{
	struct bars_source *s = b->source;
	const struct cache_tail *t = &s->cache.read.tail;

	b->rows = t->read;
	b->outside = t->rows - (s->ends - s->begins);
	memcpy(b->skipped, t->skipped, sizeof(b->skipped));
	s->range.begun = s->begins < s->ends;
	s->stamp.any = true;
	s->first_ns = t->first_ns;
	s->stamp.ts_ns = t->last_ns;
	return bars_finish(b, e);
}

static int
changed(const struct bars *b, struct err *e)
{
	return err_set(e, EX_IOERR, "%s: was changed while it was read",
	    csvin_name(b->source->csv));
}

/*
 * Read the source from its start, up to the row behind the ${done} that were
 * handed out already.
 */
static int
pass_rows(struct bars *b, struct batch *batch, int64_t done, struct err *e)
{
	size_t cap = batch->cap;
	int rc = 0;

	while (rc == 0 && done > 0) {
		if ((int64_t)batch->cap > done)
			batch->cap = (size_t)done;
		rc = bars_read(b, batch, e);
		done -= (int64_t)batch->n;
		if (rc == 0 && done == 0 &&
		    batch->ts_ns[batch->n - 1] != b->source->given_ns)
			rc = BARS_END;
	}
	batch->cap = cap;
	return rc == BARS_END ? changed(b, e) : rc;
}

/* The cache is damaged behind the rows that it gave. */
static int
read_source(struct bars *b, struct batch *batch, struct err *e)
{
	struct bars_source *s = b->source;
	int64_t done = s->given + b->warmup;
	int rc;

	cache_fail(&s->cache, &s->in);
	b->rows = b->outside = b->before = b->warmup = s->given = 0;
	rc = bars_begin(b, e);
	if (rc == 0)
		rc = pass_rows(b, batch, done, e);
	return rc == 0 ? bars_read(b, batch, e) : rc;
}

int
bars_cache_fill(struct bars *b, struct batch *batch, struct err *e)
{
	struct bars_source *s = b->source;
	struct cache_read *r = &s->cache.read;
	int64_t first = r->next;
	int rc = 0;

	batch_reset(batch);
	if (sig_seen() != 0)
		return BARS_SIGNAL;
	hook_call(&s->in.on_read);
	while (rc == 0 && batch->n < batch->cap && r->next < s->ends) {
		int64_t left = s->ends - r->next;
		size_t room = batch->cap - batch->n;

		rc = cache_read_rows(r, batch,
		    (int64_t)room < left ? room : (size_t)left);
	}
	if (batch->n > 0) {
		count(b, batch, first);
		s->given_ns = batch->ts_ns[batch->n - 1];
		return 0;
	}
	return rc != 0 ? read_source(b, batch, e) : end(b, e);
}

void
bars_cache_end(struct bars *b)
{
	struct bars_source *s = b->source;
	bool column = s->columns.at[COLUMNS_SYMBOL] != COLUMNS_NONE;
	struct cache_result result = {.symbol = column ? b->symbol : NULL,
	    .read = b->rows,
	    .matched = s->matched,
	    .skipped = b->skipped};

	if (s->stamp.any)
		cache_finish(&s->cache, &s->in, &result);
}

bool
bars_position(const struct bars *b, int64_t *at, int64_t *size)
{
	const struct bars_source *s = b->source;
	const struct cache_tail *t = &s->cache.read.tail;

	if (!s->cache.reading)
		return in_position(&s->in, at, size);
	*size = t->source.size;
	*at = (int64_t)((double)s->cache.read.next / (double)t->rows *
	    (double)t->source.size);
	return true;
}

const struct cache *
bars_cache(const struct bars *b)
{
	return &b->source->cache;
}
