/* SPDX-License-Identifier: MIT */
/*
 * Words of the strategy language, and errors that point at them.  A comment
 * goes from # to the end of the line.  A line goes on inside brackets, and when
 * the next one starts with an operator.
 */
#ifndef QTE_RUN_LEX_H
#define QTE_RUN_LEX_H

#include "base/base.h"
#include "base/err.h"

enum lex_kind {
	LEX_END,
	LEX_NUMBER, /* 10, 0.5, 1e-3 */
	LEX_NAME,   /* close, sma, and */
	LEX_PARAM,  /* $fast; the text is without the $ */
	LEX_SIGN,   /* + - * / % ( ) [ ] , . = < <= > >= == != ? : */
	LEX_BREAK   /* ";", or the end of a line that is complete */
};

struct lex_token {
	enum lex_kind kind;
	const char *text; /* in the source, not terminated */
	size_t len;
	size_t at; /* offset of the first byte in the source */
};

struct lex {
	const char *name; /* of the source in messages, as "--entry" */
	const char *text;
	size_t at;
	int status; /* of an error: EX_USAGE for an option, EX_DATAERR for a
		       file */
	int depth;  /* of open brackets: a line does not end inside them */
};

/* A text in the language and what it is called in messages; both borrowed. */
struct lex_source {
	const char *name;
	const char *text;
	int status;
};

/* lex_init(l, source): read ${source} from its start. */
void lex_init(struct lex *, const struct lex_source *);

/*
 * lex_check(source, len, e):
 * The status of the source unless its ${len} bytes are UTF-8 without NUL and
 * without control characters but tab, CR and LF, of which each would need six
 * bytes in a record.
 */
int lex_check(const struct lex_source *, size_t, struct err *) QTE_MUST_CHECK;

/* lex_next(l, token, e): the next word; LEX_END at the end. */
int lex_next(struct lex *, struct lex_token *, struct err *) QTE_MUST_CHECK;

/* What may stand behind a parameter: "=", perhaps "-", and a number. */
struct lex_default {
	bool is; /* it does stand there */
	bool minus;
	struct lex_token number;
	size_t at; /* offset of its first byte, the "-" if there is one */
};

/*
 * lex_default(l, d, e):
 * Read a default when "=" comes next; else ${l} stays where it is.  The status
 * of the source when no number follows.
 */
int lex_default(struct lex *, struct lex_default *,
    struct err *) QTE_MUST_CHECK;

/* lex_is(token, text): is it exactly ${text}. */
bool lex_is(const struct lex_token *, const char *);

/*
 * lex_err(l, token, e, format, ...):
 * Set ${e} to the status of ${l} with "NAME:LINE:COLUMN: " of ${token} in
 * front, and the line with a caret below the word as its excerpt.
 */
int lex_err(const struct lex *, const struct lex_token *, struct err *,
    const char *, ...) QTE_PRINTF(4, 5);

#endif
