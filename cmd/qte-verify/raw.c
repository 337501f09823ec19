/* SPDX-License-Identifier: MIT */
/* Bytes of the data in a record. */
#include "raw.h"

#include "base/utf8.h"

static void
base64(struct buf *to, const unsigned char *p, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t three = (uint32_t)p[i] << 16;

		if (i + 1 < n)
			three |= (uint32_t)p[i + 1] << 8;
		if (i + 2 < n)
			three |= p[i + 2];
		buf_char(to, digits[three >> 18]);
		buf_char(to, digits[three >> 12 & 63]);
		buf_char(to, i + 1 < n ? digits[three >> 6 & 63] : '=');
		buf_char(to, i + 2 < n ? digits[three & 63] : '=');
	}
}

void
raw_put(struct rec *rec, const char *key, const char *text, size_t n)
{
	size_t shown = n < RAW_MAX ? n : RAW_MAX;
	size_t whole = utf8_valid(text, shown);
	struct buf name = {0}, value = {0};

	/* A cut may go through the middle of a character of four bytes. */
	if (whole == shown || (n > shown && shown - whole < 4)) {
		rec_bytes(rec, key, text, whole);
		return;
	}
	buf_fmt(&name, "%s_b64", key);
	base64(&value, (const unsigned char *)text, shown);
	rec_text(rec, buf_text(&name), buf_text(&value));
	buf_release(&name);
	buf_release(&value);
}
