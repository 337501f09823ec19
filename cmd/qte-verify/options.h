/* SPDX-License-Identifier: MIT */
/* The options of qte-verify. */
#ifndef QTE_VERIFY_OPTIONS_H
#define QTE_VERIFY_OPTIONS_H

#include "base/base.h"
#include "base/num.h"
#include "face/cli.h"
#include "machine/zone.h"
#include "report.h"

/* What the data are; in the order of the option's choices. */
enum profile {
	PROFILE_AUTO,
	PROFILE_BARS,
	PROFILE_TICKS,
	PROFILE_TRADES,
	PROFILE_PORTFOLIO,
	PROFILE_CSV,
	PROFILE_BOOK,
	PROFILE_MANIFEST,
	PROFILE_AUDIT
};

/* A value that need not be given. */
struct options_money {
	bool given;
	num_i128 units; /* in 1e-18 */
};

struct options_span {
	bool given;
	int64_t ns;
};

struct options_time {
	bool given;
	int64_t ns;
};

/* What reads rows of bars; both read them alike. */
enum options_parser { PARSER_FAST, PARSER_GENERAL };

struct options {
	struct cli_common common;
	int profile; /* enum profile */
	const char *data;
	char delimiter;
	bool null; /* a list of paths is on standard input */
	struct options_time now;
	struct cli_list only, disable, severity;
	int fail_on; /* enum severity, less SEVERITY_WARNING */
	int64_t max_per_rule;
	const char *split_bad;
	struct options_span interval, max_age;
	const char *calendar, *session;
	struct zone zone;
	int64_t max_move; /* a share, in 1e-9 */
	struct options_money cash;
	const char *manifest, *anchor;
	bool create;
	bool reproducible;
	int64_t jobs;
	int parser; /* enum options_parser */
};

extern const struct cli_tool options_tool;

/* options_check(o, cli, e): EX_USAGE for options that do not go together. */
int options_check(const struct options *, const struct cli *,
    struct err *) QTE_MUST_CHECK;

/* options_now(o, now, e): the time of the check.  EX_CONFIG as when_now. */
int options_now(const struct options *, int64_t *, struct err *) QTE_MUST_CHECK;

/* options_report(o, now, r): what a report is to show. */
void options_report(const struct options *, int64_t, struct report_opts *);

#endif
