/* SPDX-License-Identifier: MIT */
/* The values of --print, as a table. */
#ifndef QTE_RUN_VALUES_H
#define QTE_RUN_VALUES_H

#include "run.h"
#include "text/page.h"

/*
 * values_put(page, run):
 * Append each printed value as it is at the last bar, and at how many bars
 * there was none; in lines where the table is too wide.
 */
void values_put(const struct page *, const struct run *);

#endif
