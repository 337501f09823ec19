/* SPDX-License-Identifier: MIT */
/* The audit logs of a directory, oldest first. */
#include "chain_logs.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "face/audit_link.h"
#include "format/jin.h"
#include "machine/in.h"
#include "machine/path.h"
#include "paths.h"

/* The first record is not looked for beyond so many lines. */
#define LOOK_LINES 100

/* Look for the first record. */
static void
look(struct chain_log *log)
{
	struct audit_link link;
	struct err e;
	struct in in;
	const char *line;
	size_t n, column;

	log->seq = INT64_MAX;
	if (in_open(&in, log->path, &e) != 0)
		return;
	for (int i = 0; i < LOOK_LINES && log->seq == INT64_MAX &&
	     in_line(&in, JIN_LINE_MAX, &line, &n, &e) == 0;
	     i++) {
		n -= line[n - 1] == '\n';
		if (audit_link_read(line, n, &link, &column, &e) != 0)
			continue;
		log->seq = link.seq;
		buf_add(&log->first, line, n);
	}
	in_close(&in);
}

static bool
is_known(const struct chain_logs *logs, const struct stat *st)
{
	for (size_t i = 0; i < logs->n; i++)
		if (logs->at[i].there && logs->at[i].dev == st->st_dev &&
		    logs->at[i].ino == st->st_ino)
			return true;
	return false;
}

static void
add(struct chain_logs *logs, const char *dir, const char *name)
{
	struct buf path = {0};
	struct chain_log log = {0};
	struct stat st = {0};

	path_join(&path, dir, name);
	log.there = stat(buf_text(&path), &st) == 0;
	if (log.there && (!S_ISREG(st.st_mode) || is_known(logs, &st))) {
		buf_release(&path);
		return;
	}
	log.path = buf_detach(&path);
	log.dev = st.st_dev;
	log.ino = st.st_ino;
	look(&log);
	*VEC_PUSH(logs) = log;
}

size_t
chain_logs_stem(const char *path)
{
	const char *name = path_base(path);
	size_t n = (size_t)(strstr(name, CHAIN_LOGS_END) - name);

	for (;;) {
		size_t at = n;

		while (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9')
			at--;
		if (at == n || at == 0 || strchr("-._", name[at - 1]) == NULL)
			return n;
		n = at - 1;
	}
}

static int
by_seq(const void *a, const void *b)
{
	const struct chain_log *x = a, *y = b;

	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return strcmp(x->path, y->path);
}

void
chain_logs_gather(struct chain_logs *logs, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (paths_is_audit(entry->d_name))
			add(logs, path, entry->d_name);
	if (dir != NULL)
		(void)closedir(dir);
	if (logs->n > 0)
		qsort(logs->at, logs->n, sizeof(logs->at[0]), by_seq);
}

static bool
is_log(const struct chain_log *log, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_dev == log->dev &&
	    st.st_ino == log->ino;
}

const char *
chain_logs_path(struct chain_logs *logs, size_t i, const char *path)
{
	struct chain_log *log = &logs->at[i];
	struct dirent *entry;
	DIR *dir;

	if (!log->there || is_log(log, log->path))
		return log->path;
	dir = opendir(path);
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		struct buf now = {0};

		if (!paths_is_audit(entry->d_name))
			continue;
		path_join(&now, path, entry->d_name);
		if (is_log(log, buf_text(&now))) {
			free(log->path);
			log->path = buf_detach(&now);
			break;
		}
		buf_release(&now);
	}
	if (dir != NULL)
		(void)closedir(dir);
	return log->path;
}

void
chain_logs_release(struct chain_logs *logs)
{
	for (size_t i = 0; i < logs->n; i++) {
		free(logs->at[i].path);
		buf_release(&logs->at[i].first);
	}
	VEC_RELEASE(logs);
}
