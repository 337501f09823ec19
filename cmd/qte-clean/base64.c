/* SPDX-License-Identifier: MIT */
/* Bytes as text: base64. */
#include "base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_put(struct buf *to, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t three = (uint32_t)p[i] << 16;
		char four[] = "====";

		three |= i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0;
		three |= i + 2 < n ? (uint32_t)p[i + 2] : 0;
		for (size_t k = 0; k < 4 && i + k < n + 1; k++)
			four[k] = digits[three >> (18 - 6 * k) & 63];
		buf_add(to, four, 4);
	}
}

/* The three bytes of four digits; how many there are, 0 for none. */
static size_t
take_four(const char *four, char *three)
{
	uint32_t bits = 0;
	size_t n = 4;

	while (n > 2 && four[n - 1] == '=')
		n--;
	for (size_t k = 0; k < 4; k++) {
		const char *digit = k < n ? strchr(digits, four[k]) : digits;

		if (digit == NULL || *digit == '\0')
			return 0;
		bits = bits << 6 | (uint32_t)(digit - digits);
	}
	for (size_t k = 0; k < 3; k++)
		three[k] = (char)(bits >> (16 - 8 * k) & 255);
	/* Bits behind the last byte stand for nothing. */
	if ((n == 2 && (bits & 0xffff) != 0) || (n == 3 && (bits & 0xff) != 0))
		return 0;
	return n - 1;
}

bool
base64_take(struct buf *to, const char *text)
{
	char three[3];
	size_t len = strlen(text), n = 3;

	if (len % 4 != 0)
		return false;
	for (size_t i = 0; i < len; i += 4) {
		/* What is not full is the end. */
		n = n == 3 ? take_four(text + i, three) : 0;
		if (n == 0)
			return false;
		buf_add(to, three, n);
	}
	return true;
}
