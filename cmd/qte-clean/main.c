/* SPDX-License-Identifier: MIT */
/*
 * qte-clean: remove what has expired, and prove it.
 *
 * The way of a file: walk gives its name, pick says whether a rule takes it,
 * sweep puts it into the plan or hands it to apply, which writes the intent to
 * the audit log, lets act look again and do it, and writes what became of it.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/sig.h"
#include "face/cli.h"
#include "job.h"
#include "machine/log.h"
#include "machine/out.h"
#include "machine/tty.h"
#include "options.h"
#include "rules/rule.h"

static int
print(const struct options *o, const struct buf *text, struct err *e)
{
	struct out out;
	int rc = out_open(&out, o->common.output, e);

	if (rc != 0)
		return rc;
	out_str(&out, buf_text(text));
	return out_close(&out, e);
}

/* A wrong command line: what is wrong, then where help is. */
static int
usage(const struct log *log, const struct err *e, bool plain)
{
	struct buf text = {0};

	log_err(log, e);
	if (e->status == EX_USAGE && !plain) {
		cli_usage(&options_tool, &text);
		fputs(buf_text(&text), stderr);
	}
	buf_release(&text);
	return e->status;
}

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
	if (rc == 0 && cli.todo == CLI_RUN) {
		rc = options_check(&o, &e);
		if (rc == 0)
			rc = rule_load(&rules, &o.rules, &cli, &e);
		if (rc != 0) {
			rc = cli_blame(&cli, &e);
			cli_release(&cli);
		}
	}
	if (rc != 0)
		return usage(&log, &e, cli.plain);
	if (o.common.quiet || o.common.verbose)
		log.level = o.common.quiet ? LOG_QUIET : LOG_VERBOSE;
	log.color = tty_colored(STDERR_FILENO, (enum tty_color)o.common.color);
	sig_catch();
	if (cli.todo == CLI_PRINT)
		rc = print(&o, &cli.text, &e);
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
