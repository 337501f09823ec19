/* SPDX-License-Identifier: MIT */
/*
 * qte-run: run a trading strategy over market data.
 *
 * The way of a bar: bars_next reads and checks it, v1 fills the order of the
 * last close, marks the account and asks the strategy, emit writes what
 * happened.  At the end the summary closes the stream.
 */
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "face/cli.h"
#include "face/tool.h"
#include "job.h"
#include "machine/log.h"
#include "machine/tty.h"
#include "options.h"
#include "strategy/builtin.h"
#include "strategy/field.h"
#include "strategy/indic.h"
#include "strategy/show.h"
#include "strategy/strategy.h"

/* What needs no data: lists, and the rules of a strategy. */
static int
tell(const struct options *o, struct err *e)
{
	struct buf text = {0};
	struct strategy strategy;
	struct strategy_opts opts = options_strategy(o);
	int rc = options_output(o, NULL, e);

	if (rc != 0)
		return rc;
	if (o->list_strategies)
		builtin_list(&text);
	if (o->list_functions) {
		field_list(&text);
		indic_list(&text);
	}
	if (o->list_params) {
		rc = strategy_read(&strategy, &opts, e);
		param_list(&strategy.params, &text);
		strategy_release(&strategy);
	}
	if (rc == 0 && o->show) {
		rc = strategy_build(&strategy, &opts, e);
		if (rc == 0)
			rc = show_strategy(&strategy, &opts, &text, e);
		strategy_release(&strategy);
	}
	if (rc == 0)
		rc = tool_print(&o->common, &text, e);
	buf_release(&text);
	return rc;
}

int
main(int argc, char **argv)
{
	struct options o = {0};
	struct cli cli = {0};
	struct err e = {0};
	struct log log = {.tool = options_tool.name, .level = LOG_NORMAL};
	struct job job = {.options = &o,
	    .path = "-",
	    .args = argv + 1,
	    .nargs = argc - 1,
	    .log = &log};
	int rc;

	rc = cli_parse(&cli, &options_tool, argv, &o, &e);
	if (rc == 0 && cli.todo == CLI_RUN) {
		rc = options_check(&o, &cli, &e);
		if (rc == 0)
			rc =
			    options_operand(cli.args, cli.nargs, &job.path, &e);
		if (rc != 0)
			cli_release(&cli);
	}
	if (rc != 0)
		return tool_refuse(&log, &cli, &e);
	tool_begin(&log, &o.common);
	if (cli.todo == CLI_PRINT)
		rc = tool_print(&o.common, &cli.text, &e);
	else if (o.show || o.list_strategies || o.list_params ||
	    o.list_functions)
		rc = tell(&o, &e);
	else if (strcmp(job.path, "-") == 0 && o.build_cache)
		rc = err_set(&e, EX_USAGE, "--build-cache needs FILE");
	else if (strcmp(job.path, "-") == 0 && tty_is(STDIN_FILENO))
		rc = err_set(&e, EX_USAGE,
		    "needs FILE, or data on standard input");
	else
		rc = o.build_cache ? job_cache(&job, &e) : job_run(&job, &e);
	if (rc > 0) {
		rc = cli_blame(&cli, &e);
		log_err(&log, &e);
	}
	cli_release(&cli);
	if (rc == JOB_STOPPED)
		sig_die(sig_seen());
	return rc;
}
