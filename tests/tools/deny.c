/* SPDX-License-Identifier: MIT */
/*
 * Run a command whose calls CALL fail with the errno ERRNO, or end it then and
 * there as a SIGKILL would; with FD, those on this descriptor and higher ones.
 * It has no descriptors but 0 to 2.  Status 77: the system does not let us.
 * usage: deny unlinkat|utimensat|fstat[:FD] kill|ERRNO COMMAND [ARG...]
 */
#define _GNU_SOURCE /* syscall numbers; NOLINT: the C library has the name */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#define UNSUPPORTED 77
#define FDS 64

/* glibc looks at a descriptor by one of two calls. */
static const struct {
	const char *name;
	unsigned one, other;
} calls[] = {
    {"unlinkat", SYS_unlinkat, SYS_unlinkat},
    {"utimensat", SYS_utimensat, SYS_utimensat},
    {"fstat", SYS_fstat, SYS_newfstatat},
};

static int
install(size_t call, unsigned from, unsigned what)
{
	/* Numbers below 0, as of the current directory, are high ones. */
	unsigned to = from > 0 ? 0x7fffffff : 0xffffffff;
	struct sock_filter code[] = {
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		offsetof(struct seccomp_data, nr)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[call].one, 1, 0),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[call].other, 0, 4),
	    BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		offsetof(struct seccomp_data, args)),
	    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, from, 0, 2),
	    BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, to, 1, 0),
	    BPF_STMT(BPF_RET | BPF_K, what),
	    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int
main(int argc, char **argv)
{
	size_t call = 0, n;
	unsigned what = SECCOMP_RET_KILL_PROCESS, from = 0;

	if (argc < 4) {
		fputs("usage: deny unlinkat|fstat[:FD] kill|ERRNO COMMAND...\n",
		    stderr);
		return EX_USAGE;
	}
	n = strcspn(argv[1], ":");
	while (call + 1 < sizeof(calls) / sizeof(calls[0]) &&
	    strncmp(argv[1], calls[call].name, n) != 0)
		call++;
	if (argv[1][n] == ':')
		from = (unsigned)strtoul(argv[1] + n + 1, NULL, 10);
	if (strcmp(argv[2], "kill") != 0)
		what = SECCOMP_RET_ERRNO | (unsigned)strtoul(argv[2], NULL, 10);
	for (int fd = 3; fd < FDS; fd++)
		(void)close(fd);
	if (install(call, from, what) != 0)
		return UNSUPPORTED;
	(void)execvp(argv[3], argv + 3);
	perror(argv[3]);
	return EX_OSERR;
}
