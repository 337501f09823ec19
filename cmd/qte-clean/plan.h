/* SPDX-License-Identifier: MIT */
/*
 * A plan that was written before, and perhaps filtered since: its items, and no
 * others, are looked at or done.  It is read and checked as a whole before
 * anything is done.
 */
#ifndef QTE_CLEAN_PLAN_H
#define QTE_CLEAN_PLAN_H

#include "base/base.h"
#include "base/err.h"
#include "run.h"

/*
 * plan_run(run, path, e):
 * Read the plan at ${path} ("-": standard input) and hand its items to
 * ->apply.  Records but planned ones are passed over.  EX_DATAERR with the line
 * for one that is not a record, that names no rule, another action than the
 * rule's or a path outside its directory, or purges outside its trash;
 * EX_NOINPUT; RUN_STOPPED; what apply_add returns.
 */
int plan_run(struct run *, const char *, struct err *) QTE_MUST_CHECK;

#endif
