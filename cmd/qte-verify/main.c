/* SPDX-License-Identifier: MIT */
/*
 * qte-verify: find what is wrong with data.
 *
 * The way of a file: sheet reads its records and reports what is wrong with the
 * bytes and the lines, header finds its columns, value judges each field,
 * series how the rows follow one another; report writes what they find, in the
 * order of the lines.
 */
#include "base/sig.h"
#include "face/cli.h"
#include "face/tool.h"
#include "job.h"
#include "machine/log.h"
#include "options.h"

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct cli cli = {0};
	struct err e = {0};
	struct log log = {.tool = options_tool.name, .level = LOG_NORMAL};
	struct job job = {.options = &o,
	    .cli = &cli,
	    .args = argv + 1,
	    .nargs = argc - 1,
	    .log = &log};
	int rc;

	rc = cli_parse(&cli, &options_tool, argv, &o, &e);
	if (rc == 0 && cli.todo == CLI_RUN) {
		rc = options_check(&o, &cli, &e);
		if (rc != 0)
			cli_release(&cli);
	}
	if (rc != 0)
		return tool_refuse(&log, &cli, &e);
	tool_begin(&log, &o.common);
	rc = cli.todo == CLI_PRINT ? tool_print(&o.common, &cli.text, &e)
				   : job_run(&job, &e);
	if (rc > 1) {
		rc = cli_blame(&cli, &e);
		log_err(&log, &e);
	}
	cli_release(&cli);
	if (rc == JOB_STOPPED)
		sig_die(sig_seen());
	return rc;
}
