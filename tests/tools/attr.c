/* SPDX-License-Identifier: MIT */
/*
 * Print the attributes of a file, each as "NAME HEX"; or give it one.
 * Status 77: the file system has none.
 * usage: attr FILE [NAME HEX]
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <sysexits.h>

#define ROOM 65536
#define UNSUPPORTED 77

static int
fail(const char *file)
{
	if (errno == ENOTSUP)
		return UNSUPPORTED;
	perror(file);
	return EX_OSERR;
}

static int
set(const char *file, const char *name, const char *hex)
{
	unsigned char value[256];
	size_t n = 0;

	for (; n < sizeof(value) && hex[0] != '\0' && hex[1] != '\0';
	     hex += 2) {
		const char digits[] = {hex[0], hex[1], '\0'};

		value[n++] = (unsigned char)strtoul(digits, NULL, 16);
	}
	return setxattr(file, name, value, n, 0) == 0 ? 0 : fail(file);
}

static int
show(const char *file, const char *name)
{
	static unsigned char value[ROOM];
	ssize_t n = getxattr(file, name, value, sizeof(value));

	if (n < 0)
		return fail(file);
	printf("%s ", name);
	for (ssize_t i = 0; i < n; i++)
		printf("%02x", value[i]);
	putchar('\n');
	return 0;
}

static int
show_all(const char *file)
{
	static char names[ROOM];
	ssize_t n = listxattr(file, names, sizeof(names));
	int rc = n < 0 ? fail(file) : 0;

	for (ssize_t at = 0; at < n && rc == 0;
	     at += (ssize_t)strlen(names + at) + 1)
		rc = show(file, names + at);
	return rc;
}

int
main(int argc, char **argv)
{
	if (argc == 2)
		return show_all(argv[1]);
	if (argc == 4)
		return set(argv[1], argv[2], argv[3]);
	fputs("usage: attr FILE [NAME HEX]\n", stderr);
	return EX_USAGE;
}
