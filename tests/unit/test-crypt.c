/* SPDX-License-Identifier: MIT */
/* Tests of format/crypt. */
#include "format/crypt.h"
#include "unit.h"

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
check_hash(const char *text, const char *want)
{
	struct crypt_sha256 *s = crypt_sha256_new();
	char hex[CRYPT_SHA256_HEX];

	crypt_sha256_add(s, text, strlen(text));
	crypt_sha256_hex(s, hex);
	CHECK_STR(hex, want);
	crypt_sha256_free(s);
}

UNIT_TEST("crypt: SHA-256 of the examples of FIPS 180-4")
{
	check_hash("abc", ABC);
	check_hash("",
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	check_hash("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
	    "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

UNIT_TEST("crypt: SHA-256 of a million letters, in pieces of any size")
{
	static char text[1000000];
	struct crypt_sha256 *s = crypt_sha256_new();
	char hex[CRYPT_SHA256_HEX];
	size_t n;

	memset(text, 'a', sizeof(text));
	for (size_t at = 0; at < sizeof(text); at += n) {
		n = at % 257 + 1;
		n = n < sizeof(text) - at ? n : sizeof(text) - at;
		crypt_sha256_add(s, text + at, n);
	}
	crypt_sha256_hex(s, hex);
	CHECK_STR(hex,
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	crypt_sha256_free(s);
}

UNIT_TEST("crypt: SHA-256 starts afresh once it was asked for")
{
	struct crypt_sha256 *s = crypt_sha256_new();
	char hex[CRYPT_SHA256_HEX];

	crypt_sha256_add(s, "x", 1);
	crypt_sha256_hex(s, hex);
	crypt_sha256_add(s, "ab", 2);
	crypt_sha256_add(s, "", 0);
	crypt_sha256_add(s, "c", 1);
	crypt_sha256_hex(s, hex);
	CHECK_STR(hex, ABC);
	crypt_sha256_free(s);
	crypt_sha256_free(NULL);
}
