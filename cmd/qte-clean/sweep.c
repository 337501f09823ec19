/* SPDX-License-Identifier: MIT */
/* One rule after the other, over the files of its directory. */
#include "sweep.h"

#include <errno.h>

#include "act/apply.h"
#include "base/num.h"
#include "base/sig.h"
#include "purge.h"
#include "rules/pick.h"
#include "walk/walk.h"

/* --max-delete says nothing of directories with fewer files. */
#define FILES_MIN 100

struct sweep {
	struct run *run;
	struct site *site;
	struct walk walk;
	struct pick pick;
};

static int
hand_on(struct sweep *s, struct item *item, struct err *e)
{
	return run_item(s->run, item, &s->site->root, e);
}

static void
count_taken(struct walk_level *level)
{
	level->taken++;
	level->taken_files++;
}

static int
take(struct sweep *s, struct item *item, struct err *e)
{
	struct run *run = s->run;

	item->result = ITEM_PLANNED;
	if (item->rule->in_use == RULE_SKIP &&
	    inuse_has(&run->inuse, item->id.dev, item->id.ino))
		item->result = ITEM_IN_USE;
	else
		count_taken(walk_level(&s->walk));
	claim_add(&run->claim, item);
	return hand_on(s, item, e);
}

static int
on_file(struct sweep *s, struct err *e)
{
	struct item item;

	switch (pick_file(&s->pick, &s->walk, &item)) {
	case PICK_NONE:
		return 0;
	case PICK_FAILED:
		item.result = ITEM_FAILED;
		break;
	case PICK_SKIP:
		break;
	case PICK_TAKE:
		return take(s, &item, e);
	}
	return hand_on(s, &item, e);
}

/* A directory that was not gone into. */
static int
on_failure(struct sweep *s, struct err *e)
{
	struct item item = {.rule = s->site->rule,
	    .dir = buf_text(&s->walk.path),
	    .name = "",
	    .action = (enum item_action)s->site->rule->action,
	    .result = ITEM_FAILED,
	    .errnum = s->walk.errnum};

	if (s->pick.learning)
		return 0;
	if (item.errnum == EXDEV)
		item.result = ITEM_MOUNT;
	else if (item.errnum == ELOOP || item.errnum == ENOTDIR ||
	    item.errnum == ENOENT)
		item.result = ITEM_CHANGED;
	return hand_on(s, &item, e);
}

/* Would more of the directory go than may. */
static void
check_share(struct sweep *s)
{
	const struct walk_level *level = walk_level(&s->walk);
	const struct rule *rule = s->site->rule;
	struct run *run = s->run;
	const char *path = buf_text(&s->walk.path);
	bool acts = options_acts(run->options);
	int64_t taken;

	if (level->files < FILES_MIN || rule->action == RULE_GZIP ||
	    rule->action == RULE_ZSTD)
		return;
	taken = share_add(&run->share, rule->dir, path, level->taken_files);
	if ((num_i128)taken * NUM_PRICE_ONE <=
	    (num_i128)level->files * run->options->max_delete)
		return;
	run->tally.refused = true;
	(acts ? log_fault : log_warn)(run->log,
	    "%s%s%s: %lld of %lld files would go, more than --max-delete "
	    "allows: %s",
	    rule->dir, *path != '\0' ? "/" : "", path, (long long)taken,
	    (long long)level->files,
	    acts ? "nothing is done without --force"
		 : "--delete does so with --force only");
}

/* Take an empty directory, or one that is about to be. */
static int
take_empty(struct sweep *s, struct err *e)
{
	struct walk *w = &s->walk;
	const struct walk_level *level = walk_level(w);
	struct item item = {.rule = s->site->rule,
	    .dir = buf_text(&w->path),
	    .name = "",
	    .action = ITEM_RMDIR,
	    .result = ITEM_PLANNED};

	if (walk_above(w) == NULL || level->entries != level->taken)
		return 0;
	item_look_dir(&item, w->root);
	/* Somebody made it lately, and may be about to use it. */
	if (level->taken == 0 && !pick_is_old(&s->pick, item.id.mtime_ns))
		return 0;
	walk_above(w)->taken++;
	return hand_on(s, &item, e);
}

static int
on_leave(struct sweep *s, struct err *e)
{
	struct run *run = s->run;

	if (s->pick.learning)
		return 0;
	run->tally.scanned += walk_level(&s->walk)->entries;
	if (!run->options->force && run->apply == NULL)
		check_share(s);
	return s->site->rule->rmdir_empty ? take_empty(s, e) : 0;
}

static void
show_progress(struct sweep *s)
{
	struct run *run = s->run;
	int64_t done = run->tally.scanned;

	if (s->walk.levels.n > 0)
		done += walk_level(&s->walk)->entries;
	if (!run->counting && progress_due(&run->progress, done))
		progress_show(&run->progress,
		    &(struct progress_state){.done = done});
}

/* Once over all of the files. */
static int
go_over(struct sweep *s, struct err *e)
{
	const struct rule *rule = s->site->rule;
	enum walk_what what;
	int rc = 0;

	walk_open(&s->walk, &s->site->root, "",
	    rule->max_depth != RULE_NONE ? rule->max_depth : INT64_MAX);
	while (rc == 0 && (what = walk_next(&s->walk)) != WALK_END) {
		if (what == WALK_FILE)
			rc = on_file(s, e);
		else if (what == WALK_LEAVE)
			rc = on_leave(s, e);
		else if (what == WALK_FAIL)
			rc = on_failure(s, e);
		else if (!pick_goes_into(&s->pick, &s->walk))
			walk_pass(&s->walk);
		if (rc == 0 && sig_seen() != 0)
			rc = RUN_STOPPED;
		show_progress(s);
	}
	walk_close(&s->walk);
	return rc;
}

static int
sweep_rule(struct run *run, struct site *site, struct err *e)
{
	struct sweep s = {.run = run, .site = site};
	struct pick_opts opts = {.guard = &run->guard,
	    .claim = &run->claim,
	    .now_ns = run->now_ns,
	    .need = site_lacks(site)};
	int64_t before = run->tally.freed;
	int rc = 0;

	pick_init(&s.pick, site->rule, &opts);
	while (rc == 0 && pick_learns(&s.pick)) {
		rc = go_over(&s, e);
		pick_learned(&s.pick);
	}
	if (rc == 0 && site->rule->action == RULE_TRASH)
		rc = purge_old(run, site, e);
	if (rc == 0)
		rc = go_over(&s, e);
	/* What a rule counts must not include what one before it took. */
	if (rc == 0 && run->apply != NULL)
		rc = apply_flush(run->apply, e);
	pick_release(&s.pick);
	site_freed(&run->sites, site, run->tally.freed - before);
	return rc;
}

int
sweep_all(struct run *run, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < run->sites.n && rc == 0; i++)
		if (run->sites.at[i].root.fd >= 0)
			rc = sweep_rule(run, &run->sites.at[i], e);
	return rc;
}

int
sweep_check(struct run *run, struct err *e)
{
	struct tally before = run->tally;
	int rc;

	run->counting = true;
	rc = sweep_all(run, e);
	run->counting = false;
	before.refused = run->tally.refused;
	run->tally = before;
	claim_reset(&run->claim);
	site_forget(&run->sites);
	return rc;
}
