/* SPDX-License-Identifier: MIT */
/* The trash of a rule. */
#include "act/trash.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/move.h"
#include "act/way.h"
#include "base/when.h"

static int
set_mtime(int fd, struct timespec mtime)
{
	const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, mtime};

	return futimens(fd, times);
}

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

/* Where it cannot be kept, what is left counts from the file system's time. */
void
trash_stamp_give(const struct trash_stamp *stamp)
{
	if (stamp->fd >= 0)
		(void)set_mtime(stamp->fd, stamp->mtime);
}

/* Append where in the trash of ${run} what was in ${dir} is. */
static void
put_path(struct buf *to, const char *run, const char *dir)
{
	buf_fmt(to, TRASH_DIR "/%s%s%s", run, *dir != '\0' ? "/" : "", dir);
}

/* Open where in the trash of ${run} what was in ${dir} is. */
static int
open_path(const struct beneath *root, const char *run, const char *dir)
{
	struct buf path = {0};
	int fd;

	put_path(&path, run, dir);
	fd = beneath_dir(root, path.data);
	buf_release(&path);
	return fd;
}

int
trash_since(const struct beneath *root, const char *run, int64_t *ns)
{
	int fd = open_path(root, run, ""), rc = 0;
	struct look look;

	if (fd < 0)
		return errno;
	if (look_at(&look, fd, "", false) != 0)
		rc = errno;
	else
		*ns = look.mtime_ns;
	(void)close(fd);
	return rc;
}

/* The run's directory gets the run's now. */
static void
date(struct act *act)
{
	int64_t ns = act->now_ns, second = ns / WHEN_SECOND;
	int fd = open_path(act->root, act->run_id, "");

	second -= ns < second * WHEN_SECOND;
	act->undated = fd < 0 ||
	    set_mtime(fd,
		(struct timespec){.tv_sec = second,
		    .tv_nsec = ns - second * WHEN_SECOND}) != 0;
	if (fd >= 0)
		(void)close(fd);
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
	else if (errnum == EEXIST)
		why = "a directory of somebody else stands where it should go";
	else if (errnum != ELOOP && errnum != ENOTDIR)
		why = NULL;
	act_fault(item, errnum, why);
}

void
trash_put(struct act *act)
{
	struct item *item = act->item;
	struct buf run = {0};
	int to;

	put_path(&run, act->run_id, "");
	to = way_open(act->root,
	    &(struct way){run.data, "", item->dir, act->run_id});
	buf_release(&run);
	if (to < 0) {
		block(item, errno,
		    "a file or a link stands where its trash belongs");
		return;
	}
	/* A name in the run's own directory changes its time; for another the
	 * time is there before the file is, whoever kills us. */
	if (item->dir[0] != '\0')
		date(act);
	set_result(item, move_new(act->fd, item->name, to, item->name));
	if (item->dir[0] == '\0')
		date(act);
	(void)close(to);
}

/* Move the file from the trash, where ${from} is its directory. */
static void
bring_back(struct act *act, int from)
{
	struct item *item = act->item;
	struct trash_stamp stamp = {.fd = -1};
	struct buf run = {0};
	int to;

	put_path(&run, act->undo, "");
	if (item->dir[0] == '\0')
		trash_stamp_take(&stamp, from, run.data);
	to = way_open(act->root,
	    &(struct way){"", run.data, item->dir, act->run_id});
	buf_release(&run);
	if (to < 0) {
		block(item, errno,
		    "a file or a link stands where its directory was");
		return;
	}
	if (act_is_same(item, from))
		set_result(item, move_new(from, item->name, to, item->name));
	trash_stamp_give(&stamp);
	(void)close(to);
}

void
trash_restore(struct act *act)
{
	struct item *item = act->item;
	int from = open_path(act->root, act->undo, item->dir);

	if (from < 0) {
		act_fault(item, errno, NULL);
		return;
	}
	bring_back(act, from);
	(void)close(from);
	/* Who asked for it has to know that it is still there. */
	if (item->result != ITEM_OK && item->errnum != 0)
		item->result = ITEM_FAILED;
}
