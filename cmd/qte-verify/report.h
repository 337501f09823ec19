/* SPDX-License-Identifier: MIT */
/*
 * Findings out: counted, weighed, capped per rule and laid out, as records or
 * as text, in the order of their lines; then what was found in a file as a
 * whole.  The only writer of qte-verify.  A report is of one thread.
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
	bool split;	      /* keep the rows with an error */
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
 * report_stream(r, out, split):
 * From now on write to ${out}, and rows with an error to ${split} (NULL: none
 * are kept), what would take much memory before its file has ended.
 */
void report_stream(struct report *, struct out *, struct out *);

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

/*
 * report_errors(r): how many errors the file has so far.
 * report_split(r, row, n): a row of it that has one, as it stands.
 */
int64_t report_errors(const struct report *);
void report_split(struct report *, const char *, size_t);

/* What was read of a file, for its closing record. */
struct report_totals {
	int64_t rows, bytes;
	bool dated; /* the times are known */
	int64_t first_ns, last_ns;
	int64_t symbols;
	int64_t untracked; /* symbols beyond those that all rules look at */
	bool stopped;	   /* a signal came before the end */
};

/*
 * report_begin(r, name), report_end(r, totals):
 * The findings between are of the file ${name}, borrowed until the end.
 */
void report_begin(struct report *, const char *);
void report_end(struct report *, const struct report_totals *);

/*
 * report_append(r, more): what ${more} has laid out and counted is also that of
 * ${r}, behind what that has.
 */
void report_append(struct report *, const struct report *);

/* report_counts(r): of all files that have ended, borrowed. */
const struct report_counts *report_counts(const struct report *);

/* report_join(all, more): add the counts of ${more} to ${all}. */
void report_join(struct report_counts *, const struct report_counts *);

/* report_take(r, other): what ${other} has laid out and counted comes next. */
void report_take(struct report *, struct report *);

/* report_findings(rec, counts): the keys findings, by_rule and suppressed. */
struct rec;
void report_findings(struct rec *, const struct report_counts *);

#endif
