/* SPDX-License-Identifier: MIT */
/* What every tool does alike around its work. */
#ifndef QTE_TOOL_H
#define QTE_TOOL_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "face/cli.h"
#include "machine/log.h"

/*
 * tool_refuse(log, c, e):
 * cli_parse or what the tool checks behind it failed: say why, and below a
 * wrong command line where help is.  Return the status.
 */
int tool_refuse(const struct log *, const struct cli *, const struct err *);

/*
 * tool_begin(log, common):
 * Let messages be as the options want them, and signals be caught.
 */
void tool_begin(struct log *, const struct cli_common *);

/*
 * tool_print(common, text, e):
 * Write ${text} where the options want it.  As out_open and out_close.
 */
int tool_print(const struct cli_common *, const struct buf *,
    struct err *) QTE_MUST_CHECK;

#endif
