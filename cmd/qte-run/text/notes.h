/* SPDX-License-Identifier: MIT */
/* What stands below the figures. */
#ifndef QTE_RUN_NOTES_H
#define QTE_RUN_NOTES_H

#include "summary.h"
#include "text/page.h"

/* notes_put(page, s): append what a reader must not overlook, if anything. */
void notes_put(const struct page *, const struct summary *);

#endif
