/* SPDX-License-Identifier: MIT */
/* The page that a run is written to: how wide it is, its lines and numbers. */
#ifndef QTE_RUN_PAGE_H
#define QTE_RUN_PAGE_H

#include "base/base.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"
#include "face/table.h"
#include "machine/zone.h"
#include "options.h"

struct page {
	struct buf *text; /* borrowed */
	size_t width;
	bool color, utf8;
	struct zone *zone; /* borrowed: whose clock it shows */
};

/*
 * page_init(page, options, zone, text, fd):
 * As wide and as colourful as ${fd} and the options allow; ${zone} is a copy of
 * theirs.
 */
void page_init(struct page *, const struct options *, struct zone *,
    struct buf *, int);

/*
 * page_line(page, line, hang):
 * Append ${line} with ${hang} blanks before what goes on: it is broken at
 * blanks, and inside a word that is wider than the page, which is wider than
 * ${hang}.
 */
void page_line(const struct page *, const char *, size_t);

/*
 * page_figure(t, tint, value, decimals, unit):
 * Add a cell to ${t}: ${value} with ${decimals} and ${unit}, or a dash when it
 * is not finite.
 */
void page_figure(struct table *, int, double, int, const char *);

/* page_money(t, value), page_count(t, n): add a cell. */
void page_money(struct table *, double);
void page_count(struct table *, int64_t);

/* page_when(page, ns, text): put the time on the page's clock at ${text}. */
const char *page_when(const struct page *, int64_t, char[WHEN_TEXT_SIZE]);

/* page_tint(gain): good, bad or plain. */
int page_tint(double);

/*
 * page_decimals(units):
 * The decimals that ${units} of money have, within seven digits in all, but
 * two whatever stands before them.
 */
int page_decimals(num_i128);

#endif
