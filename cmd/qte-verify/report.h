/* SPDX-License-Identifier: MIT */
/*
 * Findings out: counted, weighed, capped per rule and laid out, as records or
 * as text, in the order of their lines; then what was found in a file as a
 * whole.  The only writer of qte-verify.  A report is of one thread; what it
 * has laid out is written by report_write.
 */
#ifndef QTE_VERIFY_REPORT_H
#define QTE_VERIFY_REPORT_H

#include "base/base.h"
#include "finding.h"
#include "machine/out.h"
#include "rule.h"

struct report_opts {
	bool text;	   /* for people, instead of records */
	bool color;	   /* of the text */
	bool reproducible; /* leave out the time of the check */
	int64_t now_ns;
	enum severity severity[RULES];
	bool off[RULES];
	enum severity fail_on;
	int64_t max_per_rule; /* lines of a rule in a file; 0: all */
};

/* What was found, in a file or in all of them. */
struct report_counts {
	int64_t files, rows, bytes;
	int64_t by_rule[RULES];
	int64_t by_severity[SEVERITIES];
	int64_t suppressed; /* counted above, but not written */
	bool failed;	    /* something at or above fail_on */
};

struct report;

/*
 * report_new(opts), report_free(r):
 * Borrows ${opts}.
 */
struct report *report_new(const struct report_opts *) QTE_MUST_CHECK;
void report_free(struct report *);

/*
 * report_stream(r, out):
 * From now on write to ${out} what would take much memory, before its file has
 * ended; without it everything waits for report_write.
 */
void report_stream(struct report *, struct out *);

/* report_write(r, out): write all that was laid out, and forget it. */
void report_write(struct report *, struct out *);

/*
 * report_off(r, rule):
 * Whether nobody wants to know of it, so that it need not be looked for.
 */
bool report_off(const struct report *, enum rule);

/*
 * report_shows(r, rule):
 * Whether the next finding of the rule is written; if not, report_count does
 * all that report_add would.
 */
bool report_shows(const struct report *, enum rule);
void report_count(struct report *, enum rule);

/* report_add(r, finding): count it and, below the cap, lay it out. */
void report_add(struct report *, const struct finding *);

/* What was read of a file, for its closing record. */
struct report_totals {
	int64_t rows, bytes;
	bool dated; /* the times are known */
	int64_t first_ns, last_ns;
	int64_t symbols;
	bool stopped; /* a signal came before the end */
};

/*
 * report_begin(r, name), report_end(r, totals):
 * The findings between are of the file ${name}, borrowed until the end.
 */
void report_begin(struct report *, const char *);
void report_end(struct report *, const struct report_totals *);

/* report_counts(r): of all files that have ended, borrowed. */
const struct report_counts *report_counts(const struct report *);

/* report_join(all, more): add the counts of ${more} to ${all}. */
void report_join(struct report_counts *, const struct report_counts *);

/* report_findings(rec, counts): the keys findings, by_rule and suppressed. */
struct rec;
void report_findings(struct rec *, const struct report_counts *);

#endif
