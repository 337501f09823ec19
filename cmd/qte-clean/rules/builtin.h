/* SPDX-License-Identifier: MIT */
/*
 * The built-in rules, `logs` and `temp`, and whether they are used beside rules
 * of one's own.
 */
#ifndef QTE_CLEAN_BUILTIN_H
#define QTE_CLEAN_BUILTIN_H

#include "base/base.h"
#include "base/err.h"
#include "rules/rule.h"

/*
 * builtin_begin(rule, o):
 * When ->name is that of a built-in rule, set what makes it that.
 */
void builtin_begin(struct rule *, const struct rule_opts *);

/*
 * builtin_option(rule, o):
 * The option that gave the rule its directory, as "--log-dir"; NULL when a key
 * of its own did.  Before rule_settle.
 */
const char *builtin_option(const struct rule *, const struct rule_opts *);

/*
 * builtin_load(list, from, e):
 * Add the built-in rules to the ${list}, which has those of one's own.  One of
 * which a section has the name is there already.  One is not used when a rule
 * of one's own is about its directory, by whatever way; but beside a section
 * that only changes other keys of a built-in it stays, without the files of
 * that and those that it excludes or protects.  EX_USAGE when such a one is
 * asked for.  EX_CONFIG or EX_USAGE when its directory is not one to clean and
 * it is not spare; else it is left out, with a warning.
 */
int builtin_load(struct rule_list *, const struct rule_source *,
    struct err *) QTE_MUST_CHECK;

#endif
