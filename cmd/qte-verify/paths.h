/* SPDX-License-Identifier: MIT */
/* What is to be checked: the operands, what a list or a directory holds. */
#ifndef QTE_VERIFY_PATHS_H
#define QTE_VERIFY_PATHS_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"
#include "machine/log.h"
#include "options.h"

struct paths {
	/* borrowed: hears of what is passed over; or NULL */
	const struct log *log;
	VEC(char *); /* owned */
};

/*
 * paths_gather(p, o, args, n, e):
 * The ${n} operands, and those of the list on standard input; without any the
 * files of the installation.  A directory stands for the data files in it, by
 * name, unless the profile takes it as a whole; it stays, before them, for the
 * audit logs in it, and when there is neither.
 * EX_IOERR; IN_SIGNAL.  paths_release is due in any case.
 */
int paths_gather(struct paths *, const struct options *, const char *const *,
    size_t, struct err *) QTE_MUST_CHECK;
void paths_release(struct paths *);

/* paths_installation(p, dir): add the three files of one below ${dir}. */
void paths_installation(struct paths *, const char *);

/* paths_is_data(path): whether a file of that name is one of data. */
bool paths_is_data(const char *);

/* paths_is_audit(path): whether a file of that name is an audit log. */
bool paths_is_audit(const char *);

/*
 * paths_is_log(path):
 * Whether it is an audit log by its name, or by the end ".jsonl" and the '{' at
 * the start of the file; or a directory with one.
 */
bool paths_is_log(const char *);

#endif
