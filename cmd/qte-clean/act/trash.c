/* SPDX-License-Identifier: MIT */
/* The trash of a rule. */
#include "act/trash.h"

#include <errno.h>
#include <unistd.h>

#include "act/move.h"

/* The user's own, whoever may read the files themselves. */
#define TRASH_MODE 0700

/* As other directories, which the umask narrows. */
#define DIR_MODE 0777

/* Append where the files of the item's directory are in the trash of ${run}. */
static void
put_path(struct buf *to, const char *run, const struct item *item)
{
	buf_fmt(to, TRASH_DIR "/%s", run);
	if (item->dir[0] != '\0') {
		buf_char(to, '/');
		buf_str(to, item->dir);
	}
}

static void
set_result(struct item *item, int errnum)
{
	if (errnum == 0) {
		item->result = ITEM_OK;
		return;
	}
	if (errnum == EEXIST)
		act_fault(item, errnum, "a file of that name is there already");
	else
		act_failed(item, errnum);
}

/* The way to where the file should go is not to be had; ${why}: by a link. */
static void
block(struct item *item, int errnum, const char *why)
{
	if (errnum == EXDEV)
		why = "a file system is mounted where it should go";
	else if (errnum != ELOOP && errnum != ENOTDIR)
		why = NULL;
	act_fault(item, errnum, why);
}

void
trash_put(struct act *act)
{
	struct item *item = act->item;
	struct buf path = {0};
	int to;

	put_path(&path, act->run_id, item);
	to = move_dir(act->root, buf_text(&path), TRASH_MODE);
	buf_release(&path);
	if (to < 0) {
		block(item, errno,
		    "a file or a link stands where its trash belongs");
		return;
	}
	set_result(item, move_new(act->fd, item->name, to, item->name));
	(void)close(to);
}

void
trash_restore(struct act *act)
{
	struct item *item = act->item;
	struct buf path = {0};
	int from, to;

	put_path(&path, act->undo, item);
	from = beneath_dir(act->root, buf_text(&path));
	buf_release(&path);
	if (from < 0) {
		act_refused(item, errno);
		return;
	}
	to = move_dir(act->root, item->dir, DIR_MODE);
	if (to < 0)
		block(item, errno,
		    "a file or a link stands where its directory was");
	else if (act_is_same(item, from))
		set_result(item, move_new(from, item->name, to, item->name));
	if (to >= 0)
		(void)close(to);
	(void)close(from);
}
