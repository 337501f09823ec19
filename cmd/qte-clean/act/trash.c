/* SPDX-License-Identifier: MIT */
/* The trash of a rule. */
#include "act/trash.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/move.h"
#include "base/when.h"

/* The user's own, whoever may read the files themselves. */
#define TRASH_MODE 0700

/* As other directories, which the umask narrows. */
#define DIR_MODE 0777

void
trash_stamp_take(struct trash_stamp *stamp, int fd, const char *dir)
{
	size_t n = strlen(TRASH_DIR "/");
	struct stat st;

	stamp->fd = -1;
	if (strncmp(dir, TRASH_DIR "/", n) != 0 ||
	    strchr(dir + n, '/') != NULL || fstat(fd, &st) != 0)
		return;
	*stamp = (struct trash_stamp){fd, st.st_mtim};
}

/* Where it cannot be kept, all stays for longer. */
void
trash_stamp_give(const struct trash_stamp *stamp)
{
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, stamp->mtime};

	if (stamp->fd >= 0)
		(void)futimens(stamp->fd, times);
}

/* Open the directory of the ${run}. */
static int
open_run(const struct beneath *root, const char *run)
{
	struct buf path = {0};
	int fd;

	buf_fmt(&path, TRASH_DIR "/%s", run);
	fd = beneath_dir(root, path.data);
	buf_release(&path);
	return fd;
}

int
trash_since(const struct beneath *root, const char *run, int64_t *ns)
{
	int fd = open_run(root, run), rc = -1;
	struct look look;

	if (fd < 0)
		return -1;
	if (look_at(&look, fd, "", false) == 0) {
		*ns = look.mtime_ns;
		rc = 0;
	}
	(void)close(fd);
	return rc;
}

/* The run's directory gets the run's now. */
static void
date(const struct act *act)
{
	int64_t ns = act->now_ns, second = ns / WHEN_SECOND;
	struct trash_stamp stamp = {.fd = open_run(act->root, act->run_id)};

	second -= ns < second * WHEN_SECOND;
	stamp.mtime.tv_sec = second;
	stamp.mtime.tv_nsec = ns - second * WHEN_SECOND;
	trash_stamp_give(&stamp);
	if (stamp.fd >= 0)
		(void)close(stamp.fd);
}

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
	date(act);
	(void)close(to);
}

void
trash_restore(struct act *act)
{
	struct item *item = act->item;
	struct trash_stamp stamp;
	struct buf path = {0};
	int from, to;

	put_path(&path, act->undo, item);
	from = beneath_dir(act->root, buf_text(&path));
	if (from < 0) {
		act_refused(item, errno);
		buf_release(&path);
		return;
	}
	trash_stamp_take(&stamp, from, path.data);
	buf_release(&path);
	to = move_dir(act->root, item->dir, DIR_MODE);
	if (to < 0)
		block(item, errno,
		    "a file or a link stands where its directory was");
	else if (act_is_same(item, from))
		set_result(item, move_new(from, item->name, to, item->name));
	trash_stamp_give(&stamp);
	if (to >= 0)
		(void)close(to);
	(void)close(from);
}
