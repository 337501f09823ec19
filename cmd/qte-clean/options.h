/* SPDX-License-Identifier: MIT */
/* The options of qte-clean. */
#ifndef QTE_CLEAN_OPTIONS_H
#define QTE_CLEAN_OPTIONS_H

#include "base/base.h"
#include "face/cli.h"
#include "rules/rule.h"

struct options {
	struct cli_common common;
	bool delete, force;
	const char *plan; /* a file of cleaned records, "-"; NULL: the rules */
	const char *undo; /* a run whose trash comes back, or NULL */
	struct rule_opts rules;
	const char *audit;
	int64_t max_delete; /* share of a directory, in 1e-9 */
	int64_t wait_ns;
	bool reproducible;
};

extern const struct cli_tool options_tool;

/* options_acts(o): whether anything is changed. */
bool options_acts(const struct options *);

/* options_is_run(text): whether it has the form of a run_id. */
bool options_is_run(const char *);

/*
 * options_check(o, e): EX_USAGE for options that do not go together.
 */
int options_check(const struct options *, struct err *) QTE_MUST_CHECK;

#endif
