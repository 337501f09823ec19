/* SPDX-License-Identifier: MIT */
/* Whether a record of CSV has arrived. */
#include <string.h>

#include "format/csvin.h"

static bool
odd_quotes(const char *p, const char *end)
{
	bool odd = false;

	while ((p = memchr(p, '"', (size_t)(end - p))) != NULL) {
		odd = !odd;
		p++;
	}
	return odd;
}

static bool
is_blank(const char *p, const char *newline)
{
	return p == newline || (p + 1 == newline && *p == '\r');
}

bool
csvin_ready(const struct in *in)
{
	const char *p = in->data + in->pos, *newline;
	size_t left = in->len - in->pos;
	bool open = false; /* a quote; one in a field stands there twice */

	while (left > 0 && (newline = memchr(p, '\n', left)) != NULL) {
		open ^= odd_quotes(p, newline);
		if (!open && !is_blank(p, newline))
			return true;
		left -= (size_t)(newline + 1 - p);
		p = newline + 1;
	}
	return in->eof;
}
