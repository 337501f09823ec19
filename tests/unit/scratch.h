/* SPDX-License-Identifier: MIT */
/*
 * A directory of the test's own to work in: current while the program runs,
 * gone with what is in it at the end.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The only file there is. */
static const char *scratch_name;

static void
scratch_leave(void)
{
	char path[4096];

	if (scratch_name != NULL)
		(void)unlink(scratch_name);
	if (getcwd(path, sizeof(path)) == NULL || chdir("/") != 0 ||
	    rmdir(path) != 0)
		perror("scratch");
}

/* scratch_put(name, bytes, n): make the file anew. */
static inline void
scratch_put(const char *name, const void *bytes, size_t n)
{
	char template[4096];
	const char *dir = getenv("TMPDIR");
	FILE *file;

	if (scratch_name == NULL) {
		snprintf(template, sizeof(template), "%s/qte-unit-XXXXXX",
		    dir != NULL ? dir : "/tmp");
		if (mkdtemp(template) == NULL || chdir(template) != 0 ||
		    atexit(scratch_leave) != 0) {
			perror("scratch");
			exit(99);
		}
	} else {
		(void)unlink(scratch_name);
	}
	scratch_name = name;
	file = fopen(name, "wb");
	if (file == NULL || fwrite(bytes, 1, n, file) != n ||
	    fclose(file) != 0) {
		perror(name);
		exit(99);
	}
}

#endif
