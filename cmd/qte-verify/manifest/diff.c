/* SPDX-License-Identifier: MIT */
/* What a manifest says of a file against what the file is now. */
#include "manifest/diff.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "base/when.h"

/* The greatest text of a member: two numbers. */
#define SHOWN_SIZE (2 * NUM_TEXT_SIZE)

/* A member that differs. */
struct diff {
	enum rule rule;
	const char *column; /* the member's key */
	const char *what;   /* as in "'a/b' has WHAT 5, not 6" */
	char is[SHOWN_SIZE], want[SHOWN_SIZE];
};

void
diff_path(struct finding *f, const char *dir, const struct buf *path,
    const char *what, struct buf *message)
{
	size_t n = dir != NULL ? strlen(dir) : 0, at;

	buf_char(message, '\'');
	at = message->len;
	if (dir != NULL)
		buf_fmt(message, "%s%s", dir,
		    n > 0 && dir[n - 1] == '/' ? "" : "/");
	buf_str(message, buf_text(path));
	f->path_len = message->len - at;
	buf_fmt(message, "' %s", what);
	f->message = buf_text(message);
	f->path = f->message + at;
}

static struct finding
finding_of(const struct look_job *job, enum rule rule)
{
	return (struct finding){.rule = rule,
	    .line = job->line,
	    .offset = job->offset};
}

static void
say(struct report *r, const struct look_job *job, enum rule rule,
    const char *what)
{
	struct finding f = finding_of(job, rule);
	struct buf message = {0};

	diff_path(&f, job->dir, &job->want.path, what, &message);
	report_add(r, &f);
	buf_release(&message);
}

static void
say_diff(struct report *r, const struct look_job *job, const struct diff *diff)
{
	struct finding f = finding_of(job, diff->rule);
	struct buf message = {0}, what = {0};

	buf_fmt(&what, "%s %s, not %s", diff->what, diff->is, diff->want);
	diff_path(&f, job->dir, &job->want.path, buf_text(&what), &message);
	f.column = diff->column;
	f.value = diff->is;
	f.value_len = strlen(diff->is);
	f.expected = diff->want;
	report_add(r, &f);
	buf_release(&message);
	buf_release(&what);
}

static void
diff_content(struct report *r, const struct look_job *job)
{
	const struct manifest_entry *is = &job->is, *want = &job->want;
	unsigned both = is->has & want->has;
	struct diff size = {.rule = RULE_SIZE_MISMATCH,
	    .column = "size",
	    .what = "has size"};
	struct diff hash = {.rule = RULE_HASH_MISMATCH,
	    .column = "sha256",
	    .what = "has SHA-256"};

	if (both & MANIFEST_SIZE && is->size != want->size) {
		(void)num_put_int(size.is, is->size);
		(void)num_put_int(size.want, want->size);
		say_diff(r, job, &size);
	}
	if (both & MANIFEST_HASH && strcmp(is->sha256, want->sha256) != 0) {
		(void)snprintf(hash.is, sizeof(hash.is), "%s", is->sha256);
		(void)snprintf(hash.want, sizeof(hash.want), "%s",
		    want->sha256);
		say_diff(r, job, &hash);
	}
}

/* A link's text is its content; it may be long, and any bytes. */
static void
diff_target(struct report *r, const struct look_job *job)
{
	const struct buf *is = &job->is.target, *want = &job->want.target;
	struct finding f = finding_of(job, RULE_HASH_MISMATCH);
	struct buf message = {0}, what = {0};

	if ((job->is.has & job->want.has & MANIFEST_TARGET) == 0 ||
	    (is->len == want->len &&
		memcmp(is->data, want->data, is->len) == 0))
		return;
	buf_fmt(&what, "points to '%s', not '%s'", buf_text(is),
	    buf_text(want));
	diff_path(&f, job->dir, &job->want.path, buf_text(&what), &message);
	f.column = "target";
	f.value = buf_text(is);
	f.value_len = is->len;
	f.expected = buf_text(want);
	report_add(r, &f);
	buf_release(&message);
	buf_release(&what);
}

static void
diff_mode(struct report *r, const struct look_job *job)
{
	struct diff mode = {.rule = RULE_MODE_DRIFT,
	    .column = "mode",
	    .what = "has mode"};

	if ((job->is.has & job->want.has & MANIFEST_MODE) == 0 ||
	    job->is.mode == job->want.mode)
		return;
	(void)snprintf(mode.is, sizeof(mode.is), "%04o", job->is.mode);
	(void)snprintf(mode.want, sizeof(mode.want), "%04o", job->want.mode);
	say_diff(r, job, &mode);
}

static void
diff_owner(struct report *r, const struct look_job *job)
{
	const struct manifest_entry *is = &job->is, *want = &job->want;
	struct diff owner = {.rule = RULE_OWNER_DRIFT,
	    .column = is->uid != want->uid ? "uid" : "gid",
	    .what = "is owned by"};

	if ((is->has & want->has & MANIFEST_OWNER) == 0 ||
	    (is->uid == want->uid && is->gid == want->gid))
		return;
	(void)snprintf(owner.is, sizeof(owner.is), "%lld:%lld",
	    (long long)is->uid, (long long)is->gid);
	(void)snprintf(owner.want, sizeof(owner.want), "%lld:%lld",
	    (long long)want->uid, (long long)want->gid);
	say_diff(r, job, &owner);
}

static void
diff_mtime(struct report *r, const struct look_job *job)
{
	struct diff mtime = {.rule = RULE_MTIME_DRIFT,
	    .column = "mtime",
	    .what = "was changed at"};

	if ((job->is.has & job->want.has & MANIFEST_MTIME) == 0 ||
	    job->is.mtime_ns == job->want.mtime_ns)
		return;
	(void)when_put(mtime.is, job->is.mtime_ns);
	(void)when_put(mtime.want, job->want.mtime_ns);
	say_diff(r, job, &mtime);
}

static void
diff_type(struct report *r, const struct look_job *job)
{
	struct diff type = {.rule = RULE_TYPE_CHANGED,
	    .column = "kind",
	    .what = "is of type"};

	(void)snprintf(type.is, sizeof(type.is), "%s",
	    manifest_type_name(job->is.type));
	(void)snprintf(type.want, sizeof(type.want), "%s",
	    manifest_type_name(job->want.type));
	say_diff(r, job, &type);
}

void
diff_job(struct report *r, const struct look_job *job)
{
	if (job->errnum == ENOENT) {
		say(r, job, RULE_MANIFEST_MISSING, "is not there");
		return;
	}
	if (job->errnum != 0) {
		struct err e = {0};

		(void)err_sys(&e, EX_NOINPUT, job->errnum, "cannot be read");
		say(r, job, RULE_FILE_UNREADABLE, e.msg);
	}
	/* Of what could not even be looked at there is nothing to compare. */
	if (job->is.has == 0)
		return;
	if (job->is.type != job->want.type) {
		diff_type(r, job);
		return;
	}
	diff_content(r, job);
	diff_target(r, job);
	diff_mode(r, job);
	diff_owner(r, job);
	diff_mtime(r, job);
	if (job->changed)
		say(r, job, RULE_CHANGED_DURING_CHECK,
		    "changed while it was read");
}
