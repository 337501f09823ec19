/* SPDX-License-Identifier: MIT */
/* INT, TERM and HUP: the first is noted, a second ends the program. */
#include "base/sig.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/when.h"

/*
 * timeout(1) signals its child and then the group the child is in, so that one
 * request arrives twice.  What comes this soon is the same request.
 */
#define SAME_REQUEST_NS (50 * (WHEN_SECOND / 1000))

static const int caught[] = {SIGINT, SIGTERM, SIGHUP};

static volatile sig_atomic_t seen;
static _Atomic int64_t seen_ns;

static void
note(int signo)
{
	int saved = errno;

	if (seen == 0) {
		seen_ns = when_ticks();
		seen = signo;
	} else if (when_ticks() - seen_ns > SAME_REQUEST_NS) {
		sig_die(signo);
	}
	errno = saved;
}

void
sig_catch(void)
{
	/* Without SA_RESTART: a read that waits must return. */
	struct sigaction sa = {.sa_handler = note}, old;

	(void)sigemptyset(&sa.sa_mask);
	for (size_t i = 0; i < QTE_COUNT(caught); i++)
		(void)sigaddset(&sa.sa_mask, caught[i]);
	/* A file that reaches the limit is an error of its write. */
	(void)signal(SIGXFSZ, SIG_IGN);
	for (size_t i = 0; i < QTE_COUNT(caught); i++)
		if (sigaction(caught[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			(void)sigaction(caught[i], &sa, NULL);
}

int
sig_seen(void)
{
	return seen;
}

const char *
sig_name(int signo)
{
	switch (signo) {
	case SIGINT:
		return "SIGINT";
	case SIGTERM:
		return "SIGTERM";
	case SIGHUP:
		return "SIGHUP";
	case SIGPIPE:
		return "SIGPIPE";
	case SIGQUIT:
		return "SIGQUIT";
	case SIGKILL:
		return "SIGKILL";
	default:
		return "signal";
	}
}

_Noreturn void
sig_die(int signo)
{
	struct sigaction sa = {.sa_handler = SIG_DFL};
	sigset_t set;

	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(signo, &sa, NULL);
	(void)sigemptyset(&set);
	(void)sigaddset(&set, signo);
	(void)sigprocmask(SIG_UNBLOCK, &set, NULL);
	(void)raise(signo);
	/* Reached when the default action is not to end the process. */
	_exit(128 + signo);
}
