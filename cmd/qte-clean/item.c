/* SPDX-License-Identifier: MIT */
/* What a rule takes. */
#include "item.h"

#include <string.h>
#include <unistd.h>

static const char *const actions[] = {"delete", "compress:gzip",
    "compress:zstd", "trash", "purge", "restore", "rmdir"};
static const char *const results[] = {"ok", "planned", "failed",
    "skipped:in_use", "skipped:protected", "skipped:changed", "skipped:mount",
    "skipped:future"};

const char *
item_action_name(enum item_action action)
{
	return actions[action];
}

const char *
item_result_name(enum item_result result)
{
	return results[result];
}

enum item_action
item_action_find(const char *name)
{
	enum item_action a = 0;

	while (a < ITEM_ACTIONS && strcmp(actions[a], name) != 0)
		a++;
	return a;
}

bool
item_packs(enum item_action action)
{
	return action == ITEM_GZIP || action == ITEM_ZSTD;
}

const char *
item_why(const struct item *item)
{
	if (item->result != ITEM_FAILED)
		return NULL;
	return item->why != NULL ? item->why : strerror(item->errnum);
}

void
item_path(const struct item *item, struct buf *to)
{
	buf_str(to, item->rule->dir);
	if (item->dir[0] != '\0') {
		buf_char(to, '/');
		buf_str(to, item->dir);
	}
	if (item->name[0] != '\0') {
		buf_char(to, '/');
		buf_str(to, item->name);
	}
}

/* The trash keeps a file, and how small one gets is not known before. */
static bool
is_gone(enum item_action action)
{
	return action == ITEM_DELETE || action == ITEM_PURGE;
}

void
item_look(struct item *item, const struct look *l)
{
	item->known = true;
	item->id = (struct item_id){l->dev, l->ino, l->size, l->mtime_ns};
	item->disk = l->disk;
	item->links = l->links;
	item->freed = is_gone(item->action) && l->links <= 1 ? l->disk : 0;
}

void
item_look_dir(struct item *item, const struct beneath *root)
{
	struct look look;
	int fd = beneath_dir(root, item->dir);

	if (fd < 0)
		return;
	if (look_at(&look, fd, "", false) == 0)
		item_look(item, &look);
	(void)close(fd);
}

bool
item_is(const struct item *item, const struct look *l)
{
	return l->dev == item->id.dev && l->ino == item->id.ino &&
	    l->size == item->id.size && l->mtime_ns == item->id.mtime_ns;
}
