/* SPDX-License-Identifier: MIT */
/* The figures of a run, as a table. */
#ifndef QTE_RUN_FIGURES_H
#define QTE_RUN_FIGURES_H

#include "summary.h"
#include "text/page.h"

/*
 * figures_put(page, s):
 * Append what was won, beside what holding would have, and what it took: side
 * by side, or where that is too wide one above the other.
 */
void figures_put(const struct page *, const struct summary *);

#endif
