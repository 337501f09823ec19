/* SPDX-License-Identifier: MIT */
/* From the open files to the closed ones: a run, or a sweep of many. */
#ifndef QTE_RUN_JOB_H
#define QTE_RUN_JOB_H

#include "base/base.h"
#include "base/err.h"
#include "machine/log.h"
#include "market/bars.h"
#include "options.h"

/* A signal stopped the run.  Not a status: the program ends by the signal. */
#define JOB_STOPPED BARS_SIGNAL

/* What a run is given. */
struct job {
	const struct options *options;
	const char *path; /* of the data */
	char *const *args;
	int nargs;
	const struct log *log;
};

/*
 * job_run(job, e):
 * Read the data and write what the options ask for.  JOB_STOPPED; the status of
 * what went wrong.
 */
int job_run(const struct job *, struct err *) QTE_MUST_CHECK;

/* job_cache(job, e): bring the data into the cache, and nothing else. */
int job_cache(const struct job *, struct err *) QTE_MUST_CHECK;

#endif
