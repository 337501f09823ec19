/* SPDX-License-Identifier: MIT */
/*
 * What a command costs.  Runs it RUNS times, one after the other, without a
 * shell, its standard output in the file OUTPUT, and prints what a run took:
 *
 *	CPU WALL PEAK
 *
 * user and system time and time by the clock in microseconds (means), and the
 * most memory that a run held, in KiB.  Fails when a run does.
 * usage: cost RUNS OUTPUT COMMAND [ARGUMENT...]
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/when.h"

struct cost {
	int64_t cpu_us, wall_ns;
	long peak_kib;
};

static _Noreturn void
become(const char *output, char **argv)
{
	int fd = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd == -1 || dup2(fd, STDOUT_FILENO) == -1) {
		perror(output);
		_exit(EX_CANTCREAT);
	}
	close(fd);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(EX_UNAVAILABLE);
}

static int64_t
microseconds(const struct timeval *t)
{
	return (int64_t)t->tv_sec * 1000000 + t->tv_usec;
}

/* Add what one run takes to ${c}; return whether it ended well. */
static int
run(struct cost *c, const char *output, char **argv)
{
	int64_t start = when_ticks();
	struct rusage used;
	int status;
	pid_t child = fork();

	if (child == 0)
		become(output, argv);
	if (child == -1 || wait4(child, &status, 0, &used) == -1) {
		perror("cost");
		return 0;
	}
	c->wall_ns += when_ticks() - start;
	c->cpu_us +=
	    microseconds(&used.ru_utime) + microseconds(&used.ru_stime);
	if (used.ru_maxrss > c->peak_kib)
		c->peak_kib = used.ru_maxrss;
	return status == 0;
}

int
main(int argc, char **argv)
{
	long runs = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
	struct cost c = {0};

	if (runs < 1) {
		fprintf(stderr,
		    "usage: cost RUNS OUTPUT COMMAND [ARGUMENT...]\n");
		return EX_USAGE;
	}
	for (long i = 0; i < runs; i++)
		if (!run(&c, argv[2], argv + 3)) {
			fprintf(stderr, "cost: %s failed\n", argv[3]);
			return EXIT_FAILURE;
		}
	printf("%" PRId64 " %" PRId64 " %ld\n", c.cpu_us / runs,
	    c.wall_ns / 1000 / runs, c.peak_kib);
	return EXIT_SUCCESS;
}
