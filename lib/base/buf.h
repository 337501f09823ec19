/* SPDX-License-Identifier: MIT */
/*
 * A string of bytes that grows.  { 0 } is an empty one.  Once something was
 * added, data[len] is always a NUL that does not count.
 */
#ifndef QTE_BUF_H
#define QTE_BUF_H

#include "base/base.h"

struct buf {
	char *data; /* owned; NULL while nothing was ever added */
	size_t len; /* bytes in use */
	size_t cap; /* bytes allocated */
};

/* buf_reserve(b, n): room for ${n} more bytes; return where they begin. */
char *buf_reserve(struct buf *, size_t);

/* buf_add(b, bytes, n), buf_str(b, text), buf_char(b, c): append. */
void buf_add(struct buf *, const void *, size_t);
void buf_str(struct buf *, const char *);
void buf_char(struct buf *, char);

/* buf_fmt(b, format, ...): append what printf would write. */
void buf_fmt(struct buf *, const char *, ...) QTE_PRINTF(2, 3);

/* buf_shown(b, text): append a string as a terminal may see it (utf8_glyph). */
void buf_shown(struct buf *, const char *);

/* buf_text(b): the content as a string, borrowed; "" when empty. */
const char *buf_text(const struct buf *);

/* buf_reset(b): empty it, keep the memory. */
void buf_reset(struct buf *);

/* buf_detach(b): hand the content to the caller as an owned string. */
char *buf_detach(struct buf *) QTE_MUST_CHECK;

/* buf_release(b): give the memory back; ${b} is empty again. */
void buf_release(struct buf *);

#endif
