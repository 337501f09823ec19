/* SPDX-License-Identifier: MIT */
/* Bytes of the data in a record. */
#include "raw.h"

#include "base/base64.h"
#include "base/utf8.h"

/* The first ${whole} of them are UTF-8, up to ${end} they are to be shown. */
static void
put(struct rec *rec, const char *key, const char *text, size_t whole,
    size_t end)
{
	struct buf name = {0}, value = {0};

	if (whole == end) {
		rec_bytes(rec, key, text, whole);
		return;
	}
	buf_fmt(&name, "%s_b64", key);
	base64_put(&value, text, end);
	rec_text(rec, buf_text(&name), buf_text(&value));
	buf_release(&name);
	buf_release(&value);
}

void
raw_put(struct rec *rec, const char *key, const char *text, size_t n)
{
	size_t shown = n < RAW_MAX ? n : RAW_MAX;
	size_t whole = utf8_valid(text, shown);

	/* A cut may go through the middle of a character of four bytes. */
	if (n > shown && shown - whole < 4)
		shown = whole;
	put(rec, key, text, whole, shown);
}

void
raw_name(struct rec *rec, const char *key, const char *text, size_t n)
{
	put(rec, key, text, utf8_valid(text, n), n);
}
