/* SPDX-License-Identifier: MIT */
/* The trades of a book held against the bars and the hours of the market. */
#ifndef QTE_VERIFY_BOOK_JUDGE_H
#define QTE_VERIFY_BOOK_JUDGE_H

#include "book/account.h"
#include "series.h"

/* judge_bar(a, bar): a row of the bars; judge_last(a, bar): the time of the
 * row before it of its symbol, or INT64_MIN. */
void judge_bar(struct account *, const struct series_bar *);
int64_t judge_last(struct account *, const struct series_bar *);

/* judge_lost(a, line): a row of the bars that cannot be read. */
void judge_lost(struct account *, int64_t);

/*
 * judge_bars(a):
 * All bars were read: settle of which symbols the last price is known, and
 * report whose bars they are not known to be.
 */
void judge_bars(struct account *);

/* judge_end(a): all bars were read: report what is wrong with the trades. */
void judge_end(struct account *);

#endif
