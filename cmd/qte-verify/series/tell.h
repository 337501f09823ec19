/* SPDX-License-Identifier: MIT */
/* A finding about a row, put together. */
#ifndef QTE_VERIFY_TELL_H
#define QTE_VERIFY_TELL_H

#include "base/buf.h"
#include "series/inner.h"

struct tell {
	struct finding f;
	struct buf message, expected, value;
};

/*
 * tell_shows(s, rule): whether a finding is to be put together; if not, it has
 * been counted where that is due.
 */
bool tell_shows(const struct series *, enum rule);

/*
 * tell_open(t, bar, rule, value):
 * A finding about that value of the row, without its texts: what is put into
 * ${t->expected} and ${t->value} is part of it unless empty.
 */
void tell_open(struct tell *, const struct series_bar *, enum rule,
    enum series_value);

/* tell_say(t, s), tell_keep(t): report it, or keep an owned copy for later. */
void tell_say(struct tell *, const struct series *);
struct finding *tell_keep(struct tell *) QTE_MUST_CHECK;

/* tell_gap(s, f, after, missing): report the kept ${f} with its texts. */
void tell_gap(const struct series *, const struct finding *, int64_t, int64_t);

/*
 * tell_price(b, units), tell_time(b, ns), tell_span(b, ns), tell_share(b, x):
 * Append 10.05, 2024-01-02T01:31:00Z, 1h30m, 12.5 %.
 */
void tell_price(struct buf *, int64_t);
void tell_time(struct buf *, int64_t);
void tell_span(struct buf *, int64_t);
void tell_share(struct buf *, double);

/*
 * tell_clock(b, s, ns):
 * Append the time as the market's clock shows it, with its zone: 2024-04-22
 * 09:30 in Asia/Shanghai; where that is UTC, as tell_time.
 */
void tell_clock(struct buf *, const struct series *, int64_t);

#endif
