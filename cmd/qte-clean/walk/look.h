/* SPDX-License-Identifier: MIT */
/* What the system says of a file, by statx(2): it never follows a link. */
#ifndef QTE_CLEAN_LOOK_H
#define QTE_CLEAN_LOOK_H

#include "base/base.h"

struct look {
	bool regular;
	bool mount, mount_known; /* something is mounted on it */
	uint64_t dev, ino;
	int64_t size;
	int64_t disk; /* bytes that its blocks take */
	uint32_t links;
	/* Moved into the times that there are (base/when.h). */
	int64_t mtime_ns;
	int64_t ctime_ns, atime_ns; /* if asked for, as is the next */
	int64_t btime_ns; /* if ->born: not every file system has it */
	bool born;
};

/*
 * look_at(l, fd, name, times):
 * Look at ${name} in the directory ${fd}; "" is what ${fd} itself is open for.
 * ${times}: at those but the mtime too.  Return 0, or -1 with errno.
 */
int look_at(struct look *, int, const char *, bool) QTE_MUST_CHECK;

#endif
