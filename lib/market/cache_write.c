/* SPDX-License-Identifier: MIT */
/* A file of the column cache, written. */
#include "market/cache_write.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

#define FILE_MODE ((mode_t)0600)

/* A source's bytes on their way to the parser. */
static void
on_bytes(void *arg, const void *bytes, size_t n)
{
	struct cache_write *w = arg;

	digest_add(w->digest, bytes, n);
	w->bytes += (int64_t)n;
}

/* No two files have the same, so that a block of one is none of another. */
static uint64_t
make_seed(const struct cache_write *w, const struct stat *st)
{
	const uint64_t parts[] = {w->tail.source.inode,
	    (uint64_t)w->tail.source.changed.s, w->tail.source.changed.ns,
	    st->st_ino, (uint64_t)st->st_mtim.tv_sec,
	    (uint64_t)st->st_mtim.tv_nsec};

	return digest_sum(parts, sizeof(parts), CACHE_VERSION);
}

int
cache_write_open(struct cache_write *w, const char *path, struct in *in,
    struct err *e)
{
	struct stat source, st;
	int rc;

	*w = (struct cache_write){.active = false};
	rc = out_open(&w->out, path, e);
	if (rc != 0)
		return rc;
	w->out.fleeting = true;
	if (fstat(in->fd, &source) != 0 || fstat(w->out.fd, &st) != 0 ||
	    fchmod(w->out.fd, FILE_MODE) != 0) {
		rc = err_sys(e, EX_CANTCREAT, errno, "%s", path);
		out_abort(&w->out);
		return rc;
	}
	cache_tail_source(&w->tail.source, &source);
	w->tail.since = (struct cache_time){st.st_mtim.tv_sec,
	    (uint32_t)st.st_mtim.tv_nsec};
	w->tail.seed = make_seed(w, &st);
	w->press = cache_press_new(w->tail.seed);
	w->digest = digest_new();
	batch_init(&w->rows, CACHE_BLOCK_ROWS);
	in->tap = (struct fd_tap){on_bytes, w};
	w->active = true;
	return 0;
}

/* The rows that wait become a block. */
static void
put_block(struct cache_write *w)
{
	struct cache_block b = {.number = (uint64_t)w->tail.blocks};
	struct batch *rows = &w->rows;
	const struct buf *bytes = cache_block_put(w->press, &b, rows);

	out_write(&w->out, bytes->data, bytes->len);
	if (w->tail.rows == 0)
		w->tail.first_ns = b.first_ns;
	w->tail.last_ns = b.last_ns;
	w->tail.blocks++;
	w->tail.rows += (int64_t)rows->n;
	w->tail.size += (int64_t)bytes->len;
	batch_reset(rows);
}

/* Rows ${from} up to ${to} join those that wait, which have room. */
static void
copy_rows(struct batch *w, const struct batch *rows, size_t from, size_t to)
{
	size_t n = to - from, size = n * sizeof(int64_t);

	memcpy(w->ts_ns + w->n, rows->ts_ns + from, size);
	memcpy(w->volume + w->n, rows->volume + from, size);
	for (size_t k = 0; k < BATCH_PRICES; k++)
		memcpy(w->price[k] + w->n, rows->price[k] + from, size);
	for (size_t i = 0; i < n; i++)
		w->line[w->n + i] = batch_line(rows, from + i);
	for (size_t i = 0; rows->any_loose && i < n; i++) {
		w->loose[w->n + i] = rows->loose[from + i];
		w->any_loose = w->any_loose || rows->loose[from + i] != 0;
	}
	w->n += n;
}

void
cache_write_rows(struct cache_write *w, const struct batch *rows, size_t from,
    int scale)
{
	/* A full disk stays full. */
	while (w->active && w->out.errnum == 0 && from < rows->n) {
		size_t room = w->rows.cap - w->rows.n, n = rows->n - from;

		if (n > room)
			n = room;
		w->rows.scale = scale;
		copy_rows(&w->rows, rows, from, from + n);
		from += n;
		if (w->rows.n == w->rows.cap)
			put_block(w);
	}
}

void
cache_write_bar(struct cache_write *w, const struct bar *bar, int64_t line,
    int scale)
{
	if (!w->active)
		return;
	w->rows.scale = scale;
	batch_add(&w->rows, bar, line);
	if (w->rows.n == w->rows.cap)
		put_block(w);
}

/* Whether what was read is all of the file, and the file is as it was. */
static bool
is_whole(const struct cache_write *w, const struct in *in)
{
	struct cache_source now;
	struct stat st;

	if (fstat(in->fd, &st) != 0 || w->bytes != st.st_size)
		return false;
	cache_tail_source(&now, &st);
	return cache_tail_same(&now, &w->tail.source);
}

static void
put_tail(struct cache_write *w, const struct cache_result *r)
{
	struct cache_tail tail = w->tail;
	struct buf bytes = {0};

	tail.digest = digest_so_far(w->digest);
	tail.read = r->read;
	tail.matched = r->matched;
	memcpy(tail.skipped, r->skipped, sizeof(tail.skipped));
	tail.key = mem_text(r->key, strlen(r->key));
	if (r->symbol != NULL)
		tail.symbol = mem_text(r->symbol, strlen(r->symbol));
	cache_tail_put(&tail, &bytes);
	out_write(&w->out, bytes.data, bytes.len);
	buf_release(&bytes);
	cache_tail_release(&tail);
}

int
cache_write_close(struct cache_write *w, struct in *in,
    const struct cache_result *result, bool *made, struct err *e)
{
	int rc = 0;

	*made = false;
	if (w->active && is_whole(w, in)) {
		if (w->rows.n > 0)
			put_block(w);
		put_tail(w, result);
		rc = out_close(&w->out, e);
		*made = rc == 0;
	}
	in->tap = (struct fd_tap){NULL, NULL};
	cache_write_abort(w);
	return rc;
}

void
cache_write_abort(struct cache_write *w)
{
	if (!w->active)
		return;
	out_abort(&w->out);
	batch_release(&w->rows);
	cache_press_free(w->press);
	digest_free(w->digest);
	*w = (struct cache_write){.active = false};
}
