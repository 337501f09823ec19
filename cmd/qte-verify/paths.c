/* SPDX-License-Identifier: MIT */
/* What is to be checked. */
#include "paths.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "machine/in.h"
#include "machine/path.h"

/* Files of data in a directory; others that stand there are none of ours. */
static const char *const endings[] = {".csv", ".csv.gz", ".csv.zst", ".csv.xz",
    ".tsv"};

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n > m && strcmp(text + n - m, end) == 0;
}

bool
paths_is_audit(const char *path)
{
	const char *name = path_base(path);

	return strncmp(name, "audit", strlen("audit")) == 0 &&
	    strstr(name, ".jsonl") != NULL;
}

bool
paths_is_data(const char *path)
{
	const char *name = path_base(path);

	if (name[0] == '.')
		return false;
	for (size_t i = 0; i < QTE_COUNT(endings); i++)
		if (ends_with(name, endings[i]))
			return true;
	return false;
}

static bool
is_kind(const char *path, mode_t kind)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == kind;
}

/* A file, or a name that leads to none: that is for a finding to say. */
static bool
may_be_file(const char *path)
{
	struct stat st;

	return stat(path, &st) != 0 || S_ISREG(st.st_mode);
}

/* Whether the first byte of a regular file opens a JSON object. */
static bool
opens_object(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	char first = '\0';
	bool read_one;

	if (fd < 0)
		return false;
	read_one = read(fd, &first, 1) == 1;
	(void)close(fd);
	return read_one && first == '{';
}

/* Whether the directory has an audit log. */
static bool
has_log(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool found = false;

	while (!found && dir != NULL && (entry = readdir(dir)) != NULL) {
		struct buf file = {0};

		path_join(&file, path, entry->d_name);
		found = paths_is_audit(entry->d_name) &&
		    may_be_file(buf_text(&file));
		buf_release(&file);
	}
	if (dir != NULL)
		(void)closedir(dir);
	return found;
}

bool
paths_is_log(const char *path)
{
	if (paths_is_audit(path))
		return true;
	if (is_kind(path, S_IFDIR))
		return has_log(path);
	return ends_with(path, ".jsonl") && is_kind(path, S_IFREG) &&
	    opens_object(path);
}

static void
add(struct paths *p, const char *path)
{
	*VEC_PUSH(p) = mem_text(path, strlen(path));
}

/* Whether one is to be read, or a word about why it is not. */
static bool
takes(const struct paths *p, const char *path)
{
	bool takes_it = may_be_file(path);

	if (!takes_it && p->log != NULL)
		log_warn(p->log, "%s: is no regular file, and passed over",
		    path);
	return takes_it;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * The data files of a directory, and itself for the audit logs in it, or when
 * there is neither.
 */
static void
add_directory(struct paths *p, const struct options *o, const char *path)
{
	size_t first = p->n;
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool logs = false;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		bool log =
		    o->profile == PROFILE_AUTO && paths_is_audit(entry->d_name);
		struct buf file = {0};

		if (!log && !paths_is_data(entry->d_name))
			continue;
		path_join(&file, path, entry->d_name);
		if (takes(p, buf_text(&file))) {
			logs = logs || log;
			if (!log)
				add(p, buf_text(&file));
		}
		buf_release(&file);
	}
	if (dir != NULL)
		(void)closedir(dir);
	if (logs || p->n == first)
		add(p, path);
	qsort(p->at + first, p->n - first, sizeof(p->at[0]), by_name);
}

static void
add_operand(struct paths *p, const struct options *o, const char *path)
{
	bool whole = o->create || o->profile >= PROFILE_BOOK;

	if (!whole && strcmp(path, "-") != 0 && is_kind(path, S_IFDIR))
		add_directory(p, o, path);
	else
		add(p, path);
}

/* Paths with a NUL after each. */
static int
add_list(struct paths *p, const struct options *o, struct err *e)
{
	struct in in;
	int rc = in_open(&in, "-", e);

	if (rc != 0)
		return rc;
	while (rc == 0 && !in.eof)
		rc = in_more(&in, e);
	for (size_t at = 0; rc == 0 && at < in.len;) {
		/* Zeros follow what was read. */
		if (in.data[at] != '\0')
			add_operand(p, o, in.data + at);
		at += strlen(in.data + at) + 1;
	}
	in_close(&in);
	return rc;
}

void
paths_installation(struct paths *p, const char *dir)
{
	static const char *const names[] = {"market_data.csv", "portfolio.csv",
	    "trades.csv"};

	for (size_t i = 0; i < QTE_COUNT(names); i++) {
		struct buf path = {0};

		path_join(&path, dir, names[i]);
		*VEC_PUSH(p) = buf_detach(&path);
	}
}

int
paths_gather(struct paths *p, const struct options *o, const char *const *args,
    size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		add_operand(p, o, args[i]);
	if (o->null)
		return add_list(p, o, e);
	if (n == 0 && o->profile < PROFILE_BOOK)
		paths_installation(p, o->data);
	else if (n == 0)
		add(p, o->data);
	return 0;
}

void
paths_release(struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->at[i]);
	VEC_RELEASE(p);
}
