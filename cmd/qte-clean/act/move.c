/* SPDX-License-Identifier: MIT */
/* Moving a file to a name that nothing has yet. */
#define _GNU_SOURCE /* renameat2; NOLINT: the C library has the name */
#include "act/move.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int
move_new(int from, const char *name, int to, const char *new_name)
{
	if (renameat2(from, name, to, new_name, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	/* A file system without: a second name is never an old one. */
	if (linkat(from, name, to, new_name, 0) != 0)
		return errno;
	return unlinkat(from, name, 0) == 0 ? 0 : errno;
}
