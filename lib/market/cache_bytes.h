/* SPDX-License-Identifier: MIT */
/* Numbers in the bytes of the column cache: little endian, wherever it runs. */
#ifndef QTE_CACHE_BYTES_H
#define QTE_CACHE_BYTES_H

#include <endian.h>
#include <string.h>

#include "base/base.h"
#include "base/buf.h"

static inline void
cache_put_64(struct buf *to, uint64_t v)
{
	v = htole64(v);
	buf_add(to, &v, sizeof(v));
}

static inline void
cache_put_32(struct buf *to, uint32_t v)
{
	v = htole32(v);
	buf_add(to, &v, sizeof(v));
}

/* The number at ${*at}, which moves on. */
static inline uint64_t
cache_get_64(const char **at)
{
	uint64_t v;

	memcpy(&v, *at, sizeof(v));
	*at += sizeof(v);
	return le64toh(v);
}

static inline uint32_t
cache_get_32(const char **at)
{
	uint32_t v;

	memcpy(&v, *at, sizeof(v));
	*at += sizeof(v);
	return le32toh(v);
}

#endif
