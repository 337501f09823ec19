/* SPDX-License-Identifier: MIT */
/* A tree against the manifest of it. */
#include "manifest_check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "format/manifest.h"
#include "machine/tree.h"
#include "manifest_diff.h"
#include "manifest_queue.h"
#include "manifest_seen.h"
#include "manifest_self.h"

struct check {
	struct report *report;
	const struct manifest_check_opts *opts;
	struct manifest manifest;
	struct manifest_self self;
	struct manifest_seen seen;
	struct manifest_queue *queue;
	struct below root;
	struct report_totals totals;
};

static void
looked(void *arg, const struct manifest_job *job)
{
	struct check *c = arg;

	/* What a signal left undone says nothing. */
	if (sig_seen() != 0)
		return;
	if (job->is.has & MANIFEST_HASH)
		c->totals.bytes += job->is.size;
	manifest_diff(c->report, job);
}

/* Something about the line that was read last. */
static void
say_line(struct check *c, enum rule rule, const char *message)
{
	const struct manifest *m = &c->manifest;

	report_add(c->report,
	    &(struct finding){.rule = rule,
		.line = m->line,
		.offset = m->offset,
		.row = m->text,
		.row_len = m->len,
		.value = m->len > 0 ? m->text : NULL,
		.value_len = m->len,
		.message = message});
}

static void
say_path(struct check *c, const struct buf *path, const char *fault)
{
	const struct manifest *m = &c->manifest;
	struct buf message = {0};
	struct finding f = {.rule = RULE_MANIFEST_PATH,
	    .line = m->line,
	    .offset = m->offset,
	    .row = m->text,
	    .row_len = m->len};

	manifest_diff_path(&f, path, fault, &message);
	f.value = f.path;
	f.value_len = f.path_len;
	report_add(c->report, &f);
	buf_release(&message);
}

/* Put the entry into the queue; the job's memory goes round. */
static void
take_entry(struct check *c, struct manifest_entry *entry)
{
	const struct manifest *m = &c->manifest;
	const char *fault = manifest_path_fault(buf_text(&entry->path));
	struct manifest_entry empty;
	struct manifest_job *job;

	c->totals.rows++;
	if (fault != NULL) {
		say_path(c, &entry->path, fault);
		return;
	}
	if (!manifest_seen_add(&c->seen, &entry->path))
		say_path(c, &entry->path, "is listed more than once");
	job = manifest_queue_job(c->queue);
	empty = job->want;
	job->want = *entry;
	*entry = empty;
	job->line = m->line;
	job->offset = m->offset;
	job->hash = (job->want.has & MANIFEST_HASH) != 0 &&
	    !report_off(c->report, RULE_HASH_MISMATCH);
	buf_reset(&job->text);
	buf_add(&job->text, m->text, m->len);
	manifest_queue_put(c->queue);
}

static int
check_entries(struct check *c, struct err *e)
{
	struct manifest *m = &c->manifest;
	struct manifest_entry entry = {0};
	int rc = 0;

	while (rc == 0 && sig_seen() == 0) {
		rc = manifest_next(m, &entry, e);
		if (rc == 0) {
			take_entry(c, &entry);
		} else if (rc == EX_DATAERR) {
			say_line(c, RULE_MANIFEST_SYNTAX, e->msg);
			rc = 0;
		} else if (rc == EX_IOERR) {
			say_line(c, RULE_FILE_UNREADABLE, e->msg);
			rc = IN_END;
		}
	}
	manifest_entry_release(&entry);
	manifest_queue_drain(c->queue);
	if (sig_seen() != 0)
		return IN_SIGNAL;
	if (c->totals.rows == 0)
		report_add(c->report,
		    &(struct finding){.rule = RULE_MANIFEST_EMPTY,
			.offset = -1,
			.message = "lists no file: nothing was checked"});
	return rc == IN_END ? 0 : rc;
}

/* Whether the name is beyond what the manifest can list, or this run's own. */
static bool
is_passed(struct check *c, const struct tree *t)
{
	const char *name;
	struct stat st;
	int at;

	/* The plain form can list nothing else. */
	if (!c->manifest.json && !S_ISREG(t->type))
		return true;
	if (manifest_seen_has(&c->seen, &t->path))
		return true;
	at = below_parent(&c->root, buf_text(&t->path), &name);
	/* What is gone again is not beyond the list. */
	return at < 0 || fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    manifest_self_has(&c->self, &st);
}

static void
say_extra(struct check *c, const struct tree *t)
{
	struct buf message = {0};
	struct finding f = {.rule = RULE_MANIFEST_EXTRA, .offset = -1};

	manifest_diff_path(&f, &t->path, "is not listed", &message);
	report_add(c->report, &f);
	buf_release(&message);
}

static void
say_unreadable(struct check *c, const struct tree *t)
{
	struct err e = {0};
	struct buf message = {0};
	struct finding f = {.rule = RULE_FILE_UNREADABLE, .offset = -1};

	/* It went away while we came to it. */
	if (t->errnum == ENOENT)
		return;
	(void)err_sys(&e, EX_NOINPUT, t->errnum, "cannot be read");
	manifest_diff_path(&f, &t->path, e.msg, &message);
	report_add(c->report, &f);
	buf_release(&message);
}

static int
check_extra(struct check *c)
{
	struct tree t;
	enum tree_what what;

	if (report_off(c->report, RULE_MANIFEST_EXTRA))
		return 0;
	tree_begin(&t, &c->root);
	while (sig_seen() == 0 && (what = tree_next(&t)) != TREE_END) {
		if (what == TREE_FAIL)
			say_unreadable(c, &t);
		else if (!is_passed(c, &t))
			say_extra(c, &t);
	}
	tree_end(&t);
	return sig_seen() != 0 ? IN_SIGNAL : 0;
}

/* The manifest itself cannot be read. */
static int
say_manifest(struct check *c, int rc, struct err *e)
{
	const char *path = c->opts->manifest;
	bool there = access(path, F_OK) == 0;

	if (rc != EX_NOINPUT)
		return rc;
	report_add(c->report,
	    &(struct finding){.rule = there ? RULE_FILE_UNREADABLE
					    : RULE_FILE_MISSING,
		.offset = -1,
		.message = e->msg});
	return 0;
}

static int
check_tree(struct check *c, struct err *e)
{
	int rc = manifest_open(&c->manifest, c->opts->manifest, e);

	if (rc != 0)
		return say_manifest(c, rc, e);
	manifest_self_fd(&c->self, c->manifest.in.fd);
	manifest_self_out(&c->self, c->opts->out);
	manifest_seen_init(&c->seen);
	c->queue =
	    manifest_queue_new(&(struct manifest_queue_opts){.root = &c->root,
				   .jobs = c->opts->jobs,
				   .done = looked,
				   .arg = c},
		e);
	rc = c->queue != NULL ? check_entries(c, e) : e->status;
	if (rc == 0)
		rc = check_extra(c);
	if (c->queue != NULL)
		manifest_queue_free(c->queue);
	manifest_seen_release(&c->seen);
	manifest_close(&c->manifest);
	return rc;
}

int
manifest_check(struct report *r, const struct manifest_check_opts *opts,
    struct err *e)
{
	struct check c = {.report = r, .opts = opts};
	int rc = below_open(&c.root, opts->dir, e);

	if (rc != 0)
		return rc;
	report_begin(r, opts->manifest);
	rc = check_tree(&c, e);
	report_end(r, &c.totals);
	below_close(&c.root);
	return rc;
}
