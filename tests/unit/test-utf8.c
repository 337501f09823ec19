/* SPDX-License-Identifier: MIT */
/* Tests of base/utf8. */
#include "base/utf8.h"
#include "unit.h"

/* Encode ${rune} as UTF-8 would, if it were allowed; return the length. */
static size_t
encode(char *to, uint32_t rune)
{
	if (rune < 0x80) {
		to[0] = (char)rune;
		return 1;
	}
	size_t n = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
	unsigned lead = n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0;

	for (size_t i = n - 1; i > 0; i--) {
		to[i] = (char)(0x80 | (rune & 0x3f));
		rune >>= 6;
	}
	to[0] = (char)(lead | rune);
	return n;
}

UNIT_TEST("utf8: every character is read as itself, no surrogate is")
{
	char text[4];
	uint32_t rune;

	for (uint32_t r = 0; r < 0x120000; r++) {
		size_t n = encode(text, r);
		bool good = r <= 0x10ffff && (r < 0xd800 || r > 0xdfff);

		rune = 0;
		if (!CHECK_INT(utf8_next(text, n, &rune), good ? n : 0) ||
		    !CHECK(!good || rune == r) ||
		    !CHECK_INT(utf8_valid(text, n), good ? n : 0))
			return;
		for (size_t cut = 1; cut < n; cut++)
			CHECK_INT(utf8_next(text, cut, &rune), 0);
	}
}

UNIT_TEST("utf8: two bytes are valid as the table of RFC 3629 says")
{
	for (int a = 0; a < 256; a++) {
		for (int b = 0; b < 256; b++) {
			char text[2] = {(char)a, (char)b};
			size_t want = 0;

			if (a < 0x80)
				want = b < 0x80 ? 2 : 1;
			else if (a >= 0xc2 && a < 0xe0 && b >= 0x80 && b < 0xc0)
				want = 2;
			CHECK_INT(utf8_valid(text, 2), want);
		}
	}
}

UNIT_TEST("utf8: overlong forms and bad ends are not valid")
{
	static const char *const bad[] = {"\xc0\x80", "\xc1\xbf",
	    "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
	    "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
	    "\xfe", "\x80", "\xe2\x82", "\xe2\x28\xa1", "\xf0\x9f\x98",
	    "\xed\xa0\x80", "\xed\xbf\xbf"};

	for (size_t i = 0; i < QTE_COUNT(bad); i++)
		CHECK_INT(utf8_valid(bad[i], strlen(bad[i])), 0);
}

UNIT_TEST("utf8: a bad byte is found at every place of a long text")
{
	char text[64];

	for (size_t n = 0; n <= sizeof(text); n++) {
		memset(text, 'a', sizeof(text));
		CHECK_INT(utf8_valid(text, n), n);
		for (size_t at = 0; at < n; at++) {
			text[at] = (char)0xff;
			CHECK_INT(utf8_valid(text, n), at);
			text[at] = 'a';
		}
	}
	CHECK_INT(utf8_valid("aaaaaaa\xc3\xa9zzzzzzzzz", 18), 18);
}

UNIT_TEST("utf8: columns are counted as terminals do")
{
	static const struct {
		const char *text;
		size_t width;
	} cases[] = {
	    {"", 0}, {"close", 5}, {"\xc3\xa9t\xc3\xa9", 3}, /* été */
	    {"e\xcc\x81", 1},		     /* e and an accent */
	    {"\xe4\xb8\xad\xe6\x96\x87", 4}, /* 中文 */
	    {"\xef\xbc\xa1", 2},	     /* full-width A */
	    {"\xef\xbd\xb1", 1},	     /* half-width katakana */
	    {"\xed\x95\x9c", 2},	     /* Hangul syllable */
	    {"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2}, /* from its letters */
	    {"\xf0\x9f\x98\x80", 2},			 /* a face */
	    {"\xe2\x9c\x93", 1},			 /* check mark */
	    {"\xe2\x82\xac", 1},			 /* euro */
	    {"\xe2\x94\x80\xe2\x94\x82", 2},		 /* box drawing */
	    {"a\xe2\x80\x8b"
	     "b",
		2},			     /* zero width space */
	    {"\xe3\x81\x8b\xe3\x82\x99", 2}, /* kana and its mark */
	    {"\xe3\x80\x80", 2},	     /* ideographic space */
	    {"\xf0\xa0\x80\x80", 2},	     /* plane 2 */
	};

	for (size_t i = 0; i < QTE_COUNT(cases); i++)
		CHECK_INT(utf8_width(cases[i].text, strlen(cases[i].text)),
		    cases[i].width);
}

UNIT_TEST("utf8: no character is wider than two columns")
{
	char text[4];

	for (uint32_t r = 0; r <= 0x10ffff; r++) {
		size_t n = encode(text, r);

		if (r < 0xd800 || r > 0xdfff)
			CHECK(utf8_width(text, n) <= 2);
	}
}
