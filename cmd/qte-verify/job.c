/* SPDX-License-Identifier: MIT */
/* From the paths to the closed output. */
#include "job.h"

#include "anchor.h"
#include "base/sig.h"
#include "base/when.h"
#include "book.h"
#include "chain.h"
#include "check.h"
#include "crew.h"
#include "file.h"
#include "format/rec.h"
#include "machine/in.h"
#include "machine/proc.h"
#include "machine/tty.h"
#include "manifest.h"
#include "manifest/make.h"
#include "market/batch.h"
#include "outputs.h"
#include "paths.h"
#include "report.h"

/* What a job has while it runs. */
struct work {
	const struct job *job;
	struct check check;
	struct report_opts opts;
	struct calendar calendar;
	struct paths paths;
	struct anchors anchors;
	int64_t start_ns; /* by when_ticks */
	struct out out;
	struct out split; /* of --split-bad */
	struct rec rec;
	struct progress progress;
};

static bool
is_json(const struct work *w)
{
	return !w->opts.text;
}

static void
put_head(struct work *w)
{
	struct rec_head head = {.tool = options_tool.name,
	    .args = w->job->args,
	    .nargs = w->job->nargs,
	    .now_ns = w->check.now_ns,
	    .reproducible = w->opts.reproducible};

	rec_head(&w->rec, &head);
}

static void
put_summary(struct work *w, bool stopped)
{
	const struct report_counts *c = report_counts(w->check.report);
	struct rec *r = &w->rec;
	int64_t memory = proc_peak_memory();

	rec_begin(r, "summary");
	if (!w->opts.reproducible)
		rec_time(r, "ts", w->check.now_ns);
	rec_bool(r, "complete", !stopped);
	if (stopped)
		rec_text(r, "reason", sig_name(sig_seen()));
	rec_int(r, "files", c->files);
	rec_int(r, "rows", c->rows);
	rec_int(r, "bytes", c->bytes);
	report_findings(r, c);
	rec_text(r, "verdict", report_verdict(c, stopped));
	if (!w->opts.reproducible) {
		rec_double(r, "elapsed_s",
		    (double)(when_ticks() - w->start_ns) / 1e9);
		if (memory > 0)
			rec_int(r, "peak_memory_bytes", memory);
	}
	rec_end(r);
}

/* When the market trades, as far as it was said. */
static int
read_calendar(struct calendar *c, const struct options *o, struct err *e)
{
	int rc = 0;

	if (o->calendar != NULL)
		rc = calendar_read(c, o->calendar, e);
	if (rc == 0 && o->session != NULL &&
	    calendar_sessions(c, o->session, e) != 0)
		return err_wrap(e, "--session");
	if (rc == 0 && calendar_settle(c, &o->zone, e) != 0)
		return err_wrap(e, "--calendar");
	return rc;
}

static check_path *
choose(const struct check *c, const char *path)
{
	switch (c->options->profile) {
	case PROFILE_BOOK:
		return book_check;
	case PROFILE_MANIFEST:
		return manifest_check;
	case PROFILE_AUDIT:
		return chain_check;
	case PROFILE_AUTO:
		return paths_is_log(path) ? chain_check : file_check;
	default:
		return file_check;
	}
}

/* What is written to the terminal shows by itself that something happens. */
static void
on_write(void *arg)
{
	struct work *w = arg;

	progress_hide(&w->progress);
}

/* Of one thread; what several do at a time makes no line. */
static void
begin_progress(struct work *w, const char *unit, int64_t every)
{
	const struct options *o = w->job->options;

	progress_init(&w->progress,
	    &(struct progress_opts){.label = options_tool.name,
		.unit = unit,
		.every = every,
		.out_fd = w->out.fd,
		.quiet = o->common.quiet});
	if (o->jobs == 1 || w->paths.n == 1)
		w->check.progress = &w->progress;
	if (tty_is(w->out.fd))
		w->out.on_write = (struct hook){on_write, w};
}

/* With everything open: instead of a check, a manifest to check by later. */
static int
create(struct work *w, struct err *e)
{
	const struct options *o = w->job->options;
	int rc;

	begin_progress(w, "files", 1);
	rc = make_list(&(struct make_opts){.dir = w->paths.at[0],
			   .out = &w->out,
			   .log = w->job->log,
			   .form = o->common.format == CLI_FORMAT_OWN
			       ? MANIFEST_PLAIN
			       : MANIFEST_JSON,
			   .jobs = o->jobs,
			   .progress = &w->progress},
	    e);
	progress_end(&w->progress);
	return rc;
}

/* With everything open. */
static int
run(struct work *w, struct err *e)
{
	int rc;

	begin_progress(w, "rows", BATCH_ROWS);
	w->check.report = report_new(&w->opts);
	w->check.report_opts = &w->opts;
	w->check.out = &w->out;
	w->check.several = w->paths.n > 1;
	report_stream(w->check.report, &w->out,
	    w->job->options->split_bad != NULL ? &w->split : NULL);
	if (is_json(w))
		put_head(w);
	rc = crew_check(&w->check, &w->paths, choose, e);
	progress_end(&w->progress);
	if (is_json(w) && (rc == 0 || rc == CHECK_STOPPED))
		put_summary(w, rc == CHECK_STOPPED);
	if (rc == 0 && report_counts(w->check.report)->failed)
		rc = 1;
	report_free(w->check.report);
	return rc;
}

/* Ends an output: a file is left only by a check that came to its end. */
static int
finish(struct out *out, int rc, struct err *e)
{
	struct err ignored = {0};
	int closed;

	if (rc == 0 || rc == 1 || (rc == CHECK_STOPPED && out->temp == NULL)) {
		closed = out_close(out, e);
		return closed != 0 ? closed : rc;
	}
	if (out->temp == NULL)
		(void)!out_flush(out, &ignored);
	out_abort(out);
	return rc;
}

/* With the output open, and closed in the end. */
static int
produce(struct work *w, struct err *e)
{
	const struct options *o = w->job->options;
	int rc = 0;

	if (o->split_bad != NULL)
		rc = out_open(&w->split, o->split_bad, e);
	if (rc != 0) {
		out_abort(&w->out);
		return rc;
	}
	rec_init(&w->rec, &w->out);
	rc = o->create ? create(w, e) : run(w, e);
	rec_release(&w->rec);
	if (o->split_bad != NULL)
		rc = finish(&w->split, rc, e);
	return finish(&w->out, rc, e);
}

/* Read the anchors, which must have a log that is held against them. */
static int
read_anchors(struct work *w, struct err *e)
{
	const char *file = w->job->options->anchor;
	bool needed = false;

	if (file == NULL)
		return 0;
	for (size_t i = 0; i < w->paths.n && !needed; i++)
		needed = choose(&w->check, w->paths.at[i]) == chain_check;
	if (needed) {
		w->check.anchors = &w->anchors;
		return anchor_read(&w->anchors, file, e);
	}
	/* Nothing held against them would pass for a check. */
	return cli_is_flag(w->job->cli, "anchor")
	    ? err_set(e, EX_USAGE,
		  "--anchor: no audit log is to be checked; --profile=audit "
		  "says that a file is one")
	    : 0;
}

int
job_run(const struct job *job, struct err *e)
{
	const struct options *o = job->options;
	struct work w = {.job = job,
	    .check = {.options = o, .log = job->log},
	    .paths = {.log = job->log}};
	int rc;

	w.start_ns = when_ticks();
	rc = options_now(o, &w.check.now_ns, e);
	if (rc != 0)
		return rc;
	options_report(o, w.check.now_ns, &w.opts);
	calendar_init(&w.calendar);
	w.check.calendar = &w.calendar;
	rc = read_calendar(&w.calendar, o, e);
	if (rc == 0)
		rc = paths_gather(&w.paths, o, job->cli->args, job->cli->nargs,
		    e);
	if (rc == 0)
		rc = read_anchors(&w, e);
	if (rc == 0)
		rc = outputs_check(o, &w.paths, e);
	if (rc == 0)
		rc = out_open(&w.out, o->common.output, e);
	if (rc == 0)
		rc = produce(&w, e);
	VEC_RELEASE(&w.anchors);
	paths_release(&w.paths);
	calendar_release(&w.calendar);
	return rc == IN_SIGNAL ? JOB_STOPPED : rc;
}
