/* SPDX-License-Identifier: MIT */
/* Words of the strategy language, and errors that point at them. */
#ifndef QTE_RUN_LEX_H
#define QTE_RUN_LEX_H

#include "base/base.h"
#include "base/err.h"

enum lex_kind {
	LEX_END,
	LEX_NUMBER, /* 10, 0.5, 1e-3 */
	LEX_NAME,   /* close, sma, and */
	LEX_PARAM,  /* $fast; the text is without the $ */
	LEX_SIGN    /* + - * / ( ) [ ] , . = < <= > >= == != */
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
};

/* lex_init(l, name, text): read ${text}; both are borrowed. */
void lex_init(struct lex *, const char *, const char *);

/* lex_next(l, token, e): the next word; LEX_END at the end.  EX_USAGE. */
int lex_next(struct lex *, struct lex_token *, struct err *) QTE_MUST_CHECK;

/* lex_is(token, text): is it exactly ${text}. */
bool lex_is(const struct lex_token *, const char *);

/*
 * lex_err(l, token, e, format, ...):
 * Set ${e} to EX_USAGE with "NAME:LINE:COLUMN: " of ${token} in front, and the
 * line with a caret below the word as its excerpt.
 */
int lex_err(const struct lex *, const struct lex_token *, struct err *,
    const char *, ...) QTE_PRINTF(4, 5);

#endif
