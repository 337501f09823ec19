/* SPDX-License-Identifier: MIT */
/* From the open output to the closed one: a plan, or the deeds. */
#ifndef QTE_CLEAN_JOB_H
#define QTE_CLEAN_JOB_H

#include "base/base.h"
#include "base/err.h"
#include "machine/log.h"
#include "options.h"
#include "run.h"

struct job {
	const struct options *options;
	const struct rule_list *rules;
	char *const *args;
	int nargs;
	const struct log *log;
};

/*
 * job_run(job, e):
 * Return 0 when all went well; 1, without a message, when something failed or
 * was refused; RUN_STOPPED; the status of what went wrong.
 */
int job_run(const struct job *, struct err *) QTE_MUST_CHECK;

#endif
