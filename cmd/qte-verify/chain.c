/* SPDX-License-Identifier: MIT */
/* An audit log, or one and those that it was rotated from. */
#include "chain.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "anchor.h"
#include "base/buf.h"
#include "base/when.h"
#include "chain_logs.h"
#include "face/audit_check.h"
#include "machine/in.h"
#include "machine/lock.h"
#include "machine/path.h"
#include "paths.h"

/* So long the writers of a log are waited for. */
#define WAIT_NS WHEN_SECOND

struct chain {
	const struct check *check; /* borrowed */
	struct in in;		   /* the log that is read */
	/* What stands before this byte of it is written to its end. */
	int64_t settled;
};

/* Logs that follow one another, as far as they were read. */
struct link {
	struct audit_check audit;
	struct anchors anchors;	      /* a copy: each is met by itself */
	const struct chain_log *last; /* borrowed: the latest of a directory */
	bool whole;		      /* its newest may be among them */
};

/* What a directory has. */
struct links {
	const char *dir; /* borrowed */
	struct chain_logs logs;
	VEC(struct link);
	struct {
		/* Where a log ended that another follows. */
		VEC(struct audit_hash);
	} inner;
};

static void
found(void *arg, const struct audit_finding *a)
{
	static const enum rule rules[AUDIT_FAULTS] = {[AUDIT_BAD_JSON] =
							  RULE_BAD_JSON,
	    [AUDIT_TRUNCATED] = RULE_AUDIT_TRUNCATED,
	    [AUDIT_CHAIN_BREAK] = RULE_CHAIN_BREAK,
	    [AUDIT_SEQUENCE_GAP] = RULE_SEQUENCE_GAP,
	    [AUDIT_TIME_BACKWARDS] = RULE_TIME_BACKWARDS,
	    [AUDIT_HEAD_MISMATCH] = RULE_HEAD_MISMATCH};
	const struct chain *chain = arg;
	struct finding f = {.rule = rules[a->fault],
	    .message = a->message,
	    .line = a->line,
	    .col = a->column,
	    .offset = a->offset,
	    .row = a->row,
	    .row_len = a->row_len,
	    .value = a->value,
	    .value_len = a->value_len,
	    .expected = a->expected};

	/* A record that is being written while we read is not torn. */
	if (a->fault != AUDIT_TRUNCATED || chain->in.stream != NULL ||
	    a->offset < chain->settled)
		report_add(chain->check->report, &f);
}

/* The size of the log between two writes; without a lock, the size it has. */
static int64_t
settled_size(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int64_t size = INT64_MAX;
	struct stat st;

	if (fd < 0)
		return size;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		bool locked = lock_wait(fd, WAIT_NS) == 0;

		(void)locked;
		if (fstat(fd, &st) == 0)
			size = st.st_size;
	}
	(void)close(fd);
	return size;
}

static void
add(const struct chain *chain, enum rule rule, const char *message)
{
	report_add(chain->check->report,
	    &(struct finding){.rule = rule, .message = message, .offset = -1});
}

/* Nothing can be read of the log, or nothing more. */
static int
unreadable(const struct chain *chain, const char *path, int rc,
    const struct err *e)
{
	size_t n = strlen(path);
	bool named = strncmp(e->msg, path, n) == 0;

	if (rc == IN_SIGNAL || rc == EX_UNAVAILABLE || rc == EX_OSERR)
		return rc;
	add(chain, RULE_FILE_UNREADABLE,
	    named && strncmp(e->msg + n, ": ", 2) == 0 ? e->msg + n + 2
						       : e->msg);
	return 0;
}

static int
read_log(struct chain *chain, struct audit_check *audit, const char *path,
    struct err *e)
{
	bool standard = strcmp(path, "-") == 0;
	int rc;

	if (!standard && access(path, F_OK) != 0 &&
	    (errno == ENOENT || errno == ENOTDIR)) {
		add(chain, RULE_FILE_MISSING, "there is no such file");
		return 0;
	}
	chain->settled = standard ? INT64_MAX : settled_size(path);
	rc = in_open(&chain->in, path, e);
	if (rc != 0)
		return unreadable(chain, path, rc, e);
	rc = audit_check_log(audit, &chain->in, e);
	if (rc != 0)
		rc = unreadable(chain, path, rc, e);
	else if (chain->in.bytes == 0)
		add(chain, RULE_FILE_EMPTY, "the file is empty");
	return rc;
}

/* What comes behind a log: another that is read, nothing, or no one knows. */
enum behind { BEHIND_READ, BEHIND_NOTHING, BEHIND_UNKNOWN };

static int
check_log(struct chain *chain, struct audit_check *audit, const char *path,
    enum behind behind, struct err *e)
{
	struct report *report = chain->check->report;
	struct report_totals totals = {.rows = 0};
	int rc;

	report_begin(report, path);
	chain->in = (struct in){.fd = -1};
	audit->log_records = 0;
	rc = read_log(chain, audit, path, e);
	totals.bytes = chain->in.bytes;
	if (rc == 0 && behind != BEHIND_READ)
		audit_check_end(audit, behind == BEHIND_NOTHING);
	in_close(&chain->in);
	totals.rows = audit->log_records;
	totals.dated = audit->log_records > 0;
	totals.first_ns = audit->log_first_ns;
	totals.last_ns = audit->last_ts_ns;
	totals.stopped = rc == IN_SIGNAL;
	report_end(report, &totals);
	return rc == IN_SIGNAL ? CHECK_STOPPED : rc;
}

/* Whether the name is not that of a log which was rotated away. */
static bool
is_newest(const char *path)
{
	static const char end[] = CHAIN_LOGS_END;
	size_t n = strlen(path);

	return !paths_is_audit(path) ||
	    (n >= sizeof(end) - 1 &&
		strcmp(path + n - (sizeof(end) - 1), end) == 0);
}

/* Whether it may be all there is: nothing behind the name but a compression. */
static bool
is_whole(const char *path)
{
	static const char *const behind[] = {"", ".gz", ".zst", ".xz"};
	const char *end = strstr(path_base(path), CHAIN_LOGS_END);

	for (size_t i = 0; i < QTE_COUNT(behind); i++)
		if (strcmp(end + strlen(CHAIN_LOGS_END), behind[i]) == 0)
			return true;
	return false;
}

static void
begin(struct link *link, struct chain *chain)
{
	const struct anchors *anchors = chain->check->anchors;

	*link = (struct link){.last = NULL};
	for (size_t i = 0; anchors != NULL && i < anchors->n; i++)
		*VEC_PUSH(&link->anchors) = anchors->at[i];
	audit_check_init(&link->audit,
	    &(struct audit_watch){.found = found, .arg = chain},
	    link->anchors.at, link->anchors.n);
}

static void
end(struct link *link)
{
	audit_check_release(&link->audit);
	VEC_RELEASE(&link->anchors);
}

static bool
has_stem_of(const struct chain_log *a, const struct chain_log *b)
{
	size_t n = chain_logs_stem(a->path);

	return n == chain_logs_stem(b->path) &&
	    memcmp(path_base(a->path), path_base(b->path), n) == 0;
}

/* Whether the log goes on behind ${h}. */
static bool
follows(const struct links *links, const struct audit_hash *h,
    const struct chain_log *log)
{
	return log->first.len > 0 &&
	    audit_link_follows(links->at[0].audit.sha256, h, log->first.data,
		log->first.len);
}

/*
 * The logs that this one goes on with: the record before its first tells, or
 * else its name, where something is missing.  NULL: none; it begins a chain, or
 * is another that goes on where one did.
 */
static struct link *
find(const struct links *links, const struct chain_log *log)
{
	for (size_t i = 0; i < links->n; i++)
		if (follows(links, &links->at[i].audit.h, log))
			return &links->at[i];
	for (size_t i = 0; i < links->inner.n; i++)
		if (follows(links, &links->inner.at[i], log))
			return NULL;
	if (log->seq == 1)
		return NULL;
	for (size_t i = links->n; i > 0; i--)
		if (has_stem_of(links->at[i - 1].last, log))
			return &links->at[i - 1];
	return NULL;
}

/* Older logs are there, and not the one that is written to. */
static void
miss_newest(const struct chain *chain, const char *older)
{
	struct report *report = chain->check->report;
	const char *name = path_base(older);
	size_t n = (size_t)(name - older) + chain_logs_stem(older);
	struct buf path = {0};

	buf_fmt(&path, "%.*s%s", (int)n, older, CHAIN_LOGS_END);
	report_begin(report, buf_text(&path));
	add(chain, RULE_FILE_MISSING,
	    "there is no such log, but some that were rotated from it");
	report_end(report, &(struct report_totals){.rows = 0});
	buf_release(&path);
}

/* The log ${i} of the directory. */
static int
take(struct chain *chain, struct links *links, size_t i, struct err *e)
{
	const struct chain_log *log = &links->logs.at[i];
	struct link *link = find(links, log);
	enum behind behind =
	    i + 1 == links->logs.n ? BEHIND_NOTHING : BEHIND_READ;

	if (link == NULL && links->n > 0 && chain->check->anchors != NULL)
		return err_set(e, EX_USAGE,
		    "--anchor: %s has logs of more than one chain; name the "
		    "one that the anchors are of",
		    links->dir);
	if (link == NULL) {
		link = VEC_PUSH(links);
		begin(link, chain);
	} else {
		*VEC_PUSH(&links->inner) = link->audit.h;
	}
	link->last = log;
	link->whole = link->whole || is_whole(log->path);
	return check_log(chain, &link->audit,
	    chain_logs_path(&links->logs, i, links->dir), behind, e);
}

static int
check_directory(struct chain *chain, const char *path, struct err *e)
{
	bool all = chain->check->options->profile == PROFILE_AUDIT;
	struct links links = {.dir = path};
	int rc = 0;

	chain_logs_gather(&links.logs, path);
	if (links.logs.n == 0) {
		report_begin(chain->check->report, path);
		add(chain, RULE_FILE_MISSING, "the directory has no audit log");
		report_end(chain->check->report,
		    &(struct report_totals){.rows = 0});
	}
	for (size_t i = 0; i < links.logs.n && rc == 0; i++)
		rc = take(chain, &links, i, e);
	for (size_t i = 0; i < links.n; i++) {
		if (rc == 0 && all && !links.at[i].whole)
			miss_newest(chain, links.at[i].last->path);
		end(&links.at[i]);
	}
	VEC_RELEASE(&links);
	VEC_RELEASE(&links.inner);
	chain_logs_release(&links.logs);
	return rc;
}

static int
check_file(struct chain *chain, const char *path, struct err *e)
{
	struct link link;
	int rc;

	begin(&link, chain);
	rc = check_log(chain, &link.audit, path,
	    is_newest(path) ? BEHIND_NOTHING : BEHIND_UNKNOWN, e);
	end(&link);
	return rc;
}

int
chain_check(const struct check *check, const char *path, struct err *e)
{
	struct chain chain = {.check = check};
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return check_directory(&chain, path, e);
	return check_file(&chain, path, e);
}
