/* SPDX-License-Identifier: MIT */
/*
 * qte-clean: remove what has expired, and prove it.
 *
 * The way of a file: walk gives its name, pick says whether a rule takes it,
 * sweep puts it into the plan or hands it to apply, which writes the intent to
 * the audit log, lets act look again and do it, and writes what became of it.
 */
#include "base/sig.h"
#include "face/cli.h"
#include "face/tool.h"
#include "job.h"
#include "machine/log.h"
#include "options.h"
#include "rules/rule.h"

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct rule_list rules = {0};
	struct cli cli = {0};
	struct err e = {0};
	struct log log = {.tool = options_tool.name, .level = LOG_NORMAL};
	struct job job = {.options = &o,
	    .rules = &rules,
	    .args = argv + 1,
	    .nargs = argc - 1,
	    .log = &log};
	int rc;

	rc = cli_parse(&cli, &options_tool, argv, &o, &e);
	if (rc == 0)
		tool_begin(&log, &o.common);
	if (rc == 0 && cli.todo == CLI_RUN) {
		o.rules.all = o.plan != NULL || o.undo != NULL;
		rc = options_check(&o, &e);
		if (rc == 0)
			rc = rule_load(&rules,
			    &(struct rule_source){&o.rules, &cli, &log}, &e);
		if (rc != 0) {
			rc = cli_blame(&cli, &e);
			cli_release(&cli);
		}
	}
	if (rc != 0)
		return tool_refuse(&log, &cli, &e);
	if (cli.todo == CLI_PRINT)
		rc = tool_print(&o.common, &cli.text, &e);
	else
		rc = job_run(&job, &e);
	if (e.status != 0)
		log_err(&log, &e);
	rule_release(&rules);
	cli_release(&cli);
	if (rc == RUN_STOPPED)
		sig_die(sig_seen());
	return rc;
}
