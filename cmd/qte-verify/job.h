/* SPDX-License-Identifier: MIT */
/* From the paths to the closed output. */
#ifndef QTE_VERIFY_JOB_H
#define QTE_VERIFY_JOB_H

#include "base/base.h"
#include "base/err.h"
#include "face/cli.h"
#include "machine/log.h"
#include "options.h"

/* A signal stopped it.  Not a status. */
#define JOB_STOPPED (-2)

struct job {
	const struct options *options; /* borrowed, and so are the others */
	const struct cli *cli;
	char *const *args; /* of the command line, for the head */
	int nargs;
	const struct log *log;
};

/*
 * job_run(job, e):
 * Check everything.  Return 0 when nothing at or above --fail-on was found, 1
 * when something was; JOB_STOPPED; or a status of 64 and above.
 */
int job_run(const struct job *, struct err *) QTE_MUST_CHECK;

#endif
