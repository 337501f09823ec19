/* SPDX-License-Identifier: MIT */
/* Bytes as text and back: base64. */
#include "base/base.h"
#include "base/base64.h"
#include "unit.h"

static bool
is_taken(const char *text)
{
	struct buf b = {0};
	bool ok = base64_take(&b, text);

	buf_release(&b);
	return ok;
}

UNIT_TEST("base64: the vectors of RFC 4648, both ways")
{
	static const char *const pairs[][2] = {{"", ""}, {"f", "Zg=="},
	    {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="},
	    {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

	for (size_t i = 0; i < QTE_COUNT(pairs); i++) {
		struct buf text = {0}, bytes = {0};

		base64_put(&text, pairs[i][0], strlen(pairs[i][0]));
		CHECK_STR(buf_text(&text), pairs[i][1]);
		CHECK(base64_take(&bytes, pairs[i][1]));
		CHECK_STR(buf_text(&bytes), pairs[i][0]);
		buf_release(&text);
		buf_release(&bytes);
	}
}

UNIT_TEST("base64: every byte comes back at every place")
{
	for (int c = 0; c < 256; c++) {
		for (size_t n = 1; n <= 4; n++) {
			char raw[4] = {(char)c, (char)~c, (char)(c * 7), 0};
			struct buf text = {0}, bytes = {0};

			base64_put(&text, raw, n);
			CHECK(base64_take(&bytes, buf_text(&text)));
			CHECK_INT(bytes.len, n);
			CHECK(memcmp(bytes.data, raw, n) == 0);
			buf_release(&text);
			buf_release(&bytes);
		}
	}
}

UNIT_TEST("base64: what is not as it is written is refused")
{
	static const char *const bad[] = {"Z", "Zg",
	    "Zg=", "Zg==Zg==", "Zh==", "Zm9=", "Z===", "====", "Zm 9", "Zm9v\n",
	    "Zg=v", "Zm-_"};

	for (size_t i = 0; i < QTE_COUNT(bad); i++)
		if (!CHECK(!is_taken(bad[i])))
			printf("# %s\n", bad[i]);
}
