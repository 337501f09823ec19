/* SPDX-License-Identifier: MIT */
/* What --help, --help=all and --version print. */
#ifndef QTE_HELP_H
#define QTE_HELP_H

#include "base/base.h"
#include "base/buf.h"
#include "face/opt.h"
#include "face/optset.h"

/*
 * help_put(tool, cmd, set, all, text):
 * Append the help of ${tool}, or of its subcommand ${cmd} when not NULL, to
 * ${text}: one screen, or with ${all} every option of ${set} by group and with
 * its environment variable.
 */
struct help {
	const struct cli_tool *tool;
	const struct cli_tool *cmd;
	const struct optset *set;
	bool all;
};
void help_put(const struct help *, struct buf *);

/* help_version(tool, text): append the version and the licence. */
void help_version(const struct cli_tool *, struct buf *);

#endif
