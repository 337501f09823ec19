/* SPDX-License-Identifier: MIT */
/* What the system says of a file. */
#define _GNU_SOURCE /* statx; NOLINT: the C library has the name */
#include "look.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/when.h"

/* The unit of what statx says of blocks. */
#define BLOCK 512

#define FIELDS                                                              \
	(STATX_TYPE | STATX_NLINK | STATX_INO | STATX_SIZE | STATX_BLOCKS | \
	    STATX_MTIME)
#define TIMES (STATX_CTIME | STATX_ATIME | STATX_BTIME)

static int64_t
time_of(const struct statx_timestamp *t)
{
	if (t->tv_sec < WHEN_BEGIN / WHEN_SECOND)
		return WHEN_BEGIN;
	if (t->tv_sec >= WHEN_END / WHEN_SECOND)
		return WHEN_END - 1;
	return t->tv_sec * WHEN_SECOND + t->tv_nsec;
}

int
look_at(struct look *l, int fd, const char *name, bool times)
{
	struct statx st;
	int flags = AT_SYMLINK_NOFOLLOW | (*name == '\0' ? AT_EMPTY_PATH : 0);

	if (statx(fd, name, flags, FIELDS | (times ? TIMES : 0), &st) != 0)
		return -1;
	*l = (struct look){
	    .regular = S_ISREG(st.stx_mode),
	    .mount = (st.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0,
	    .mount_known =
		(st.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0,
	    .dev = makedev(st.stx_dev_major, st.stx_dev_minor),
	    .ino = st.stx_ino,
	    .size = (int64_t)st.stx_size,
	    .disk = (int64_t)st.stx_blocks * BLOCK,
	    .links = st.stx_nlink,
	    .mtime_ns = time_of(&st.stx_mtime),
	    .ctime_ns = time_of(&st.stx_ctime),
	    .atime_ns = time_of(&st.stx_atime),
	    .btime_ns = time_of(&st.stx_btime),
	    .born = (st.stx_mask & STATX_BTIME) != 0,
	};
	return 0;
}
