/* SPDX-License-Identifier: MIT */
/*
 * Is the command line one that the option table allows.  This comes before
 * the parsing, since getopt takes abbreviations and says too little about what
 * is wrong.
 */
#ifndef QTE_ARGLINE_H
#define QTE_ARGLINE_H

#include "base/base.h"
#include "base/err.h"
#include "face/opt.h"
#include "face/optset.h"

/*
 * argline_check(tool, argv, set, base, cmd, e):
 * Check the names and the arguments of the options in ${argv}, up to its NULL,
 * against ${set}.  ${*cmd} becomes the subcommand that the first operand names,
 * or NULL; its options, in the struct at ${base}, are added to ${set}.
 * EX_USAGE when something is not allowed.
 */
struct argline {
	const struct cli_tool *tool;
	struct optset *set;
	void *base;
	const struct cli_tool *cmd; /* out */
};
int argline_check(struct argline *, char *const *, struct err *) QTE_MUST_CHECK;

/*
 * argline_count(a, args, n, e):
 * Check the number of operands, without the name of the subcommand.
 */
int argline_count(const struct argline *, const char *const *, size_t,
    struct err *) QTE_MUST_CHECK;

#endif
