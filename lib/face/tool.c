/* SPDX-License-Identifier: MIT */
/* What every tool does alike around its work. */
#include "face/tool.h"

#include <unistd.h>

#include "base/sig.h"
#include "machine/out.h"
#include "machine/tty.h"

int
tool_refuse(const struct log *log, const struct cli *c, const struct err *e)
{
	log_err(log, e);
	if (e->status == EX_USAGE && !c->plain)
		log_hint("Try '%s --help' for the options.", log->tool);
	return e->status;
}

void
tool_begin(struct log *log, const struct cli_common *common)
{
	if (common->quiet || common->verbose)
		log->level = common->quiet ? LOG_QUIET : LOG_VERBOSE;
	log->color = tty_colored(STDERR_FILENO, (enum tty_color)common->color);
	sig_catch();
}

int
tool_print(const struct cli_common *common, const struct buf *text,
    struct err *e)
{
	struct out out;
	int rc = out_open(&out, common->output, e);

	if (rc != 0)
		return rc;
	out_str(&out, buf_text(text));
	return out_close(&out, e);
}
