/* SPDX-License-Identifier: MIT */
/* From the open files to the closed ones: a run, or a sweep of many. */
#include "job.h"

#include "base/sig.h"
#include "base/when.h"
#include "emit.h"
#include "face/cli.h"
#include "keep.h"
#include "machine/proc.h"
#include "need.h"
#include "summary.h"
#include "sweep/result.h"
#include "sweep/sweep.h"
#include "text/results.h"
#include "text/text.h"
#include "v1.h"
#include "v2.h"
#include "warn.h"
#include "watch.h"

static bool
is_json(const struct job *job)
{
	return job->options->common.format == CLI_FORMAT_JSON;
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

/* The time and the memory that it took until now. */
static int
take_cost(int64_t start, struct summary_cost *cost, struct err *e)
{
	*cost = (struct summary_cost){
	    .elapsed_s = (double)(when_ticks() - start) / 1e9,
	    .peak_memory_bytes = proc_peak_memory(),
	};
	return when_now(&cost->now_ns, e);
}

static int
put_summary(const struct job *job, const struct run *run, int64_t start,
    struct out *out, struct err *e)
{
	const struct options *o = job->options;
	bool json = is_json(job);
	struct summary s;
	struct summary_cost cost;
	int rc = take_cost(start, &cost, e);

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
	if ((o->from.given || o->to.given) && run->bars->outside == 0)
		log_info(job->log, "--from and --to cut off no bar");
	log_info(job->log, "%lld rows in %.3f s", (long long)run->bars->rows,
	    cost.elapsed_s);
	warn_run(job->log, run);
	return 0;
}

/* Everything between the open files and the closed ones. */
static int
run_bars(const struct job *job, struct strategy *strategy, struct bars *bars,
    struct out *out, struct err *e)
{
	bool json = is_json(job);
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
		rc = JOB_STOPPED;
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

	if (rc == 0 || (rc == JOB_STOPPED && (!file || out_failed(out)))) {
		closed = out_close(out, e);
		return closed != 0 ? closed : rc;
	}
	/* What was written before the bad row stays written. */
	if (!file)
		(void)!out_flush(out, &ignored);
	out_abort(out);
	return rc;
}

static int
put_results(const struct job *job, const struct sweep *sweep, struct rec *rec,
    struct err *e)
{
	int signo = sweep->stopped ? sig_seen() : 0;
	struct summary_cost cost;
	struct buf text = {0};
	int rc = take_cost(sweep->begun, &cost, e);

	if (rc != 0)
		return rc;
	if (is_json(job)) {
		result_records(sweep, rec);
		result_summary(sweep, &cost, signo, rec);
	} else {
		results_put(sweep, signo, rec->out->fd, &text);
		out_str(rec->out, buf_text(&text));
		buf_release(&text);
	}
	log_info(job->log, "%lld rows, %zu combinations in %.3f s",
	    (long long)sweep->bars->rows, sweep->n, cost.elapsed_s);
	warn_sweep(job->log, sweep);
	return 0;
}

static int
sweep_bars(const struct job *job, struct sweep *sweep, struct bars *bars,
    struct out *out, struct err *e)
{
	struct watch watch;
	struct rec rec;
	int rc;

	rec_init(&rec, out);
	sweep->bars = bars;
	sweep->watch = &watch;
	rc = is_json(job) ? put_head(job, &rec, e) : 0;
	watch_begin(&watch, job->options, bars, out);
	if (rc == 0)
		rc = sweep_run(sweep, e);
	watch_end(&watch);
	if (rc == 0)
		rc = put_results(job, sweep, &rec, e);
	if (rc == 0 && sweep->stopped)
		rc = JOB_STOPPED;
	sweep->bars = NULL;
	sweep->watch = NULL;
	rec_release(&rec);
	return rc;
}

/* What is run: one strategy, or many. */
struct what {
	struct strategy strategy;
	struct sweep sweep;
	bool many;
};

static int
build(const struct job *job, struct what *what, struct err *e)
{
	struct strategy_opts opts = options_strategy(job->options);
	struct need need = {0};

	*what = (struct what){.many = options_sweep(job->options)};
	int rc;

	if (what->many)
		return sweep_build(&what->sweep, job->options, e);
	rc = strategy_build(&what->strategy, &opts, e);
	if (rc != 0)
		return rc;
	need_add(&need, &what->strategy);
	rc = need_check(&need, job->options, e);
	need_release(&need);
	return rc != 0 ? rc : options_fit(job->options, &what->strategy, e);
}

static int
run_files(const struct job *job, const struct bars_opts *bars_opts,
    struct what *what, struct err *e)
{
	const struct options *o = job->options;
	struct bars bars;
	struct out out;
	int rc;

	rc = options_output(o, job->path, e);
	if (rc == 0)
		rc = bars_open(&bars, job->path, bars_opts, e);
	if (rc != 0)
		return rc;
	rc = out_open(&out, o->common.output, e);
	if (rc == 0) {
		rc = what->many
		    ? sweep_bars(job, &what->sweep, &bars, &out, e)
		    : run_bars(job, &what->strategy, &bars, &out, e);
		rc = finish(&out, rc, e);
	}
	bars_close(&bars);
	return rc;
}

int
job_run(const struct job *job, struct err *e)
{
	struct bars_opts bars_opts = options_bars(job->options);
	struct keep keep;
	struct what what;
	struct err why = {0};
	int rc = build(job, &what, e);

	if (keep_init(&keep, job->options, &why) != 0)
		log_warn(job->log, "%s", why.msg);
	bars_opts.cache = keep_opts(&keep);
	if (rc == 0)
		rc = run_files(job, &bars_opts, &what, e);
	keep_release(&keep);
	if (what.many)
		sweep_release(&what.sweep);
	else
		strategy_release(&what.strategy);
	return rc;
}

int
job_cache(const struct job *job, struct err *e)
{
	struct bars_opts bars_opts = options_bars(job->options);
	struct keep keep;
	int rc = keep_init(&keep, job->options, e);

	bars_opts.cache = keep_opts(&keep);
	if (rc == 0)
		rc = keep_build(job->path, &bars_opts, job->log, e);
	keep_release(&keep);
	return rc;
}
