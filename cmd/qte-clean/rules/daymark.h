/* SPDX-License-Identifier: MIT */
/*
 * Times that file names bear, as in bars_20260131.csv: where a name has text of
 * a format of %Y %m %d %H %M %S, that is its time, in UTC.
 */
#ifndef QTE_CLEAN_DAYMARK_H
#define QTE_CLEAN_DAYMARK_H

#include "base/base.h"
#include "base/err.h"

/*
 * daymark_check(format, e):
 * EX_USAGE unless ${format} has %Y, each of the others at most once and only
 * with those before it, and nothing else behind a %.
 */
int daymark_check(const char *, struct err *) QTE_MUST_CHECK;

/*
 * daymark_find(format, name, ns):
 * The first time in ${name} that the calendar has and that no further digit
 * stands beside.  What the format lacks is the first of its kind: day 1, 00:00.
 * Return false when there is none.
 */
bool daymark_find(const char *, const char *, int64_t *);

#endif
