/* SPDX-License-Identifier: MIT */
/* stale, jump, split-like, outlier, volume-spike. */
#ifndef QTE_VERIFY_PRICE_H
#define QTE_VERIFY_PRICE_H

#include "series/inner.h"

/* Equal rows that are stale. */
#define PRICE_STALE 5

/* An outlier moves by more than 1 / PRICE_SMALL. */
#define PRICE_SMALL 20

/*
 * price_row(s, bar, y, order):
 * Judge the values of the row, in order or first, and remember them.
 */
void price_row(struct series *, const struct series_bar *, struct symbol *,
    enum order);

/* price_tick(bar, y): remember them for the rules of order alone. */
void price_tick(const struct series *, const struct series_bar *,
    struct symbol *);

#endif
