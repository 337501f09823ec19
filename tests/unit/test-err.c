/* SPDX-License-Identifier: MIT */
/* Tests of base/err: one line, suggestions, excerpts. */
#include <errno.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/utf8.h"
#include "random.h"
#include "unit.h"

static struct err e;

static bool
suggest(const char *word)
{
	static const struct {
		int other;
		const char *name;
	} table[] = {{1, "close"}, {2, NULL}, {3, "open"}, {4, "volume"},
	    {5, "high"}};

	(void)err_set(&e, EX_USAGE, "x");
	return err_suggest(&e, word, &table[0].name, QTE_COUNT(table),
	    sizeof(table[0]));
}

UNIT_TEST("err: a message has its status and its text")
{
	CHECK_INT(err_set(&e, EX_DATAERR, "%s:%d: bad", "a.csv", 3), 65);
	CHECK_INT(e.status, EX_DATAERR);
	CHECK_STR(e.msg, "a.csv:3: bad");
	CHECK_STR(e.excerpt, "");
}

UNIT_TEST("err: control bytes and bytes that are not UTF-8 are shown as \\xNN")
{
	(void)err_set(&e, 65, "a\nb\tc\x1b[1m\x7f '%s'",
	    "\xff\xc3\xa9\xc0\xaf");
	CHECK_STR(e.msg,
	    "a\\x0Ab\\x09c\\x1B[1m\\x7F '\\xFF\xc3\xa9\\xC0\\xAF'");
	(void)err_set(&e, 65, "%s", "\xc2\x85");
	CHECK_STR(e.msg, "\\xC2\\x85");
	(void)err_set(&e, 65, "%s", "\xe2\x82");
	CHECK_STR(e.msg, "\\xE2\\x82");
}

UNIT_TEST("err: a message of any length fits, and ends in dots when cut")
{
	for (size_t n = 1000; n<6000; n += n> 1050 && n < 5900 ? 97 : 1) {
		char *text = malloc(n + 1);

		if (!CHECK(text != NULL))
			return;
		memset(text, 'a', n);
		text[n] = '\0';
		(void)err_set(&e, 65, "%s", text);
		CHECK_INT(strlen(e.msg), n < 1023 ? n : 1023);
		CHECK(n <= 1023 || strcmp(e.msg + 1019, "a...") == 0);
		free(text);
	}
}

UNIT_TEST("err: a cut never goes through a character")
{
	char text[1200];

	for (size_t shift = 0; shift < 6; shift++) {
		memset(text, 'a', shift);
		for (size_t i = shift; i + 3 < sizeof(text); i += 3)
			memcpy(text + i, "\xe2\x82\xac", 4);
		(void)err_set(&e, 65, "%s", text);
		CHECK(strlen(e.msg) <= 1023 && strlen(e.msg) >= 1018);
		CHECK_INT(utf8_valid(e.msg, strlen(e.msg)), strlen(e.msg));
		CHECK_STR(e.msg + strlen(e.msg) - 3, "...");
		(void)err_wrap(&e, "%s", "");
		CHECK_INT(utf8_valid(e.msg, strlen(e.msg)), strlen(e.msg));
		(void)err_sys(&e, 71, EACCES, "%.1022s", text);
		CHECK_INT(utf8_valid(e.msg, strlen(e.msg)), strlen(e.msg));
		CHECK_STR(e.msg + strlen(e.msg) - 3, "...");
	}
}

UNIT_TEST("err: a reason that does not fit shows that it was cut")
{
	char text[1024] = {0};

	memset(text, 'a', 1022);
	(void)err_sys(&e, 71, EACCES, "%s", text);
	CHECK_STR(e.msg + 1018, "aa...");
}

UNIT_TEST("err: a message may be made of itself")
{
	(void)err_set(&e, 65, "why");
	(void)err_set(&e, 66, "what: %s", e.msg);
	CHECK_STR(e.msg, "what: why");
	(void)err_wrap(&e, "%s", e.msg);
	CHECK_STR(e.msg, "what: why: what: why");
}

UNIT_TEST("err: the system's reason stands at the end")
{
	CHECK_INT(err_sys(&e, EX_NOINPUT, ENOENT, "%s: cannot open", "x"), 66);
	CHECK_STR(e.msg, "x: cannot open: No such file or directory");
}

UNIT_TEST("err: a place goes in front and the status stays")
{
	(void)err_set(&e, EX_DATAERR, "not a number");
	CHECK_INT(err_wrap(&e, "%s:%d", "a\nb", 7), EX_DATAERR);
	CHECK_STR(e.msg, "a\\x0Ab:7: not a number");
}

UNIT_TEST("err: more goes behind the message and the rest stays")
{
	(void)err_set(&e, 65, "a");
	err_caret(&e, "text", 4, 0, 4);
	err_add(&e, "; %d\n", 2);
	CHECK_STR(e.msg, "a; 2\\x0A");
	CHECK_INT(e.status, 65);
	CHECK_STR(e.excerpt, "text\n^~~~");
}

UNIT_TEST("err: a near name is suggested, letter case apart")
{
	CHECK(suggest("clsoe"));
	CHECK_STR(e.msg, "x; did you mean 'close'?");
	(void)suggest("CLOSE");
	CHECK_STR(e.msg, "x; did you mean 'close'?");
	(void)suggest("opn");
	CHECK_STR(e.msg, "x; did you mean 'open'?");
	(void)suggest("volumes");
	CHECK_STR(e.msg, "x; did you mean 'volume'?");
	(void)suggest("hihg");
	CHECK_STR(e.msg, "x; did you mean 'high'?");
}

UNIT_TEST("err: a word that is too far off gets no suggestion")
{
	static const char *const words[] = {"", "x", "op", "clxxe",
	    "lose them"};
	char word[200] = "close";

	for (size_t i = 0; i < QTE_COUNT(words); i++) {
		CHECK(!suggest(words[i]));
		CHECK_STR(e.msg, "x");
	}
	/* As long as no name is. */
	memset(word, 'a', sizeof(word) - 1);
	(void)suggest(word);
	CHECK_STR(e.msg, "x");
}

UNIT_TEST("err: the nearest of several names wins, the first of equals")
{
	static const char *const names[] = {"cast", "fast", "fasts", "past"};

	(void)err_set(&e, 64, "x");
	err_suggest(&e, "fasts", names, 4, sizeof(names[0]));
	CHECK_STR(e.msg, "x; did you mean 'fasts'?");
	(void)err_set(&e, 64, "x");
	err_suggest(&e, "mast", names, 4, sizeof(names[0]));
	CHECK_STR(e.msg, "x; did you mean 'cast'?");
}

static void
caret(const char *text, size_t at, size_t width)
{
	e.excerpt[0] = '\0';
	err_caret(&e, text, strlen(text), at, width);
}

UNIT_TEST("err: the caret stands under the place")
{
	caret("sma(clsoe, 10)", 4, 5);
	CHECK_STR(e.excerpt, "sma(clsoe, 10)\n    ^~~~~");
	caret("a", 0, 0);
	CHECK_STR(e.excerpt, "a\n^");
	caret("abc", 3, 1);
	CHECK_STR(e.excerpt, "abc\n   ^");
	caret("abc\r\n", 9, 9);
	CHECK_STR(e.excerpt, "abc\n   ^");
	caret("", 0, 0);
	CHECK_STR(e.excerpt, "\n^");
}

UNIT_TEST("err: the caret counts columns as a terminal shows them")
{
	caret("\xe5\x80\xa4\xe6\xae\xb5 x", 7, 1);
	CHECK_STR(e.excerpt, "\xe5\x80\xa4\xe6\xae\xb5 x\n     ^");
	caret("e\xcc\x81x", 3, 1);
	CHECK_STR(e.excerpt, "e\xcc\x81x\n ^");
	caret("\tx\ny", 3, 1);
	CHECK_STR(e.excerpt, " x y\n   ^");
	caret("\x01\xffz", 2, 1);
	CHECK_STR(e.excerpt, "\\x01\\xFFz\n        ^");
	caret("\xe5\x80\xa4", 0, 3);
	CHECK_STR(e.excerpt, "\xe5\x80\xa4\n^~");
}

/* The byte of the first line that the caret of the second one is under. */
static char
pointed_at(void)
{
	const char *line = strchr(e.excerpt, '\n');

	return line != NULL ? e.excerpt[strcspn(line + 1, "^")] : '?';
}

UNIT_TEST("err: long text is cut around the caret")
{
	char text[501] = {0};

	for (size_t at = 0; at < 500; at++) {
		memset(text, '-', 500);
		text[at] = 'X';
		caret(text, at, 1);
		CHECK(strcspn(e.excerpt, "\n") <= 76);
		CHECK_INT(pointed_at(), 'X');
	}
	caret(text, 0, 500);
	CHECK(strlen(strchr(e.excerpt, '\n')) <= 77);
}

UNIT_TEST("err: an excerpt of anything stays within its bounds")
{
	static const char *const parts[] = {"\xcc\x81", "\xe5\x80\xa4",
	    "\xf0\x9f\x98\x80", "a", "\xff", "\n", "\xe2\x80\x8b"};
	char text[600];

	for (int run = 0; run < 20000; run++) {
		size_t len = 0, most = random_below(590);

		while (len < most) {
			const char *part = parts[random_below(7)];

			memcpy(text + len, part, strlen(part) + 1);
			len += strlen(part);
		}
		err_caret(&e, text, len, random_below(600), random_below(600));
		if (!CHECK(strlen(e.excerpt) < sizeof(e.excerpt)) ||
		    !CHECK(strchr(e.excerpt, '^') != NULL))
			return;
	}
}
