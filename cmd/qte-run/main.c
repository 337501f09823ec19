/* SPDX-License-Identifier: MIT */
/*
 * qte-run: run a trading strategy over market data.
 *
 * The way of a bar: bars_next reads and checks it, v1 fills the order of the
 * last close, marks the account and asks the strategy, emit writes what
 * happened.  At the end the summary closes the stream.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "base/when.h"
#include "emit.h"
#include "face/cli.h"
#include "keep.h"
#include "machine/log.h"
#include "machine/path.h"
#include "machine/proc.h"
#include "machine/tty.h"
#include "market/bars.h"
#include "need.h"
#include "notes.h"
#include "options.h"
#include "strategy/builtin.h"
#include "strategy/field.h"
#include "strategy/indic.h"
#include "strategy/show.h"
#include "strategy/strategy.h"
#include "summary.h"
#include "text.h"
#include "v1.h"
#include "v2.h"
#include "watch.h"

/* A signal stopped the run.  Not a status: the program ends by the signal. */
#define STOPPED BARS_SIGNAL

/* What a run is given. */
struct job {
	const struct options *options;
	const char *path; /* of the data */
	char *const *args;
	int nargs;
	const struct log *log;
};

static int
print(struct buf *text, struct err *e)
{
	struct out out;
	int rc = out_open(&out, NULL, e);

	if (rc != 0)
		return rc;
	out_str(&out, buf_text(text));
	return out_close(&out, e);
}

static int
put_head(const struct job *job, struct rec *rec, struct err *e)
{
	struct rec_head head = {.tool = options_tool.name,
	    .args = job->args,
	    .nargs = job->nargs,
	    .reproducible = job->options->reproducible};
	int rc = when_now(&head.now_ns, e);

	if (rc == 0)
		rec_head(rec, &head);
	return rc;
}

static int
put_summary(const struct job *job, const struct run *run, int64_t start,
    struct out *out, struct err *e)
{
	bool json = job->options->common.format == CLI_FORMAT_JSON;
	struct summary s;
	struct summary_cost cost = {
	    .elapsed_s = (double)(when_ticks() - start) / 1e9,
	    .peak_memory_bytes = proc_peak_memory(),
	};
	int rc = when_now(&cost.now_ns, e);

	if (rc != 0)
		return rc;
	summary_make(&s, run, run->stopped ? sig_seen() : 0);
	if (json) {
		summary_record(&s, &cost, &run->emit->rec);
	} else {
		struct buf text = {0};

		text_run(&s, out->fd, &text);
		out_str(out, buf_text(&text));
		buf_release(&text);
	}
	log_info(job->log, "%lld rows in %.3f s", (long long)run->bars->rows,
	    cost.elapsed_s);
	notes_warn(job->log, &s);
	return 0;
}

/* Everything between the open files and the closed ones. */
static int
run_bars(const struct job *job, struct strategy *strategy, struct bars *bars,
    struct out *out, struct err *e)
{
	bool json = job->options->common.format == CLI_FORMAT_JSON;
	int64_t start = when_ticks();
	struct emit emit;
	struct watch watch;
	struct run run = {.options = job->options,
	    .strategy = strategy,
	    .bars = bars,
	    .emit = &emit,
	    .watch = &watch,
	    .text = !json};
	int rc;

	emit_init(&emit, job->options, strategy, json ? out : NULL);
	rc = json ? put_head(job, &emit.rec, e) : 0;
	watch_begin(&watch, job->options, bars, out);
	if (rc == 0)
		rc = job->options->engine == ENGINE_V1 ? v1_run(&run, e)
						       : v2_run(&run, e);
	watch_end(&watch);
	if (rc == 0)
		rc = put_summary(job, &run, start, out, e);
	if (rc == 0 && run.stopped)
		rc = STOPPED;
	emit_release(&emit);
	return rc;
}

/* Ends the output: a file is left only by a run that came to its end. */
static int
finish(struct out *out, int rc, struct err *e)
{
	bool file = out->temp != NULL;
	struct err ignored = {0};
	int closed;

	if (rc == 0 || (rc == STOPPED && !file)) {
		closed = out_close(out, e);
		if (closed != 0 && sig_seen() != 0)
			return STOPPED;
		return closed != 0 ? closed : rc;
	}
	/* What was written before the bad row stays written. */
	if (!file)
		(void)!out_flush(out, &ignored);
	out_abort(out);
	return rc;
}

/* What needs no data: lists, and the rules of a strategy. */
static int
tell(const struct options *o, struct err *e)
{
	struct buf text = {0};
	struct strategy strategy;
	struct strategy_opts opts = options_strategy(o);
	int rc = 0;

	if (o->list_strategies)
		builtin_list(&text);
	if (o->list_functions) {
		field_list(&text);
		indic_list(&text);
	}
	if (o->show) {
		rc = strategy_build(&strategy, &opts, e);
		if (rc == 0)
			rc = show_strategy(&strategy, &opts, &text, e);
		strategy_release(&strategy);
	}
	if (rc == 0)
		rc = print(&text, e);
	buf_release(&text);
	return rc;
}

static int
run(const struct job *job, struct err *e)
{
	const struct options *o = job->options;
	struct strategy_opts opts = options_strategy(o);
	struct bars_opts bars_opts = options_bars(o);
	struct strategy strategy;
	struct keep keep;
	struct bars bars;
	struct out out;
	int rc;

	keep_init(&keep, o, job->log);
	bars_opts.cache = keep_opts(&keep);
	rc = strategy_build(&strategy, &opts, e);
	if (rc == 0)
		rc = need_check(o, &strategy, e);
	if (rc != 0)
		goto release_strategy;
	if (o->common.output != NULL && path_same(job->path, o->common.output))
		rc = err_set(e, EX_USAGE, "--output: '%s' is the input",
		    o->common.output);
	else
		rc = bars_open(&bars, job->path, &bars_opts, e);
	if (rc != 0)
		goto release_strategy;
	rc = out_open(&out, o->common.output, e);
	if (rc != 0)
		goto close_bars;
	rc = run_bars(job, &strategy, &bars, &out, e);
	rc = finish(&out, rc, e);
close_bars:
	bars_close(&bars);
release_strategy:
	strategy_release(&strategy);
	keep_release(&keep);
	return rc;
}

/* The data into the cache, and nothing else. */
static int
build_cache(const struct job *job, struct err *e)
{
	struct bars_opts bars_opts = options_bars(job->options);
	struct keep keep;
	int rc;

	keep_init(&keep, job->options, job->log);
	bars_opts.cache = keep_opts(&keep);
	rc = keep_build(job->path, &bars_opts, e);
	keep_release(&keep);
	return rc;
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
	    .path = "-",
	    .args = argv + 1,
	    .nargs = argc - 1,
	    .log = &log};
	int rc;

	rc = cli_parse(&cli, &options_tool, argv, &o, &e);
	if (rc == 0 && cli.todo == CLI_RUN) {
		rc = options_check(&o, &e);
		if (rc != 0)
			cli_release(&cli);
	}
	if (rc != 0)
		return usage(&log, &e, cli.plain);
	if (o.common.quiet || o.common.verbose)
		log.level = o.common.quiet ? LOG_QUIET : LOG_VERBOSE;
	log.color = tty_colored(STDERR_FILENO, (enum tty_color)o.common.color);
	if (cli.nargs > 0)
		job.path = cli.args[0];
	sig_catch();
	if (cli.todo == CLI_PRINT)
		rc = print(&cli.text, &e);
	else if (o.show || o.list_strategies || o.list_functions)
		rc = tell(&o, &e);
	else if (strcmp(job.path, "-") == 0 && o.build_cache)
		rc = err_set(&e, EX_USAGE, "--build-cache needs FILE");
	else if (strcmp(job.path, "-") == 0 && tty_is(STDIN_FILENO))
		rc = err_set(&e, EX_USAGE,
		    "needs FILE, or data on standard input");
	else
		rc = o.build_cache ? build_cache(&job, &e) : run(&job, &e);
	if (rc > 0)
		log_err(&log, &e);
	cli_release(&cli);
	if (rc == STOPPED)
		sig_die(sig_seen());
	return rc;
}
