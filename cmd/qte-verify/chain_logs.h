/* SPDX-License-Identifier: MIT */
/* The audit logs of a directory, oldest first. */
#ifndef QTE_VERIFY_CHAIN_LOGS_H
#define QTE_VERIFY_CHAIN_LOGS_H

#include <sys/types.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"

/* What the name of a log has in it. */
#define CHAIN_LOGS_END ".jsonl"

struct chain_log {
	char *path;	  /* owned */
	struct buf first; /* its first record, without a newline, or empty */
	int64_t seq;	  /* of that; INT64_MAX: there is none */
	bool there;	  /* as the file: */
	dev_t dev;
	ino_t ino;
};

struct chain_logs {
	VEC(struct chain_log);
};

/*
 * chain_logs_gather(logs, dir):
 * In the order of their first records, whatever they are called; of two names
 * of one file the first.  A name that leads to no file is one too.  { 0 } is
 * none yet.
 */
void chain_logs_gather(struct chain_logs *, const char *);

/*
 * chain_logs_path(logs, i, dir):
 * Where the log ${i} is now, borrowed: it may have been rotated since, and
 * another may have its name.
 */
const char *chain_logs_path(struct chain_logs *, size_t, const char *);

/*
 * chain_logs_stem(path):
 * How many bytes of the last name of ${path}, which is that of an audit log
 * (paths.h), rotations of it share: what stands before ".jsonl", but for dates
 * and numbers.
 */
size_t chain_logs_stem(const char *);

void chain_logs_release(struct chain_logs *);

#endif
