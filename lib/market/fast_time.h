/* SPDX-License-Identifier: MIT */
/*
 * The time of a plain row; mostly that of the day of the row before.  Inline,
 * as a call for each row would be felt.
 */
#ifndef QTE_FAST_TIME_H
#define QTE_FAST_TIME_H

#include <string.h>

#include "base/base.h"
#include "base/when.h"
#include "base/word.h"
#include "market/fast_row.h"

/* Bytes of a date, a blank or a T, and HH:MM:SS. */
#define FAST_CLOCK (FAST_DATE + 9)

/*
 * HH:MM:SS of digits as seconds, eight bytes at once: an hour, a minute or a
 * second that is too large sets the top bit of its byte.
 */
static inline bool
fast_clock(const char *p, int64_t *seconds)
{
	uint64_t x = word_load(p) ^ UINT64_C(0x30303a30303a3030);
	uint64_t pairs = x * 10 + (x >> 8);
	uint64_t over = (pairs + UINT64_C(0x0044000044000068)) &
	    UINT64_C(0x0080000080000080);

	*seconds = (int64_t)((pairs & 0xff) * 3600 + (pairs >> 24 & 0xff) * 60 +
	    (pairs >> 48 & 0xff));
	return over == 0;
}

/* Whether eight bytes are HH:MM:SS by their looks. */
static inline bool
fast_is_clock(const char *p)
{
	uint64_t x = word_load(p) ^ UINT64_C(0x30303a30303a3030);

	return ((x | (x + UINT64_C(0x76767f76767f7676))) &
		   UINT64_C(0x8080808080808080)) == 0;
}

/* Whether a text is a date and HH:MM:SS by its looks; the date may be none. */
static inline bool
fast_has_clock(const struct fast *f, const char *p, size_t n)
{
	return n == f->clock_len &&
	    (p[FAST_DATE] == ' ' || p[FAST_DATE] == 'T') &&
	    fast_is_clock(p + FAST_DATE + 1) &&
	    (n == FAST_CLOCK || p[FAST_CLOCK] == 'Z');
}

/* What has a clock, on the day of the row before. */
static inline bool
fast_today(const struct fast *f, const char *p, int64_t *ns)
{
	int64_t seconds;

	if (memcmp(p, f->date, FAST_DATE) != 0 ||
	    !fast_clock(p + FAST_DATE + 1, &seconds))
		return false;
	*ns = f->date_ns + seconds * WHEN_SECOND;
	return true;
}

/* The time of a row. */
static inline bool
fast_time(struct fast *f, const char *p, size_t n, int64_t *ns)
{
	return (fast_has_clock(f, p, n) && fast_today(f, p, ns)) ||
	    fast_time_any(f, p, n, ns);
}

/* A date and a time of day in two columns, as one. */
static inline bool
fast_time_joined(struct fast *f, const char *date, const char *clock, size_t n,
    int64_t *ns)
{
	char text[FAST_DATE + 1 + 2 * 8] = {0};

	if (n > 2 * 8)
		return false;
	memcpy(text, date, FAST_DATE);
	text[FAST_DATE] = ' ';
	memcpy(text + FAST_DATE + 1, clock, n);
	return fast_time(f, text, FAST_DATE + 1 + n, ns);
}

#endif
