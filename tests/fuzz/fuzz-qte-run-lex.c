/* SPDX-License-Identifier: MIT */
/*
 * Any text as words: they stand in the text one behind the other, between them
 * is nothing but blanks and comments, and a copy with other blanks has the same
 * words.  An error names a place within the text.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "strategy/lex.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Nothing but blanks and comments from ${from} to ${to}. */
static void
check_gap(const char *text, size_t from, size_t to)
{
	bool comment = false;

	for (size_t i = from; i < to; i++) {
		comment = text[i] == '#' || (comment && text[i] != '\n');
		assert(comment || strchr(" \t\r\n", text[i]) != NULL);
	}
}

/* Where the word stands, its dollar included. */
static void
check_word(const char *text, const struct lex_token *t, size_t end)
{
	size_t dollar = t->kind == LEX_PARAM;

	assert(t->at >= end && t->text == text + t->at + dollar);
	check_gap(text, end, t->at);
	if (t->kind == LEX_BREAK) {
		assert(t->len == 1);
		return;
	}
	assert(t->len > 0 && strlen(t->text) >= t->len);
	assert(dollar == 0 || text[t->at] == '$');
	assert(!lex_is(t, "") && t->kind != LEX_END);
}

static void
check_error(const char *text, const struct err *e)
{
	long line, column, lines = 1;
	char *end;

	for (const char *p = text; *p != '\0'; p++)
		lines += *p == '\n';
	assert(e->status == EX_DATAERR);
	assert(strncmp(e->msg, "name:", 5) == 0);
	line = strtol(e->msg + 5, &end, 10);
	assert(*end == ':' && line >= 1 && line <= lines);
	column = strtol(end + 1, &end, 10);
	assert(*end == ':' && column >= 1);
	assert((size_t)column <= strlen(text) + 1);
	assert(strchr(e->msg, '\n') == NULL && e->excerpt[0] != '\0');
}

/* Appends the word as the language could write it too. */
static void
put_word(const struct lex_token *t, struct buf *copy)
{
	if (t->kind == LEX_BREAK)
		buf_str(copy, " ;");
	else
		buf_fmt(copy, " %s%.*s", t->kind == LEX_PARAM ? "$" : "",
		    (int)t->len, t->text);
}

/* Reads all words; those in ${copy}, which has the same, are compared. */
static int
read_words(const char *text, struct buf *copy, const char *same)
{
	struct lex_source source = {"name", text, EX_DATAERR};
	struct lex l, other;
	struct lex_token t, o;
	struct err e = {0};
	size_t end = 0;
	int rc;

	lex_init(&l, &source);
	if (same != NULL)
		lex_init(&other, &(struct lex_source){"", same, EX_USAGE});
	while ((rc = lex_next(&l, &t, &e)) == 0 && t.kind != LEX_END) {
		check_word(text, &t, end);
		/* A break stands before the blanks that follow it. */
		end = t.kind == LEX_BREAK ? t.at : l.at;
		if (t.kind == LEX_BREAK && text[t.at] == ';')
			end++;
		if (copy != NULL)
			put_word(&t, copy);
		if (same == NULL)
			continue;
		assert(lex_next(&other, &o, &e) == 0);
		assert(o.kind == t.kind);
		assert(t.kind == LEX_BREAK ||
		    (o.len == t.len && memcmp(o.text, t.text, t.len) == 0));
	}
	if (rc != 0)
		check_error(text, &e);
	else
		check_gap(text, end, strlen(text));
	assert(rc != 0 || same == NULL ||
	    (lex_next(&other, &o, &e) == 0 && o.kind == LEX_END));
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char *text = mem_text((const char *)bytes, n);
	struct buf copy = {0};

	if (read_words(text, &copy, NULL) == 0)
		(void)read_words(text, NULL, buf_text(&copy));
	buf_release(&copy);
	free(text);
	return 0;
}
