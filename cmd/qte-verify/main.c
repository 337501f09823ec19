/* SPDX-License-Identifier: MIT */
/*
 * qte-verify: find what is wrong with data.
 *
 * The way of a file: sheet reads its records and reports what is wrong with the
 * bytes and the lines, header finds its columns, value judges each field,
 * series how the rows follow one another; report writes what they find, in the
 * order of the lines.
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

static int
print(const struct options *o, struct buf *text, struct err *e)
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
		return usage(&log, &e, cli.plain);
	if (o.common.quiet || o.common.verbose)
		log.level = o.common.quiet ? LOG_QUIET : LOG_VERBOSE;
	log.color = tty_colored(STDERR_FILENO, (enum tty_color)o.common.color);
	sig_catch();
	rc = cli.todo == CLI_PRINT ? print(&o, &cli.text, &e)
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
