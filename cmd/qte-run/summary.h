/* SPDX-License-Identifier: MIT */
/* The figures of a run that came to its end, and their record. */
#ifndef QTE_RUN_SUMMARY_H
#define QTE_RUN_SUMMARY_H

#include "base/base.h"
#include "figures/stats.h"
#include "format/crypt.h"
#include "run.h"

/* What differs between two equal runs; --reproducible leaves it out. */
struct summary_cost {
	int64_t now_ns;
	double elapsed_s;
	int64_t peak_memory_bytes;
};

struct summary {
	const struct run *run; /* borrowed */
	struct stats_ratios ratios;
	struct stats_ratios hold; /* of the closes: bought and held, no costs */
	double final_equity;
	double periods; /* bars a year */
	/* Of trades that ended; NaN where there is nothing to divide by. */
	double win_rate, profit_factor;
	int64_t losses;
	int64_t bars_in_market;
	double exposure_ratio; /* of the bars */
	char digest[CRYPT_SHA256_HEX];
	int signo; /* that stopped the run, or 0 */
};

/*
 * summary_make(s, run, signo):
 * Work the figures out.  The digest of ${run}'s trades is taken.
 */
void summary_make(struct summary *, const struct run *, int);

/* A figure that may be not defined. */
struct summary_gap {
	const char *key, *label; /* in records, in the text form */
	const char *reason;	 /* NULL: it is defined */
};

/* summary_gap(s, i, gap): such figure ${i}, from 0; false: there are no more.
 */
bool summary_gap(const struct summary *, size_t, struct summary_gap *);

/* summary_figures(s, rec): how it went, and why a figure is not defined. */
void summary_figures(const struct summary *, struct rec *);

/*
 * summary_begin(s, cost, rec), summary_end(s, cost, rec):
 * The closing record, for one who has something to put before its end.
 */
void summary_begin(const struct summary *, const struct summary_cost *,
    struct rec *);
void summary_end(const struct summary *, const struct summary_cost *,
    struct rec *);

/* summary_record(s, cost, rec): write the closing record of the stream. */
void summary_record(const struct summary *, const struct summary_cost *,
    struct rec *);

#endif
