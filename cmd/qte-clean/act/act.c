/* SPDX-License-Identifier: MIT */
/* What is done with one file. */
#include "act/act.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "act/compress.h"
#include "act/trash.h"
#include "machine/lock.h"
#include "machine/path.h"

/* A file of any type is opened without waiting and without effect. */
#define LOOK (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

void
act_failed(struct item *item, int errnum)
{
	item->freed = 0;
	item->errnum = errnum;
	switch (errnum) {
	case ENOENT:
	case ESTALE:
		item->result = ITEM_CHANGED;
		break;
	case EBUSY:
	case EXDEV:
		item->result = ITEM_MOUNT;
		break;
	default:
		item->result = ITEM_FAILED;
	}
}

void
act_fault(struct item *item, int errnum, const char *why)
{
	act_failed(item, errnum);
	item->result = ITEM_FAILED;
	item->why = why;
}

void
act_refused(struct item *item, int errnum)
{
	act_failed(item, errnum);
	/* Where a directory was is something else now. */
	if (errnum == ELOOP || errnum == ENOTDIR)
		item->result = ITEM_CHANGED;
}

static void
skip(struct item *item, enum item_result why)
{
	item->freed = 0;
	item->result = why;
}

/* Whether the file is still what it was; the result is set when not. */
static bool
is_same(struct item *item, int at, const char *name)
{
	struct look look;

	if (look_at(&look, at, name, false) != 0) {
		act_failed(item, errno);
		return false;
	}
	if (!look.regular || !item_is(item, &look)) {
		skip(item, ITEM_CHANGED);
		return false;
	}
	item_look(item, &look);
	return true;
}

bool
act_is_same(struct item *item, int fd)
{
	return is_same(item, fd, item->name);
}

/*
 * Open the file and lock it, so that nobody who locks his files has it.
 * Return the descriptor; -1 when the item is not to be done, and -2 when it may
 * not be opened, but be done.
 */
static int
hold(struct act *act)
{
	struct item *item = act->item;
	int fd = openat(act->fd, item->name, LOOK);

	if (fd < 0 && (errno == EACCES || errno == EPERM))
		return act_is_same(item, act->fd) ? -2 : -1;
	if (fd < 0) {
		/* A link, a socket, a device without a driver. */
		if (errno == ELOOP || errno == ENXIO)
			skip(item, ITEM_CHANGED);
		else if (errno == EWOULDBLOCK || errno == ETXTBSY)
			skip(item, ITEM_IN_USE);
		else
			act_failed(item, errno);
		return -1;
	}
	if (!is_same(item, fd, "")) {
		(void)close(fd);
		return -1;
	}
	if (act->locks && !lock_try(fd) && errno == EWOULDBLOCK) {
		skip(item, ITEM_IN_USE);
		(void)close(fd);
		return -1;
	}
	return fd;
}

static void
remove_file(struct act *act)
{
	struct item *item = act->item;
	struct trash_stamp stamp;

	trash_stamp_take(&stamp, act->fd, item->dir);
	if (unlinkat(act->fd, item->name, 0) != 0)
		act_failed(item, errno);
	else
		item->result = ITEM_OK;
	trash_stamp_give(&stamp);
}

/* What cannot be opened cannot be compressed. */
static void
compress(struct act *act, int fd)
{
	if (fd >= 0)
		compress_file(act, fd);
	else
		act_failed(act->item, EACCES);
}

void
act_do(struct act *act)
{
	struct item *item = act->item;
	bool packs = item_packs(item->action);
	int fd = -2;

	if (act->locks || packs)
		fd = hold(act);
	else if (!act_is_same(item, act->fd))
		fd = -1;
	if (fd == -1)
		return;
	if (packs)
		compress(act, fd);
	else if (item->action == ITEM_TRASH)
		trash_put(act);
	else
		remove_file(act);
	if (fd >= 0)
		(void)close(fd);
}

void
act_rmdir(struct act *act)
{
	struct item *item = act->item;
	const char *name = path_base(item->dir);
	struct trash_stamp stamp;
	struct buf above = {0};
	int fd;

	if (name > item->dir)
		buf_add(&above, item->dir, (size_t)(name - item->dir) - 1);
	fd = beneath_dir(act->root, buf_text(&above));
	if (fd < 0) {
		act_refused(item, errno);
		buf_release(&above);
		return;
	}
	trash_stamp_take(&stamp, fd, buf_text(&above));
	buf_release(&above);
	if (unlinkat(fd, name, AT_REMOVEDIR) == 0)
		item->result = ITEM_OK;
	else if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		skip(item, ITEM_CHANGED);
	else
		act_failed(item, errno);
	trash_stamp_give(&stamp);
	(void)close(fd);
}
