/* SPDX-License-Identifier: MIT */
/* Bytes as text: base64. */
#include "base/base64.h"

#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_put(struct buf *to, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (; n > 0; p += n < 3 ? n : 3, n -= n < 3 ? n : 3) {
		uint32_t bits = (uint32_t)p[0] << 16 |
		    (n > 1 ? (uint32_t)p[1] << 8 : 0) |
		    (n > 2 ? (uint32_t)p[2] : 0);
		char four[] = {digits[bits >> 18], digits[bits >> 12 & 63],
		    n > 1 ? digits[bits >> 6 & 63] : '=',
		    n > 2 ? digits[bits & 63] : '='};

		buf_add(to, four, sizeof(four));
	}
}

/* The value of a digit, or 64. */
static uint32_t
value_of(char digit)
{
	const char *at = digit != '\0' ? strchr(digits, digit) : NULL;

	return at != NULL ? (uint32_t)(at - digits) : 64;
}

/* Four digits, of which the last ${pad} are filling. */
static bool
take_four(struct buf *to, const char *four, size_t pad)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < 4; i++) {
		uint32_t value = i < 4 - pad ? value_of(four[i]) : 0;

		if (value == 64)
			return false;
		bits = bits << 6 | value;
	}
	/* Bits behind the last byte would be a second way to write the same. */
	if ((bits & ((UINT32_C(1) << (8 * pad)) - 1)) != 0)
		return false;
	for (size_t i = 0; i < 3 - pad; i++)
		buf_char(to, (char)(bits >> (16 - 8 * i) & 255));
	return true;
}

bool
base64_take(struct buf *to, const char *text)
{
	for (; text[0] != '\0'; text += 4) {
		size_t n = strnlen(text, 4), pad = 0;

		if (n < 4)
			return false;
		if (text[4] == '\0' && text[3] == '=')
			pad = text[2] == '=' ? 2 : 1;
		if (!take_four(to, text, pad))
			return false;
	}
	return true;
}
