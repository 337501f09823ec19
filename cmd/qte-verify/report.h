/* SPDX-License-Identifier: MIT */
/*
 * Findings out: counted, weighed, capped per rule and written, as records or as
 * text, in the order in which they come; then what was found in a file as a
 * whole.  The only writer of qte-verify.
 */
#ifndef QTE_VERIFY_REPORT_H
#define QTE_VERIFY_REPORT_H

#include "base/base.h"
#include "finding.h"
#include "rule.h"

struct report;

/*
 * report_off(r, rule):
 * Whether nobody wants to know of it, so that it need not be looked for.
 */
bool report_off(const struct report *, enum rule);

/* report_add(r, finding): count it and, below the cap, write it. */
void report_add(struct report *, const struct finding *);

/* What was read of a file, for its closing record. */
struct report_totals {
	int64_t rows, bytes;
	bool dated; /* the times are known */
	int64_t first_ns, last_ns;
	int64_t symbols;
};

/*
 * report_begin(r, name), report_end(r, totals):
 * The findings between are of the file ${name}, borrowed until the end.
 */
void report_begin(struct report *, const char *);
void report_end(struct report *, const struct report_totals *);

#endif
