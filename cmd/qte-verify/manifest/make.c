/* SPDX-License-Identifier: MIT */
/* The manifest of a tree, as it is now. */
#include "manifest/make.h"

#include <errno.h>
#include <fcntl.h>

#include "base/sig.h"
#include "check.h"
#include "machine/tree.h"
#include "manifest/queue.h"
#include "manifest/self.h"

struct make {
	const struct make_opts *opts;
	struct manifest_writer writer;
	struct self self;
	struct queue *queue;
	struct below root;
	int64_t done; /* entries */
	bool lacks;   /* something that is there has no hash */
};

static void
warn(struct make *m, const struct buf *path, const char *why)
{
	m->lacks = true;
	progress_hide(m->opts->progress);
	log_warn(m->opts->log, "%s/%s: %s", m->opts->dir, buf_text(path), why);
}

static void
looked(void *arg, struct look_job *job)
{
	struct make *m = arg;
	struct progress_state state = {.done = ++m->done};
	struct err e = {0};

	if (progress_look(m->opts->progress, state.done))
		progress_show(m->opts->progress, &state);
	/* It went away since its name was read, or a signal came. */
	if (job->errnum == ENOENT || sig_seen() != 0)
		return;
	if (job->changed) {
		/* What was read was at no time in the file. */
		job->is.has &= ~(unsigned)(MANIFEST_HASH | MANIFEST_SIZE);
		warn(m, &job->want.path, "changed while it was read");
	}
	if (job->errnum != 0) {
		(void)err_sys(&e, EX_NOINPUT, job->errnum, "cannot be read");
		warn(m, &job->want.path, e.msg);
	}
	if (job->is.has == 0)
		return;
	buf_reset(&job->is.path);
	buf_add(&job->is.path, job->want.path.data, job->want.path.len);
	manifest_put(&m->writer, &job->is);
}

static bool
is_self(struct make *m, const struct tree *t)
{
	struct stat st;
	const char *name;
	int at;

	if (!S_ISREG(t->type))
		return false;
	at = below_parent(&m->root, buf_text(&t->path), &name);
	return at >= 0 && fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    self_has(&m->self, &st);
}

static void
put(struct make *m, const struct tree *t)
{
	struct look_job *job;

	if (is_self(m, t))
		return;
	job = queue_job(m->queue);
	buf_reset(&job->want.path);
	buf_add(&job->want.path, t->path.data, t->path.len);
	job->hash = true;
	queue_put(m->queue);
}

static void
list(struct make *m)
{
	struct tree t;
	enum tree_what what;
	struct err e = {0};

	tree_begin(&t, &m->root);
	while (sig_seen() == 0 && !out_failed(m->opts->out) &&
	    (what = tree_next(&t)) != TREE_END) {
		if (what == TREE_NAME) {
			put(m, &t);
		} else if (t.errnum != ENOENT) {
			(void)err_sys(&e, EX_NOINPUT, t.errnum,
			    "cannot be read");
			warn(m, &t.path, e.msg);
		}
	}
	tree_end(&t);
	queue_drain(m->queue);
}

int
make_list(const struct make_opts *opts, struct err *e)
{
	struct make m = {.opts = opts};
	int rc = below_open(&m.root, opts->dir, e);

	if (rc != 0)
		return rc;
	m.queue = queue_new(&(struct queue_opts){.root = &m.root,
				.jobs = opts->jobs,
				.done = looked,
				.arg = &m},
	    e);
	if (m.queue == NULL) {
		below_close(&m.root);
		return e->status;
	}
	self_out(&m.self, opts->out);
	manifest_begin(&m.writer, opts->out, opts->form);
	list(&m);
	queue_free(m.queue);
	below_close(&m.root);
	if (sig_seen() != 0) {
		manifest_drop(&m.writer);
		return CHECK_STOPPED;
	}
	manifest_end(&m.writer);
	return m.lacks ? 1 : 0;
}
