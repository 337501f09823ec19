/* SPDX-License-Identifier: MIT */
/* SHA-256, by nettle. */
#include "format/crypt.h"

#include <nettle/sha2.h>
#include <stdlib.h>

#include "base/mem.h"

struct crypt_sha256 {
	struct sha256_ctx context;
};

struct crypt_sha256 *
crypt_sha256_new(void)
{
	struct crypt_sha256 *s = mem_alloc(1, sizeof(*s));

	sha256_init(&s->context);
	return s;
}

void
crypt_sha256_add(struct crypt_sha256 *s, const void *bytes, size_t n)
{
	sha256_update(&s->context, n, bytes);
}

void
crypt_sha256_free(struct crypt_sha256 *s)
{
	free(s);
}

void
crypt_sha256_raw(struct crypt_sha256 *s, uint8_t to[CRYPT_SHA256_SIZE])
{
	sha256_digest(&s->context, CRYPT_SHA256_SIZE, to);
}

void
crypt_sha256_hex(struct crypt_sha256 *s, char to[CRYPT_SHA256_HEX])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t hash[CRYPT_SHA256_SIZE];

	crypt_sha256_raw(s, hash);
	for (size_t i = 0; i < sizeof(hash); i++) {
		*to++ = digits[hash[i] >> 4];
		*to++ = digits[hash[i] & 15];
	}
	*to = '\0';
}
