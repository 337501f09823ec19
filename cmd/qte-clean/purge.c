/* SPDX-License-Identifier: MIT */
/* What lies in the trash. */
#include "purge.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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
};

static int
on_file(struct purge *p, struct err *e)
{
	const struct rule *rule = p->site->rule;
	const char *path = buf_text(&p->walk.path);
	struct item item = {.rule = rule,
	    .name = p->walk.name,
	    .action = p->undo ? ITEM_RESTORE : ITEM_PURGE,
	    .result = ITEM_PLANNED};
	struct look look;
	int64_t age;

	if (look_at(&look, p->walk.fd, p->walk.name, true) != 0)
		return 0;
	item_look(&item, &look);
	item.aged =
	    !__builtin_sub_overflow(p->run->now_ns, look.ctime_ns, &age);
	item.age_ns = age;
	if (!p->undo && (!item.aged || age <= rule->trash_ttl_ns))
		return 0;
	if (!p->undo && rule->in_use == RULE_SKIP &&
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
	if (level->entries != level->taken ||
	    (!p->undo && walk_above(&p->walk) == NULL))
		return 0;
	if (walk_above(&p->walk) != NULL)
		walk_above(&p->walk)->taken++;
	item_look_dir(&item, &p->site->root);
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
		if (rc == 0 && sig_seen() != 0)
			rc = RUN_STOPPED;
	}
	walk_close(&p->walk);
	if (rc == 0 && p->run->apply != NULL)
		rc = apply_flush(p->run->apply, e);
	return rc;
}

int
purge_old(struct run *run, const struct site *site, struct err *e)
{
	struct purge p = {.run = run, .site = site};

	return go_over(&p, TRASH_DIR, e);
}

int
purge_undo(struct run *run, struct err *e)
{
	struct buf start = {0};
	bool found = false;
	int rc = 0;

	buf_fmt(&start, TRASH_DIR "/%s", run->options->undo);
	for (size_t i = 0; i < run->sites.n && rc == 0; i++) {
		struct purge p = {.run = run,
		    .site = &run->sites.at[i],
		    .start = start.len + 1,
		    .undo = true};
		int fd = p.site->root.fd >= 0
		    ? beneath_dir(&p.site->root, buf_text(&start))
		    : -1;

		if (fd < 0)
			continue;
		(void)close(fd);
		found = true;
		run->tally.scanned++;
		rc = go_over(&p, buf_text(&start), e);
	}
	buf_release(&start);
	if (rc == 0 && !found)
		return err_set(e, EX_NOINPUT,
		    "--undo: no rule's trash holds anything of run %s",
		    run->options->undo);
	return rc;
}
