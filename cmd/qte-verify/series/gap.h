/* SPDX-License-Identifier: MIT */
/*
 * gap: how many bars are missing between two.  Where hours are known, each bar
 * of a session is expected; the first of a session when bars bear the times of
 * their starts, the last when they bear those of their ends.  Where they are
 * not, a pause of less than an hour is a gap, but for what may be a break
 * (pause.h), and any pause when the series went on for 24 hours without a pause
 * before, but for weekends; 7 days without a pause make these days like others.
 * Bars of a day are expected on the days of the calendar; without one, after 7
 * days without a pause on each, and until then on weekdays when the interval
 * was given, and more than ten weekdays are missed when it was not.  Bars
 * further apart have gaps only when it was given.
 */
#ifndef QTE_VERIFY_GAP_H
#define QTE_VERIFY_GAP_H

#include "series/inner.h"

/*
 * gap_count(s, y, from, until, perhaps):
 * Bars of the symbol between these times, unless it is a break: ${*perhaps}.
 */
int64_t gap_count(struct series *, const struct symbol *, int64_t, int64_t,
    bool *);

/*
 * gap_lost(s, visit):
 * The row stands for a bar whose place is not known, of its symbol, or of any
 * when nobody knows whose row it is.
 */
void gap_lost(struct series *, const struct visit *);

/*
 * gap_found(s, y, missing):
 * ${missing} less those that rows after the symbol's last one in its place
 * stand for, which then stand for them no more.
 */
int64_t gap_found(struct series *, const struct symbol *, int64_t);

#endif
