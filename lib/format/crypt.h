/* SPDX-License-Identifier: MIT */
/* Cryptography, by nettle. */
#ifndef QTE_CRYPT_H
#define QTE_CRYPT_H

#include "base/base.h"

#define CRYPT_SHA256_SIZE 32
#define CRYPT_SHA256_HEX 65 /* as text, with the NUL */

struct crypt_sha256;

/* crypt_sha256_new(), _add(s, bytes, n), _free(s): a running SHA-256. */
struct crypt_sha256 *crypt_sha256_new(void) QTE_MUST_CHECK;
void crypt_sha256_add(struct crypt_sha256 *, const void *, size_t);
void crypt_sha256_free(struct crypt_sha256 *);

/*
 * crypt_sha256_hex(s, to), crypt_sha256_raw(s, to):
 * The hash so far, as text or as bytes; ${s} starts afresh.
 */
void crypt_sha256_hex(struct crypt_sha256 *, char[CRYPT_SHA256_HEX]);
void crypt_sha256_raw(struct crypt_sha256 *, uint8_t[CRYPT_SHA256_SIZE]);

#endif
