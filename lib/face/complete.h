/* SPDX-License-Identifier: MIT */
/* Completions of a tool's command line for the shell. */
#ifndef QTE_COMPLETE_H
#define QTE_COMPLETE_H

#include "base/base.h"
#include "base/buf.h"
#include "face/opt.h"
#include "face/optset.h"

/*
 * complete_bash(tool, set, list, text):
 * Append a bash script that completes the options of ${tool} and its
 * subcommands, and those of every tool, which are in ${set}, to ${text}.
 * Choices of options whose parser is ${list} are set apart by commas.  The
 * script needs bash 4 and nothing else.
 */
void complete_bash(const struct cli_tool *, const struct optset *,
    cli_parser *list, struct buf *);

#endif
