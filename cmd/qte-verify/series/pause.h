/* SPDX-License-Identifier: MIT */
/*
 * Pauses within a day, where no hours are known: of at least an hour, or of ten
 * minutes when they begin and end on a quarter of one.  One that half of the
 * days have is a break, unless it came once and is of less than an hour, of a
 * single bar or not from quarter to quarter; all others are gaps, which is
 * known at the end.
 */
#ifndef QTE_VERIFY_PAUSE_H
#define QTE_VERIFY_PAUSE_H

#include "series/inner.h"

struct pauses;

/* pause_new(), pause_free(p). */
struct pauses *pause_new(void) QTE_MUST_CHECK;
void pause_free(struct pauses *);

/* pause_day(p): another day of a symbol. */
void pause_day(struct pauses *);

/*
 * pause_is(s, from, until): whether bars at these local times are the ends of
 * such a pause.
 */
bool pause_is(const struct series *, int64_t, int64_t);

/*
 * pause_add(s, visit, from, missing):
 * Such a pause ends with the row; it began with the bar at the local time
 * ${from}, and lacks so many bars if it is a gap.
 */
void pause_add(struct series *, const struct visit *, int64_t, int64_t);

/* pause_end(s): say which of them are gaps. */
void pause_end(struct series *);

#endif
