/* SPDX-License-Identifier: MIT */
/* Bytes of the data in a record: escaped, and not too many of them. */
#ifndef QTE_VERIFY_RAW_H
#define QTE_VERIFY_RAW_H

#include "base/base.h"
#include "format/rec.h"

/* At most so many bytes are shown, whole characters. */
#define RAW_MAX 200

/*
 * raw_put(rec, key, text, n):
 * The first RAW_MAX of ${n} bytes as the member ${key}, or as KEY_b64, in
 * base64 (RFC 4648), when they are not UTF-8.
 */
void raw_put(struct rec *, const char *, const char *, size_t);

/* raw_name(rec, key, text, n): the same, but all of them. */
void raw_name(struct rec *, const char *, const char *, size_t);

#endif
