/* SPDX-License-Identifier: MIT */
/*
 * What a market's clock shows: by the zone of the calendar or of the data, and
 * where there is none by the offsets that the times of the file are written
 * with, as 09:30+08:00.  Dates without a time of day are the market's own.
 */
#ifndef QTE_VERIFY_WRITTEN_H
#define QTE_VERIFY_WRITTEN_H

#include "series/inner.h"

/*
 * written_begin(s, bar):
 * The first row with a time.  When that is a date alone, all that are midnight
 * by the clock of the data are taken for one.
 */
void written_begin(struct series *, const struct series_bar *);

/* written_row(s, bar): a row is looked at whose offset may be another. */
void written_row(struct series *, const struct series_bar *);

/*
 * written_span(s, utc):
 * The offset at a time that has come, and the times that are known to have it.
 */
struct zone_span written_span(struct series *, int64_t);

/* written_local(s, utc): what the clock shows. */
int64_t written_local(struct series *, int64_t);

#endif
