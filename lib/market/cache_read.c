/* SPDX-License-Identifier: MIT */
/* A file of the column cache, read. */
#include "market/cache_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "market/cache_bits.h"

/* Bytes that are read at once: they stay in the second level of cache. */
#define WINDOW ((size_t)64 << 10)

/* Read ${n} bytes at ${at}; false when there are not so many. */
static bool
read_at(int fd, char *to, size_t n, int64_t at)
{
	while (n > 0) {
		ssize_t got = pread(fd, to, n, at);

		if (got > 0) {
			to += got;
			n -= (size_t)got;
			at += got;
		} else if (got == 0 || errno != EINTR) {
			return false;
		}
	}
	return true;
}

/* Whether the members go together with a file of ${size} bytes. */
static bool
fits(const struct cache_tail *t, int64_t size)
{
	const int64_t full = CACHE_BLOCK_ROWS;

	return t->size >= 0 && t->size <= size && t->rows > 0 &&
	    t->rows <= INT64_MAX - full &&
	    t->blocks == (t->rows + full - 1) / full &&
	    t->blocks <= t->size / CACHE_BLOCK_HEAD &&
	    t->first_ns <= t->last_ns;
}

static int
read_tail(struct cache_read *r, int64_t size)
{
	char fixed[CACHE_TAIL_SIZE], *all;
	size_t text, n;
	bool good;

	if (size < CACHE_TAIL_SIZE ||
	    !read_at(r->fd, fixed, sizeof(fixed), size - CACHE_TAIL_SIZE))
		return CACHE_DAMAGED;
	if (cache_tail_other(fixed))
		return CACHE_OTHER;
	text = cache_tail_text(fixed, size);
	if (text == SIZE_MAX)
		return CACHE_DAMAGED;
	n = text + CACHE_TAIL_SIZE;
	all = mem_alloc(n, 1);
	good = read_at(r->fd, all, n, size - (int64_t)n) &&
	    cache_tail_get(&r->tail, all, n);
	free(all);
	if (good && fits(&r->tail, size) && r->tail.size == size - (int64_t)n)
		return 0;
	cache_tail_release(&r->tail);
	return CACHE_DAMAGED;
}

int
cache_read_open(struct cache_read *r, int fd)
{
	struct stat st;
	int rc;

	*r = (struct cache_read){.fd = fd};
	rc = fstat(fd, &st) == 0 ? read_tail(r, st.st_size) : CACHE_DAMAGED;
	if (rc != 0)
		*r = (struct cache_read){.fd = -1};
	return rc;
}

void
cache_read_close(struct cache_read *r)
{
	if (r->fd >= 0)
		(void)close(r->fd);
	cache_tail_release(&r->tail);
	free(r->data);
	*r = (struct cache_read){.fd = -1};
}

/* Start again with the first block. */
static void
rewind_blocks(struct cache_read *r)
{
	r->at = r->next = r->start = 0;
	r->number = 0;
	r->block.rows = 0;
	r->pos = r->len = 0;
}

/*
 * The next ${n} bytes of the blocks, or NULL; borrowed until the next call.
 * When they have to be read, then up to ${most} of the file are.
 */
static const char *
look(struct cache_read *r, size_t n, size_t most)
{
	size_t left = r->len - r->pos;
	int64_t end = r->at + (int64_t)left;

	if (r->tail.size - r->at < (int64_t)n)
		return NULL;
	if (n <= left)
		return r->data + r->pos;
	if (most < n)
		most = n;
	if ((int64_t)(most - left) > r->tail.size - end)
		most = left + (size_t)(r->tail.size - end);
	if (r->cap < most) {
		r->cap = most;
		r->data = mem_resize(r->data, r->cap + CACHE_BITS_SLACK, 1);
	}
	memmove(r->data, r->data + r->pos, left);
	r->pos = 0;
	r->len = left;
	if (!read_at(r->fd, r->data + left, most - left, end))
		return NULL;
	r->len = most;
	return r->data;
}

static void
pass(struct cache_read *r, size_t n)
{
	r->at += (int64_t)n;
	r->pos += n;
	if (r->pos > r->len)
		r->pos = r->len = 0;
}

/*
 * Read the head of the next block, and as many bytes behind it as make ${most}
 * of them.  All blocks but the last are full, so that a row's block is known,
 * and the times grow from one to the next.
 */
static int
next_head(struct cache_read *r, size_t most)
{
	struct cache_block b;
	int64_t start = r->start + (int64_t)r->block.rows;
	const char *bytes;

	if (r->block.rows > 0)
		pass(r, r->block.size);
	bytes = look(r, CACHE_BLOCK_HEAD, most);
	if (bytes == NULL ||
	    !cache_block_head(&b, bytes, r->number, r->tail.seed) ||
	    (int64_t)b.rows >
		r->tail.rows - start || /* the sum may not overflow */
	    (b.rows < CACHE_BLOCK_ROWS &&
		start + (int64_t)b.rows != r->tail.rows) ||
	    (start > 0 && b.first_ns <= r->block.last_ns))
		return CACHE_DAMAGED;
	pass(r, CACHE_BLOCK_HEAD);
	r->block = b;
	r->start = start;
	r->number++;
	return 0;
}

/* Read the columns, which stay in their place until the next head is read. */
static int
load_columns(struct cache_read *r)
{
	const char *columns = look(r, r->block.size, WINDOW);

	return columns != NULL &&
		cache_block_good(&r->block, columns, r->tail.seed)
	    ? 0
	    : CACHE_DAMAGED;
}

static void
add_rows(struct cache_read *r, size_t n, struct batch *to)
{
	cache_block_rows(&r->block, r->data + r->pos, n, to);
}

/* Pass over the first ${n} rows of the block, which is loaded. */
static void
pass_rows(struct cache_read *r, size_t n)
{
	struct batch b;

	if (n == 0)
		return;
	batch_init(&b, n);
	add_rows(r, n, &b);
	batch_release(&b);
}

/* What is not good once is not believed later. */
static int
settle(struct cache_read *r, int rc)
{
	r->damaged = r->damaged || rc != 0;
	return r->damaged ? CACHE_DAMAGED : 0;
}

int
cache_read_seek(struct cache_read *r, int64_t row)
{
	int rc;

	rewind_blocks(r);
	r->next = row;
	if (row >= r->tail.rows)
		return 0;
	do {
		rc = next_head(r, CACHE_BLOCK_HEAD);
	} while (rc == 0 && row - r->start >= (int64_t)r->block.rows);
	if (rc == 0)
		rc = load_columns(r);
	if (rc == 0)
		pass_rows(r, (size_t)(row - r->start));
	return settle(r, rc);
}

int
cache_read_rows(struct cache_read *r, struct batch *to, size_t n)
{
	int64_t end = r->start + (int64_t)r->block.rows;
	size_t left;
	int rc;

	if (r->damaged || r->next == r->tail.rows)
		return settle(r, 0);
	if (r->next == end) {
		rc = next_head(r, WINDOW);
		if (rc == 0)
			rc = load_columns(r);
		if (settle(r, rc) != 0)
			return CACHE_DAMAGED;
		end = r->start + (int64_t)r->block.rows;
	}
	left = (size_t)(end - r->next);
	if (n > left)
		n = left;
	add_rows(r, n, to);
	r->next += (int64_t)n;
	return 0;
}

/* The first row of the block that is loaded which is not before ${ns}. */
static int64_t
find_in_block(struct cache_read *r, int64_t ns)
{
	struct batch b;
	size_t i = 0;

	batch_init(&b, r->block.rows);
	add_rows(r, r->block.rows, &b);
	while (i < b.n && b.ts_ns[i] < ns)
		i++;
	batch_release(&b);
	return r->start + (int64_t)i;
}

int
cache_read_find(struct cache_read *r, int64_t ns, int64_t *row)
{
	int rc;

	rewind_blocks(r);
	*row = 0;
	while (*row < r->tail.rows) {
		rc = next_head(r, CACHE_BLOCK_HEAD);
		if (rc == 0 && r->block.last_ns >= ns) {
			rc = load_columns(r);
			if (rc == 0)
				*row = find_in_block(r, ns);
			return settle(r, rc);
		}
		if (settle(r, rc) != 0)
			return CACHE_DAMAGED;
		*row += (int64_t)r->block.rows;
	}
	return 0;
}

int64_t
cache_read_seen(const struct cache_read *r)
{
	double share = (double)r->next / (double)r->tail.rows;

	/* Rows that were passed over have no place of their own. */
	return r->next == r->tail.rows
	    ? r->tail.read
	    : (int64_t)(share * (double)r->tail.read);
}
