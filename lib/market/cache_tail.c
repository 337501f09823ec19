/* SPDX-License-Identifier: MIT */
/* The end of a file of the column cache. */
#include "market/cache_tail.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "market/cache_bytes.h"

static const char magic[8] = {'Q', 'T', 'E', 'c', 'a', 'c', 'h', 'e'};

/* The coarsest steps of times that are in use are of two seconds. */
#define STEP_S 2

_Static_assert(BARS_FAULTS == 20,
    "kinds of refused rows have numbers in files: raise CACHE_VERSION");

static void
put_time(struct buf *to, const struct cache_time *t)
{
	cache_put_64(to, (uint64_t)t->s);
	cache_put_32(to, t->ns);
}

static void
get_time(struct cache_time *t, const char **at)
{
	t->s = (int64_t)cache_get_64(at);
	t->ns = cache_get_32(at);
}

static void
put_source(struct buf *to, const struct cache_source *s)
{
	cache_put_64(to, (uint64_t)s->size);
	put_time(to, &s->changed);
	put_time(to, &s->touched);
	cache_put_64(to, s->device);
	cache_put_64(to, s->inode);
}

static void
get_source(struct cache_source *s, const char **at)
{
	s->size = (int64_t)cache_get_64(at);
	get_time(&s->changed, at);
	get_time(&s->touched, at);
	s->device = cache_get_64(at);
	s->inode = cache_get_64(at);
}

/* The members but for the texts, which stand before. */
static void
put_fixed(const struct cache_tail *t, struct buf *to)
{
	size_t start = to->len;

	buf_add(to, magic, sizeof(magic));
	cache_put_32(to, CACHE_VERSION);
	cache_put_32(to, (uint32_t)strlen(t->key));
	cache_put_32(to,
	    t->symbol != NULL ? (uint32_t)strlen(t->symbol) : UINT32_MAX);
	cache_put_32(to, 0);
	cache_put_64(to, t->seed);
	cache_put_64(to, (uint64_t)t->blocks);
	cache_put_64(to, (uint64_t)t->size);
	cache_put_64(to, (uint64_t)t->rows);
	cache_put_64(to, (uint64_t)t->first_ns);
	cache_put_64(to, (uint64_t)t->last_ns);
	put_source(to, &t->source);
	put_time(to, &t->since);
	cache_put_32(to, 0);
	cache_put_64(to, t->digest.high);
	cache_put_64(to, t->digest.low);
	cache_put_64(to, (uint64_t)t->read);
	cache_put_64(to, (uint64_t)t->matched);
	for (size_t i = 0; i < BARS_FAULTS; i++)
		cache_put_64(to, (uint64_t)t->skipped[i]);
	while (to->len - start < CACHE_TAIL_SIZE - sizeof(uint64_t))
		buf_char(to, '\0');
}

void
cache_tail_put(const struct cache_tail *t, struct buf *to)
{
	size_t start = to->len;

	buf_str(to, t->key);
	buf_str(to, t->symbol != NULL ? t->symbol : "");
	put_fixed(t, to);
	cache_put_64(to,
	    digest_sum(to->data + start, to->len - start, CACHE_VERSION));
}

/* The lengths of the texts; false: it is no file of this version. */
static bool
lengths(const char *bytes, size_t *key, size_t *symbol, bool *has_symbol)
{
	const char *at = bytes + sizeof(magic);

	if (memcmp(bytes, magic, sizeof(magic)) != 0 ||
	    cache_get_32(&at) != CACHE_VERSION)
		return false;
	*key = cache_get_32(&at);
	*symbol = cache_get_32(&at);
	*has_symbol = *symbol != UINT32_MAX;
	if (!*has_symbol)
		*symbol = 0;
	return *key <= CACHE_TEXT_MAX && *symbol <= CACHE_TEXT_MAX;
}

bool
cache_tail_other(const char *bytes)
{
	const char *at = bytes + sizeof(magic);

	return memcmp(bytes, magic, sizeof(magic)) == 0 &&
	    cache_get_32(&at) != CACHE_VERSION;
}

size_t
cache_tail_text(const char *bytes, int64_t size)
{
	size_t key, symbol;
	bool has_symbol;

	if (!lengths(bytes, &key, &symbol, &has_symbol) ||
	    (int64_t)(key + symbol) > size - CACHE_TAIL_SIZE)
		return SIZE_MAX;
	return key + symbol;
}

/* The members but for the texts. */
static void
get_fixed(struct cache_tail *t, const char *bytes)
{
	const char *at = bytes + sizeof(magic) + 4 * sizeof(uint32_t);

	t->seed = cache_get_64(&at);
	t->blocks = (int64_t)cache_get_64(&at);
	t->size = (int64_t)cache_get_64(&at);
	t->rows = (int64_t)cache_get_64(&at);
	t->first_ns = (int64_t)cache_get_64(&at);
	t->last_ns = (int64_t)cache_get_64(&at);
	get_source(&t->source, &at);
	get_time(&t->since, &at);
	(void)cache_get_32(&at);
	t->digest.high = cache_get_64(&at);
	t->digest.low = cache_get_64(&at);
	t->read = (int64_t)cache_get_64(&at);
	t->matched = (int64_t)cache_get_64(&at);
	for (size_t i = 0; i < BARS_FAULTS; i++)
		t->skipped[i] = (int64_t)cache_get_64(&at);
}

bool
cache_tail_get(struct cache_tail *t, const char *bytes, size_t n)
{
	const char *fixed = bytes + n - CACHE_TAIL_SIZE;
	const char *check = bytes + n - sizeof(uint64_t);
	size_t key, symbol;
	bool has_symbol;

	if (n < CACHE_TAIL_SIZE ||
	    !lengths(fixed, &key, &symbol, &has_symbol) ||
	    key + symbol + CACHE_TAIL_SIZE != n ||
	    digest_sum(bytes, n - sizeof(uint64_t), CACHE_VERSION) !=
		cache_get_64(&check))
		return false;
	get_fixed(t, fixed);
	t->key = mem_text(bytes, key);
	t->symbol = has_symbol ? mem_text(bytes + key, symbol) : NULL;
	return true;
}

void
cache_tail_release(struct cache_tail *t)
{
	free(t->key);
	free(t->symbol);
	t->key = t->symbol = NULL;
}

void
cache_tail_source(struct cache_source *s, const struct stat *st)
{
	*s = (struct cache_source){.size = st->st_size,
	    .changed = {st->st_mtim.tv_sec, (uint32_t)st->st_mtim.tv_nsec},
	    .touched = {st->st_ctim.tv_sec, (uint32_t)st->st_ctim.tv_nsec},
	    .device = st->st_dev,
	    .inode = st->st_ino};
}

static bool
same_time(const struct cache_time *a, const struct cache_time *b)
{
	return a->s == b->s && a->ns == b->ns;
}

bool
cache_tail_same(const struct cache_source *a, const struct cache_source *b)
{
	return a->size == b->size && same_time(&a->changed, &b->changed) &&
	    same_time(&a->touched, &b->touched) && a->device == b->device &&
	    a->inode == b->inode;
}

bool
cache_tail_settled(const struct cache_source *s, const struct cache_time *since)
{
	return s->changed.s < since->s - STEP_S &&
	    s->touched.s < since->s - STEP_S;
}
