/* SPDX-License-Identifier: MIT */
/* From the open output to the closed one. */
#include "job.h"

#include <unistd.h>

#include "act/apply.h"
#include "act/journal.h"
#include "base/num.h"
#include "base/sig.h"
#include "base/when.h"
#include "plan.h"
#include "purge.h"
#include "sweep.h"

/* So many names between two looks at the clock. */
#define EVERY 10000

/* Something that a person has to look at. */
#define DONE_WITH_FAULTS 1

/* Do what the plan or the rules say; without a journal, only look at it. */
static int
take_items(struct run *run, struct journal *journal, struct err *e)
{
	const char *plan = run->options->plan;
	struct apply apply;
	int rc;

	apply_init(&apply, run, journal);
	run->apply = &apply;
	if (run->options->undo != NULL)
		rc = purge_undo(run, e);
	else
		rc = plan != NULL ? plan_run(run, plan, e) : sweep_all(run, e);
	/* What waits when a signal comes is not intended, and not done. */
	run->apply = NULL;
	apply_release(&apply);
	return rc;
}

/* A clock that went back makes files old that are not. */
static int
check_clock(struct run *run, struct err *e)
{
	struct audit_head head;
	struct err none = {0};
	int rc = audit_read_head(run->options->audit, &head, &none);

	if (rc == EX_NOINPUT)
		return 0;
	if (rc != 0) {
		*e = none;
		return rc;
	}
	if (run->options->force || head.seq == 0 || head.ts_ns <= run->now_ns)
		return 0;
	run->tally.refused = true;
	log_fault(run->log,
	    "%s: its last record is from a later time than the clock shows: "
	    "nothing is done without --force",
	    run->options->audit);
	return 0;
}

static int
act(struct run *run, struct err *e)
{
	const struct options *o = run->options;
	struct journal_run id = {.id = run->emit->run_id,
	    .args = run->args,
	    .nargs = run->nargs};
	struct journal journal;
	struct err more = {0};
	int rc = check_clock(run, e);

	if (rc != 0 || run->tally.refused)
		return rc;
	if (o->plan == NULL && o->undo == NULL && !o->force &&
	    o->max_delete < NUM_PRICE_ONE)
		rc = sweep_check(run, e);
	if (rc != 0 || run->tally.refused)
		return rc;
	rc = journal_open(&journal, o->audit, &id, e);
	if (rc != 0)
		return rc;
	rc = take_items(run, &journal, e);
	if (journal_write(&journal, rc > 0 ? &more : e) != 0 && rc <= 0)
		rc = e->status;
	journal_close(&journal);
	return rc;
}

static int
work(struct run *run, struct err *e)
{
	int rc = 0;

	if (!options_acts(run->options))
		return run->options->plan != NULL ? take_items(run, NULL, e)
						  : sweep_all(run, e);
	rc = site_lock(&run->sites, run->options->wait_ns, run->log, e);
	return rc != 0 ? rc : act(run, e);
}

static int
status_of(const struct tally *t)
{
	return t->results[ITEM_FAILED] > 0 || t->rules_failed > 0 || t->refused
	    ? DONE_WITH_FAULTS
	    : 0;
}

static int
finish(struct run *run, int64_t start, int rc, struct err *e)
{
	struct emit_end end = {.tally = &run->tally,
	    .elapsed_s = (double)(when_ticks() - start) / 1e9,
	    .signo = rc == RUN_STOPPED ? sig_seen() : 0};

	if (run->tally.results[ITEM_FUTURE] > 0)
		log_warn(run->log, "%lld files are from the future: they stay",
		    (long long)run->tally.results[ITEM_FUTURE]);
	if (when_now(&end.ended_ns, e) != 0)
		return e->status;
	emit_summary(run->emit, &end);
	/* A plan that would be refused is a plan all the same. */
	if (rc == 0 && options_acts(run->options))
		rc = status_of(&run->tally);
	else if (rc == 0)
		rc = run->tally.results[ITEM_FAILED] > 0 ||
			run->tally.rules_failed > 0
		    ? DONE_WITH_FAULTS
		    : 0;
	return rc;
}

static int
run_all(struct run *run, const struct job *job, struct err *e)
{
	int64_t start = when_ticks();
	struct progress_opts progress = {.label = options_tool.name,
	    .unit = "names",
	    .every = EVERY,
	    .out_fd = run->emit->out->fd,
	    .quiet = job->options->common.quiet};
	int rc;

	emit_head(run->emit, run->args, run->nargs);
	guard_init(&run->guard, job->options->audit);
	site_open(&run->sites, job->rules, job->log);
	run->tally.rules_failed = run->sites.failed;
	run->claim.off = !site_overlap(&run->sites);
	progress_init(&run->progress, &progress);
	rc = work(run, e);
	progress_end(&run->progress);
	if (rc == 0 || rc == RUN_STOPPED)
		rc = finish(run, start, rc, e);
	site_release(&run->sites);
	inuse_release(&run->inuse);
	claim_release(&run->claim);
	share_release(&run->share);
	guard_release(&run->guard);
	return rc;
}

/* What was done stays written, whatever came then. */
static int
close_output(struct out *out, int rc, struct err *e)
{
	struct err more = {0};
	int closed = out_close(out, &more);

	if (closed != 0 && rc <= DONE_WITH_FAULTS) {
		*e = more;
		return closed;
	}
	return rc;
}

int
job_run(const struct job *job, struct err *e)
{
	struct run run = {.options = job->options,
	    .log = job->log,
	    .args = job->args,
	    .nargs = job->nargs};
	struct emit emit;
	struct out out;
	int rc = when_now(&run.now_ns, e);

	if (rc == 0)
		rc = out_open(&out, job->options->common.output, e);
	if (rc != 0)
		return rc;
	emit_init(&emit, job->options, &out, run.now_ns);
	run.emit = &emit;
	rc = run_all(&run, job, e);
	emit_release(&emit);
	return close_output(&out, rc, e);
}
