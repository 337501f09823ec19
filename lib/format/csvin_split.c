/* SPDX-License-Identifier: MIT */
/* Records that need no parser: a fifth of the time, or a tenth. */
#include <string.h>

#include "base/word.h"
#include "format/csvin.h"
#include "format/csvin_state.h"

bool
csvin_split_plain(struct csvin *c, const char *line, size_t n)
{
	char *text = buf_reserve(&c->text, n + WORD_BYTES);
	size_t start = 0;

	memcpy(text, line, n);
	memset(text + n, ' ', WORD_BYTES);
	for (size_t base = 0; base < n; base += WORD_BYTES) {
		uint64_t x = word_load(text + base);
		uint64_t parts = word_is(x, c->delimiter);

		if ((word_odd(x) & ~parts) != 0) {
			c->fields.n = 0;
			return false;
		}
		for (; parts != 0; parts &= parts - 1) {
			size_t at = base + word_first(parts);

			/* One is a blank behind the end when it parts them. */
			if (at >= n)
				break;
			text[at] = '\0';
			csvin_note(c, at - start);
			start = at + 1;
		}
	}
	csvin_note(c, n - start);
	text[n] = '\0';
	c->text.len = n + 1;
	c->complete = c->plain = true;
	return true;
}

bool
csvin_split(struct csvin *c, const char *line, size_t n)
{
	const char *p = line, *end = line + n, *next;

	if (memchr(line, '"', n) != NULL || memchr(line, '\r', n) != NULL)
		return false;
	buf_add(&c->text, line, n);
	buf_char(&c->text, '\0');
	for (; (next = memchr(p, c->delimiter, (size_t)(end - p)));
	     p = next + 1) {
		c->text.data[next - line] = '\0';
		csvin_note(c, (size_t)(next - p));
	}
	csvin_note(c, (size_t)(end - p));
	c->complete = true;
	return true;
}
