/* SPDX-License-Identifier: MIT */
/*
 * Exchange what two names stand for, over and over, until a signal ends it:
 * what somebody does who wants a cleaner to go astray.
 * usage: swap A B
 */
#define _GNU_SOURCE /* renameat2; NOLINT: the C library has the name */
#include <fcntl.h>
#include <stdio.h>
#include <sysexits.h>

int
main(int argc, char **argv)
{
	if (argc != 3) {
		fputs("usage: swap A B\n", stderr);
		return EX_USAGE;
	}
	for (;;) {
		if (renameat2(AT_FDCWD, argv[1], AT_FDCWD, argv[2],
			RENAME_EXCHANGE) != 0) {
			perror(argv[1]);
			return EX_OSERR;
		}
	}
}
