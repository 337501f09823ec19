/* SPDX-License-Identifier: MIT */
/* Bytes as text that survives any JSON reader: base64 of RFC 4648, padded. */
#ifndef QTE_BASE64_H
#define QTE_BASE64_H

#include "base/base.h"
#include "base/buf.h"

/* base64_put(to, bytes, n): append ${n} bytes. */
void base64_put(struct buf *, const void *, size_t);

/*
 * base64_take(to, text):
 * Append the bytes that ${text} stands for.  Return false, with some appended,
 * when it is not what base64_put writes.
 */
bool base64_take(struct buf *, const char *) QTE_MUST_CHECK;

#endif
