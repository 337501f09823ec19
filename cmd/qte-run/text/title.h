/* SPDX-License-Identifier: MIT */
/* The lines above a run's trades or a sweep's results: what was run, how. */
#ifndef QTE_RUN_TITLE_H
#define QTE_RUN_TITLE_H

#include "base/base.h"
#include "run.h"
#include "text/page.h"

/* What has a name: the name, and where the rest begins. */
#define TITLE_NAME "  %-11s "
#define TITLE_HANG 14

/*
 * title_put(page, run, many):
 * The strategy, the data, the settings that the result depends on, and rules of
 * the user's own.  With ${many}, parameters have several values and are left
 * out.
 */
void title_put(const struct page *, const struct run *, bool);

#endif
