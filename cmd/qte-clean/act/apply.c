/* SPDX-License-Identifier: MIT */
/* Doing what was planned. */
#include "act/apply.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "act/act.h"
#include "act/trash.h"
#include "base/sig.h"

void
apply_init(struct apply *a, struct run *run, struct journal *journal)
{
	*a = (struct apply){.run = run, .journal = journal, .fd = -1};
}

/* Texts that come one after the other are often the same directory. */
static size_t
add_text(struct apply *a, const char *text)
{
	size_t at = a->texts.len;

	buf_add(&a->texts, text, strlen(text) + 1);
	return at;
}

int
apply_add(struct apply *a, const struct item *item, const struct beneath *root,
    struct err *e)
{
	struct apply_item *last =
	    a->items.n > 0 ? &a->items.at[a->items.n - 1] : NULL;
	struct apply_item new = {.item = *item, .root = root};

	if (last != NULL && strcmp(a->texts.data + last->dir, item->dir) == 0)
		new.dir = last->dir;
	else
		new.dir = add_text(a, item->dir);
	new.name = add_text(a, item->name);
	*VEC_PUSH(&a->items) = new;
	return a->items.n == APPLY_MAX ? apply_flush(a, e) : 0;
}

/* Open the item's directory, unless it is open. */
static int
open_dir(struct apply *a, const struct apply_item *it)
{
	if (a->fd >= 0 && a->root == it->root &&
	    strcmp(buf_text(&a->path), it->item.dir) == 0)
		return a->fd;
	if (a->fd >= 0)
		(void)close(a->fd);
	a->root = it->root;
	buf_reset(&a->path);
	buf_str(&a->path, it->item.dir);
	a->fd = beneath_dir(it->root, it->item.dir);
	return a->fd;
}

/* What goes by the file system's clock now may be purged too early. */
static void
say_undated(struct apply *a, const struct item *item)
{
	if (a->undated)
		return;
	a->undated = true;
	log_warn(a->run->log,
	    "rule %s: the time of %s/" TRASH_DIR "/%s cannot be set: "
	    "trash_ttl counts from that of the file system",
	    item->rule->name, item->rule->dir, a->run->emit->run_id);
}

static void
do_item(struct apply *a, struct apply_item *it)
{
	struct item *item = &it->item;
	struct act act = {.item = item,
	    .root = it->root,
	    .run_id = a->run->emit->run_id,
	    .now_ns = a->run->now_ns,
	    .undo = a->run->options->undo,
	    .locks = item->rule->in_use == RULE_SKIP && !a->run->inuse.whole,
	    .claim = &a->run->claim};

	/* A directory is removed by its name, in the one above. */
	if (item->action == ITEM_RMDIR) {
		act_rmdir(&act);
		return;
	}
	if (item->action == ITEM_RESTORE) {
		trash_restore(&act);
		return;
	}
	act.fd = open_dir(a, it);
	if (act.fd < 0)
		act_refused(item, errno);
	else
		act_do(&act);
	if (act.undated)
		say_undated(a, item);
}

static void
put_texts(struct apply *a)
{
	for (size_t i = 0; i < a->items.n; i++) {
		struct apply_item *it = &a->items.at[i];

		it->item.dir = a->texts.data + it->dir;
		it->item.name = a->texts.data + it->name;
	}
}

/* What somebody opened since it was picked stays. */
static void
look_for_users(struct apply *a)
{
	struct inuse *inuse = &a->run->inuse;

	if (!inuse_again(inuse))
		return;
	for (size_t i = 0; i < a->items.n; i++) {
		struct item *item = &a->items.at[i].item;

		if (item->result == ITEM_PLANNED &&
		    item->rule->in_use == RULE_SKIP &&
		    inuse_has(inuse, item->id.dev, item->id.ino)) {
			item->result = ITEM_IN_USE;
			item->freed = 0;
		}
	}
}

static int
intend(struct apply *a, struct err *e)
{
	size_t n = 0;

	look_for_users(a);

	for (size_t i = 0; i < a->items.n; i++) {
		if (a->items.at[i].item.result != ITEM_PLANNED)
			continue;
		journal_intent(a->journal, &a->items.at[i].item);
		n++;
	}
	return n > 0 ? journal_write(a->journal, e) : 0;
}

/* Say of each item whether it could be done. */
static void
look_at_items(struct apply *a)
{
	for (size_t i = 0; i < a->items.n; i++) {
		struct apply_item *it = &a->items.at[i];

		if (it->item.result != ITEM_PLANNED ||
		    it->item.action == ITEM_RMDIR)
			continue;
		if (open_dir(a, it) < 0)
			act_refused(&it->item, errno);
		else
			(void)act_is_same(&it->item, a->fd);
	}
}

static void
write_items(struct apply *a)
{
	for (size_t i = 0; i < a->items.n; i++) {
		tally_add(&a->run->tally, &a->items.at[i].item);
		emit_item(a->run->emit, &a->items.at[i].item);
	}
}

/* What became of the items is written with the next that are intended. */
static int
carry_out(struct apply *a)
{
	int rc = 0;

	for (size_t i = 0; i < a->items.n; i++) {
		struct item *item = &a->items.at[i].item;

		if (item->result != ITEM_PLANNED)
			continue;
		/* A batch is gone in no time, unless it is compressed. */
		if (!item_packs(item->action) || sig_seen() == 0)
			do_item(a, &a->items.at[i]);
		if (item->result == ITEM_PLANNED)
			rc = RUN_STOPPED;
		journal_result(a->journal, item);
	}
	write_items(a);
	return rc;
}

int
apply_flush(struct apply *a, struct err *e)
{
	int rc = 0;

	put_texts(a);
	/* Without its answer, nobody would know what was done. */
	if (out_failed(a->run->emit->out))
		return out_flush(a->run->emit->out, e);
	if (a->journal == NULL) {
		look_at_items(a);
		write_items(a);
	} else {
		rc = intend(a, e);
		if (rc == 0)
			rc = carry_out(a);
	}
	a->items.n = 0;
	buf_reset(&a->texts);
	if (a->fd >= 0)
		(void)close(a->fd);
	a->fd = -1;
	return rc;
}

void
apply_release(struct apply *a)
{
	if (a->fd >= 0)
		(void)close(a->fd);
	VEC_RELEASE(&a->items);
	buf_release(&a->texts);
	buf_release(&a->path);
}
