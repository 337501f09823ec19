/* SPDX-License-Identifier: MIT */
/* The audit logs of a directory: chains of them, oldest first. */
#ifndef QTE_VERIFY_CHAIN_LOGS_H
#define QTE_VERIFY_CHAIN_LOGS_H

#include <sys/types.h>

#include "base/base.h"
#include "base/vec.h"

/* What the name of a log has in it. */
#define CHAIN_LOGS_END ".jsonl"

struct chain_log {
	char *path;   /* owned */
	int64_t seq;  /* of its first record; INT64_MAX: there is none */
	size_t chain; /* the number of its chain, from 0 */
	dev_t dev;
	ino_t ino;
};

struct chain_logs {
	VEC(struct chain_log);
};

/*
 * chain_logs_gather(logs, dir):
 * Logs are of one chain when their names differ only in what follows ".jsonl",
 * and in dates and numbers before it.  Chains come by name, and each in the
 * order of the first records, whatever the logs are called; of two names of one
 * file the first.  { 0 } is none yet.
 */
void chain_logs_gather(struct chain_logs *, const char *);

/*
 * chain_logs_stem(path): how many bytes of its last name all of its chain have.
 */
size_t chain_logs_stem(const char *);

/*
 * chain_logs_path(logs, i, dir):
 * Where the log ${i} is now, borrowed: it may have been rotated since, and
 * another may have its name.
 */
const char *chain_logs_path(struct chain_logs *, size_t, const char *);

void chain_logs_release(struct chain_logs *);

#endif
