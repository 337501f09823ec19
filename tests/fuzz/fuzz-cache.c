/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file of the cache, with the checksums that they should have:
 * what a broken program could have written is read without harm.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "format/digest.h"
#include "market/cache_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Of a head behind its checksum: where the size of its columns stands. */
#define SIZE_AT 20
#define CHECK_SIZE sizeof(uint64_t)
#define HEAD (CACHE_BLOCK_HEAD - 2 * CHECK_SIZE)
#define TAIL (CACHE_TAIL_SIZE - CHECK_SIZE)

static void
add_sum(struct buf *to, const void *bytes, size_t n, uint64_t seed)
{
	uint64_t sum = digest_sum(bytes, n, seed);

	buf_add(to, &sum, sizeof(sum));
}

/* One block of ${n} bytes at most; return how many it took. */
static size_t
add_block(struct buf *to, const uint8_t *bytes, size_t n, uint64_t seed)
{
	struct buf head = {0};
	uint32_t size;

	memcpy(&size, bytes + SIZE_AT - CHECK_SIZE, sizeof(size));
	if (size > n - HEAD)
		size = (uint32_t)(n - HEAD);
	add_sum(&head, bytes + HEAD, size, seed);
	buf_add(&head, bytes, HEAD);
	add_sum(to, head.data, head.len, seed);
	buf_add(to, head.data, head.len);
	buf_add(to, bytes + HEAD, size);
	buf_release(&head);
	return HEAD + size;
}

static void
read_all(struct cache_read *r)
{
	struct batch b;
	int64_t row, rows = 0;

	batch_init(&b, 1000);
	if (cache_read_find(r, 0, &row) == 0)
		assert(row >= 0 && row <= r->tail.rows);
	if (cache_read_seek(r, r->tail.rows / 3) == 0)
		while (cache_read_rows(r, &b, b.cap) == 0 && b.n > 0) {
			rows += (int64_t)b.n;
			assert(b.n <= b.cap && rows <= r->tail.rows);
			batch_reset(&b);
		}
	batch_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	uint64_t seed = 0;
	struct buf b = {0};
	struct cache_read r;
	FILE *file;
	size_t at = TAIL, start;

	if (n < TAIL)
		return 0;
	memcpy(&seed, bytes + 24, sizeof(seed));
	while (n - at > HEAD)
		at += add_block(&b, bytes + at, n - at, seed);
	start = b.len;
	buf_add(&b, bytes, TAIL);
	add_sum(&b, b.data + start, TAIL, CACHE_VERSION);
	file = tmpfile();
	assert(file != NULL &&
	    write(fileno(file), b.data, b.len) == (ssize_t)b.len);
	if (cache_read_open(&r, dup(fileno(file))) == 0) {
		read_all(&r);
		cache_read_close(&r);
	}
	fclose(file);
	buf_release(&b);
	return 0;
}
