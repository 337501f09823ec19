/* SPDX-License-Identifier: MIT */
/* The last trades of a run, as a table. */
#ifndef QTE_RUN_TRADES_H
#define QTE_RUN_TRADES_H

#include "emit.h"
#include "text/page.h"

/* trades_put(page, emit): append them, if there are any, and a blank line. */
void trades_put(const struct page *, const struct emit *);

#endif
