/* SPDX-License-Identifier: MIT */
/* Moving to a name that nothing has yet. */
#define _GNU_SOURCE /* renameat2; NOLINT: the C library has the name */
#include "act/move.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* EINVAL or ENOSYS where the file system has no such call. */
static int
try_new(int from, const char *name, int to, const char *new_name)
{
	int rc = renameat2(from, name, to, new_name, RENAME_NOREPLACE);

	return rc == 0 ? 0 : errno;
}

int
move_new(int from, const char *name, int to, const char *new_name)
{
	int rc = try_new(from, name, to, new_name);

	if (rc != EINVAL && rc != ENOSYS)
		return rc;
	/* A second name is never an old one. */
	if (linkat(from, name, to, new_name, 0) != 0)
		return errno;
	return unlinkat(from, name, 0) == 0 ? 0 : errno;
}

int
move_new_dir(int from, const char *name, int to, const char *new_name)
{
	int rc = try_new(from, name, to, new_name);

	if (rc != EINVAL && rc != ENOSYS)
		return rc;
	return renameat(from, name, to, new_name) == 0 ? 0 : errno;
}
