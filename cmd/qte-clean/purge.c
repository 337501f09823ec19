/* SPDX-License-Identifier: MIT */
/* What lies in the trash. */
#include "purge.h"

#include <errno.h>
#include <string.h>

#include "act/apply.h"
#include "act/trash.h"
#include "base/sig.h"
#include "walk/walk.h"

struct purge {
	struct run *run;
	const struct site *site;
	struct walk walk;
	size_t start; /* of the item's directory, in the path of the walk */
	bool undo;
	bool aged; /* ->age_ns, of all that lies there, is known */
	int64_t age_ns;
};

static int
on_file(struct purge *p, struct err *e)
{
	const char *path = buf_text(&p->walk.path);
	struct item item = {.rule = p->site->rule,
	    .name = p->walk.name,
	    .action = p->undo ? ITEM_RESTORE : ITEM_PURGE,
	    .result = ITEM_PLANNED,
	    .aged = p->aged,
	    .age_ns = p->age_ns};
	struct look look;

	if (look_at(&look, p->walk.fd, p->walk.name, false) != 0) {
		item.dir = path;
		act_fault(&item, errno, NULL);
		return run_item(p->run, &item, &p->site->root, e);
	}
	item_look(&item, &look);
	if (!p->undo && item.rule->in_use == RULE_SKIP &&
	    inuse_has(&p->run->inuse, item.id.dev, item.id.ino))
		item.result = ITEM_IN_USE;
	/* What comes back is called by where it goes. */
	item.dir = p->walk.path.len > p->start ? path + p->start : "";
	if (item.result == ITEM_PLANNED)
		walk_level(&p->walk)->taken++;
	return run_item(p->run, &item, &p->site->root, e);
}

static int
on_leave(struct purge *p, struct err *e)
{
	const struct walk_level *level = walk_level(&p->walk);
	struct item item = {.rule = p->site->rule,
	    .dir = buf_text(&p->walk.path),
	    .name = "",
	    .action = ITEM_RMDIR,
	    .result = ITEM_PLANNED};

	p->run->tally.scanned += level->entries;
	if (level->entries != level->taken)
		return 0;
	if (walk_above(&p->walk) != NULL)
		walk_above(&p->walk)->taken++;
	item_look_dir(&item, &p->site->root);
	return run_item(p->run, &item, &p->site->root, e);
}

/* A directory that cannot be read: what lies there stays. */
static int
on_failure(struct purge *p, struct err *e)
{
	struct item item = {.rule = p->site->rule,
	    .dir = buf_text(&p->walk.path),
	    .name = "",
	    .action = p->undo ? ITEM_RESTORE : ITEM_PURGE};

	act_fault(&item, p->walk.errnum,
	    p->walk.errnum == EXDEV ? "a file system is mounted there" : NULL);
	return run_item(p->run, &item, &p->site->root, e);
}

static int
go_over(struct purge *p, const char *start, struct err *e)
{
	enum walk_what what;
	int rc = 0;

	walk_open(&p->walk, &p->site->root, start, INT64_MAX);
	while (rc == 0 && (what = walk_next(&p->walk)) != WALK_END) {
		if (what == WALK_FILE)
			rc = on_file(p, e);
		else if (what == WALK_LEAVE)
			rc = on_leave(p, e);
		else if (what == WALK_FAIL)
			rc = on_failure(p, e);
		if (rc == 0 && sig_seen() != 0)
			rc = RUN_STOPPED;
	}
	walk_close(&p->walk);
	if (rc == 0 && p->run->apply != NULL)
		rc = apply_flush(p->run->apply, e);
	return rc;
}

/* Whether what lies there, or all that comes back, is to be taken now. */
static bool
is_due(struct purge *p, int64_t since_ns)
{
	p->aged = !__builtin_sub_overflow(p->run->now_ns, since_ns, &p->age_ns);
	return p->undo || (p->aged && p->age_ns > p->site->rule->trash_ttl_ns);
}

/* The trash cannot be looked through; ${errnum}: ENOENT when there is none. */
static void
blame(struct run *run, const struct site *site, int errnum)
{
	if (errnum == 0 || errnum == ENOENT || run->counting)
		return;
	run->tally.rules_failed++;
	log_fault(run->log, "rule %s: cannot look through %s/" TRASH_DIR ": %s",
	    site->rule->name, site->rule->dir, strerror(errnum));
}

/*
 * Take what the run ${id} put there; ${*found}, unless NULL: there is any, or
 * nobody knows.
 */
static int
take_run(struct purge *p, const char *id, bool *found, struct err *e)
{
	struct buf path = {0};
	int64_t since_ns;
	int rc = trash_since(&p->site->root, id, &since_ns);

	if (found != NULL && rc != ENOENT)
		*found = true;
	if (rc != 0) {
		blame(p->run, p->site, rc);
		return 0;
	}
	p->run->tally.scanned++;
	buf_fmt(&path, TRASH_DIR "/%s", id);
	p->start = p->undo ? path.len + 1 : 0;
	if (is_due(p, since_ns))
		rc = go_over(p, path.data, e);
	buf_release(&path);
	return rc;
}

/* The names of the runs, each with a NUL: what else is there is the user's. */
static void
list_runs(struct run *run, const struct site *site, struct buf *to)
{
	enum walk_what what;
	struct walk w;

	walk_open(&w, &site->root, TRASH_DIR, 2);
	while ((what = walk_next(&w)) != WALK_END) {
		if (what == WALK_FAIL)
			blame(run, site, w.errnum);
		if (what != WALK_DIR)
			continue;
		if (options_is_run(w.name))
			buf_add(to, w.name, strlen(w.name) + 1);
		walk_pass(&w);
	}
	walk_close(&w);
}

int
purge_old(struct run *run, const struct site *site, struct err *e)
{
	struct purge p = {.run = run, .site = site};
	struct buf runs = {0};
	int rc = 0;

	list_runs(run, site, &runs);
	for (size_t at = 0; at < runs.len && rc == 0;) {
		const char *id = runs.data + at;

		rc = take_run(&p, id, NULL, e);
		at += strlen(id) + 1;
	}
	buf_release(&runs);
	return rc;
}

int
purge_undo(struct run *run, struct err *e)
{
	const char *id = run->options->undo;
	bool found = false;
	int rc = 0;

	for (size_t i = 0; i < run->sites.n && rc == 0; i++) {
		struct purge p = {.run = run,
		    .site = &run->sites.at[i],
		    .undo = true};

		if (p.site->root.fd >= 0)
			rc = take_run(&p, id, &found, e);
	}
	if (rc == 0 && !found)
		return err_set(e, EX_NOINPUT,
		    "--undo: no rule's trash holds anything of run %s", id);
	return rc;
}
