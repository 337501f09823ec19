/* SPDX-License-Identifier: MIT */
/* Tests of base/sig; each in a child, for what is noted stays noted. */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/sig.h"
#include "unit.h"

/* Run ${f} in a child; return what wait says of it. */
static int
in_child(int (*f)(void))
{
	int status = -1;

	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid == 0)
		_exit(f());
	(void)waitpid(pid, &status, 0);
	return status;
}

static void
pause_ms(long ms)
{
	struct timespec ts = {.tv_nsec = ms * 1000000};

	while (nanosleep(&ts, &ts) != 0 && errno == EINTR)
		;
}

static int
first_is_noted(void)
{
	static const int all[] = {SIGINT, SIGTERM, SIGHUP};

	sig_catch();
	if (sig_seen() != 0)
		return 1;
	(void)raise(SIGTERM);
	if (sig_seen() != SIGTERM)
		return 2;
	/* The same request, as timeout(1) sends it. */
	for (size_t i = 0; i < QTE_COUNT(all); i++)
		(void)raise(all[i]);
	return sig_seen() == SIGTERM ? 0 : 3;
}

UNIT_TEST("sig: the first signal is noted")
{
	CHECK_INT(in_child(first_is_noted), 0);
}

static int
second_kills(void)
{
	sig_catch();
	(void)raise(SIGINT);
	pause_ms(80);
	(void)raise(SIGTERM);
	return 1;
}

UNIT_TEST("sig: a second signal ends the program by it")
{
	int status = in_child(second_kills);

	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}

static int
ignored_stays(void)
{
	(void)signal(SIGHUP, SIG_IGN);
	sig_catch();
	(void)raise(SIGHUP);
	(void)raise(SIGHUP);
	if (sig_seen() != 0)
		return 1;
	(void)raise(SIGINT);
	return sig_seen() == SIGINT ? 0 : 2;
}

UNIT_TEST("sig: a signal that was ignored stays ignored")
{
	CHECK_INT(in_child(ignored_stays), 0);
}

static int
read_returns(void)
{
	int fds[2];
	char c;
	pid_t parent = getpid();

	sig_catch();
	if (pipe(fds) != 0)
		return 1;
	pid_t pid = fork();

	if (pid == 0) {
		pause_ms(50);
		_exit(kill(parent, SIGINT));
	}
	if (read(fds[0], &c, 1) != -1 || errno != EINTR)
		return 2;
	(void)waitpid(pid, NULL, 0);
	return sig_seen() == SIGINT ? 0 : 3;
}

UNIT_TEST("sig: a read that waits returns")
{
	CHECK_INT(in_child(read_returns), 0);
}

static int
die(void)
{
	sigset_t set;

	sig_catch();
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	sig_die(SIGINT);
}

UNIT_TEST("sig: to die by a signal works caught or blocked")
{
	int status = in_child(die);

	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static int
die_of_nothing(void)
{
	sig_die(SIGCHLD);
}

UNIT_TEST("sig: a signal that does not end a program gives its status")
{
	int status = in_child(die_of_nothing);

	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGCHLD);
}

UNIT_TEST("sig: signals have names")
{
	CHECK_STR(sig_name(SIGINT), "SIGINT");
	CHECK_STR(sig_name(SIGTERM), "SIGTERM");
	CHECK_STR(sig_name(SIGHUP), "SIGHUP");
	CHECK_STR(sig_name(SIGPIPE), "SIGPIPE");
	CHECK_STR(sig_name(0), "signal");
}
