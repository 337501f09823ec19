/* SPDX-License-Identifier: MIT */
/* A tree against the manifest of it. */
#include "manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "format/manifest.h"
#include "machine/path.h"
#include "machine/tree.h"
#include "manifest/diff.h"
#include "manifest/queue.h"
#include "manifest/seen.h"
#include "manifest/self.h"

struct work {
	struct report *report;
	const struct options *options;
	const struct out *out;	   /* of the findings */
	const char *dir;	   /* that is checked, if it must be said */
	struct progress *progress; /* or NULL */
	struct manifest manifest;
	struct self self;
	struct seen seen;
	struct queue *queue;
	struct below root;
	dev_t out_dev; /* of the directory that ->out will be in, */
	ino_t out_dir; /* and its number, or 0 */
	struct report_totals totals;
};

static void
looked(void *arg, struct look_job *job)
{
	struct work *w = arg;
	struct progress_state state = {.done = w->totals.rows};

	/* What a signal left undone says nothing. */
	if (sig_seen() != 0)
		return;
	if (job->is.has & MANIFEST_HASH)
		w->totals.bytes += job->is.size;
	if (w->progress != NULL && progress_look(w->progress, state.done))
		progress_show(w->progress, &state);
	diff_job(w->report, job);
}

/* Something about the line that was read last. */
static void
say_line(struct work *w, enum rule rule, const char *message)
{
	const struct manifest *m = &w->manifest;

	report_add(w->report,
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
say_path(struct work *w, const struct buf *path, const char *fault)
{
	const struct manifest *m = &w->manifest;
	struct buf message = {0};
	struct finding f = {.rule = RULE_MANIFEST_PATH,
	    .line = m->line,
	    .offset = m->offset};

	diff_path(&f, w->dir, path, fault, &message);
	f.value = buf_text(path);
	f.value_len = path->len;
	report_add(w->report, &f);
	buf_release(&message);
}

/* Whether the entry has the name that the output is going to have. */
static bool
is_output(struct work *w, const struct manifest_entry *entry)
{
	const char *target = w->out->target, *name;
	struct stat st;
	int at;

	if (target == NULL || w->out_dir == 0)
		return false;
	at = below_parent(&w->root, buf_text(&entry->path), &name);
	return at >= 0 && strcmp(name, path_base(target)) == 0 &&
	    fstat(at, &st) == 0 && st.st_dev == w->out_dev &&
	    st.st_ino == w->out_dir;
}

/* The directory that the output will be in. */
static void
find_output(struct work *w)
{
	char *dir;
	struct stat st;

	if (w->out->target == NULL)
		return;
	dir = path_dir(w->out->target);
	if (stat(dir, &st) == 0) {
		w->out_dev = st.st_dev;
		w->out_dir = st.st_ino;
	}
	free(dir);
}

/* Put the entry into the queue; the job's memory goes round. */
static int
take_entry(struct work *w, struct manifest_entry *entry, struct err *e)
{
	const struct manifest *m = &w->manifest;
	const char *fault = manifest_path_fault(buf_text(&entry->path));
	struct manifest_entry empty;
	struct look_job *job;

	w->totals.rows++;
	if (fault != NULL) {
		say_path(w, &entry->path, fault);
		return 0;
	}
	if (is_output(w, entry))
		return err_set(e, EX_USAGE, "--output: the manifest lists '%s'",
		    w->options->common.output);
	if (!seen_add(&w->seen, &entry->path))
		say_path(w, &entry->path, "is listed more than once");
	job = queue_job(w->queue);
	empty = job->want;
	job->want = *entry;
	*entry = empty;
	job->dir = w->dir;
	job->line = m->line;
	job->offset = m->offset;
	job->hash = (job->want.has & MANIFEST_HASH) != 0 &&
	    !report_off(w->report, RULE_HASH_MISMATCH);
	queue_put(w->queue);
	return 0;
}

static int
check_entries(struct work *w, struct err *e)
{
	struct manifest *m = &w->manifest;
	struct manifest_entry entry = {0};
	int rc = 0;

	while (rc == 0 && sig_seen() == 0) {
		rc = manifest_next(m, &entry, e);
		if (rc == 0) {
			rc = take_entry(w, &entry, e);
		} else if (rc == EX_DATAERR) {
			say_line(w, RULE_MANIFEST_SYNTAX, e->msg);
			rc = 0;
		} else if (rc == EX_IOERR) {
			say_line(w, RULE_FILE_UNREADABLE, e->msg);
			rc = IN_END;
		}
	}
	manifest_entry_release(&entry);
	queue_drain(w->queue);
	if (sig_seen() != 0)
		return CHECK_STOPPED;
	if (w->totals.rows == 0)
		report_add(w->report,
		    &(struct finding){.rule = RULE_MANIFEST_EMPTY,
			.offset = -1,
			.message = "lists no file: nothing was checked"});
	return rc == IN_END ? 0 : rc;
}

/* Whether the name is beyond what the manifest can list, or this run's own. */
static bool
is_passed(struct work *w, const struct tree *t)
{
	const char *name;
	struct stat st;
	int at;

	/* The plain form can list nothing else. */
	if (!w->manifest.json && !S_ISREG(t->type))
		return true;
	if (seen_has(&w->seen, &t->path))
		return true;
	at = below_parent(&w->root, buf_text(&t->path), &name);
	/* What is gone again is not beyond the list. */
	return at < 0 || fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    self_has(&w->self, &st);
}

static void
say_extra(struct work *w, const struct tree *t)
{
	struct buf message = {0};
	struct finding f = {.rule = RULE_MANIFEST_EXTRA, .offset = -1};

	diff_path(&f, w->dir, &t->path, "is not listed", &message);
	report_add(w->report, &f);
	buf_release(&message);
}

static void
say_unreadable(struct work *w, const struct tree *t)
{
	struct err e = {0};
	struct buf message = {0};
	struct finding f = {.rule = RULE_FILE_UNREADABLE, .offset = -1};

	/* It went away while we came to it. */
	if (t->errnum == ENOENT)
		return;
	(void)err_sys(&e, EX_NOINPUT, t->errnum, "cannot be read");
	diff_path(&f, w->dir, &t->path, e.msg, &message);
	report_add(w->report, &f);
	buf_release(&message);
}

static int
check_extra(struct work *w)
{
	struct tree t;
	enum tree_what what;

	if (report_off(w->report, RULE_MANIFEST_EXTRA))
		return 0;
	tree_begin(&t, &w->root);
	while (sig_seen() == 0 && (what = tree_next(&t)) != TREE_END) {
		if (what == TREE_FAIL)
			say_unreadable(w, &t);
		else if (!is_passed(w, &t))
			say_extra(w, &t);
	}
	tree_end(&t);
	return sig_seen() != 0 ? CHECK_STOPPED : 0;
}

/* With the manifest open. */
static int
check_tree(struct work *w, struct err *e)
{
	int rc;

	self_fd(&w->self, w->manifest.in.fd);
	self_out(&w->self, w->out);
	find_output(w);
	seen_init(&w->seen);
	w->queue = queue_new(&(struct queue_opts){.root = &w->root,
				 .jobs = w->options->jobs,
				 .done = looked,
				 .arg = w},
	    e);
	rc = w->queue != NULL ? check_entries(w, e) : e->status;
	if (rc == 0)
		rc = check_extra(w);
	if (w->queue != NULL)
		queue_free(w->queue);
	seen_release(&w->seen);
	return rc;
}

int
manifest_check(const struct check *c, const char *dir, struct err *e)
{
	struct work w = {.report = c->report,
	    .options = c->options,
	    .out = c->out,
	    .dir = c->several ? dir : NULL,
	    .progress = c->progress};
	int rc = below_open(&w.root, dir, e);

	if (rc != 0)
		return rc;
	rc = manifest_open(&w.manifest, w.options->manifest, e);
	if (rc == 0) {
		report_begin(c->report, c->options->manifest);
		rc = check_tree(&w, e);
		w.totals.stopped = rc == CHECK_STOPPED;
		report_end(c->report, &w.totals);
		manifest_close(&w.manifest);
	}
	below_close(&w.root);
	return rc;
}
