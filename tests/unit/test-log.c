/* SPDX-License-Identifier: MIT */
/* Tests of machine/log. */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "machine/log.h"
#include "unit.h"

static char said[4096];
static int fds[2], saved;

/*
 * Listen to standard error through a socket of datagrams, of which each write
 * makes one.
 */
static bool
listen_in(void)
{
	saved = dup(STDERR_FILENO);
	return CHECK(socketpair(AF_UNIX, SOCK_DGRAM, 0, fds) == 0) &&
	    CHECK(dup2(fds[1], STDERR_FILENO) == STDERR_FILENO);
}

/* What the first write said; CHECK that no second one follows. */
static const char *
heard(void)
{
	char more;
	ssize_t n = recv(fds[0], said, sizeof(said) - 1, MSG_DONTWAIT);

	CHECK(recv(fds[0], &more, 1, MSG_DONTWAIT) < 0);
	(void)dup2(saved, STDERR_FILENO);
	(void)close(saved);
	(void)close(fds[0]);
	(void)close(fds[1]);
	said[n > 0 ? n : 0] = '\0';
	return said;
}

UNIT_TEST("log: an error is one line in one write")
{
	const struct log l = {.tool = "qte-run", .level = LOG_QUIET};
	struct err e = {0};

	(void)err_set(&e, 65, "a.csv:3: bad");
	if (!listen_in())
		return;
	log_err(&l, &e);
	CHECK_STR(heard(), "qte-run: a.csv:3: bad\n");
}

UNIT_TEST("log: an excerpt comes with its message")
{
	const struct log l = {.tool = "qte-run", .color = true};
	struct err e = {0};

	(void)err_set(&e, 65, "what is 'clsoe'?");
	err_caret(&e, "sma(clsoe)", 10, 4, 5);
	if (!listen_in())
		return;
	log_err(&l, &e);
	CHECK_STR(heard(),
	    "qte-run: what is 'clsoe'?\n  sma(clsoe)\n      ^~~~~\n");
}

UNIT_TEST("log: a warning says so, and only that word has a colour")
{
	struct log l = {.tool = "qte-run", .level = LOG_NORMAL};

	if (!listen_in())
		return;
	log_warn(&l, "%d rows skipped", 3);
	CHECK_STR(heard(), "qte-run: warning: 3 rows skipped\n");
	l.color = true;
	if (!listen_in())
		return;
	log_warn(&l, "%d rows skipped", 3);
	CHECK_STR(heard(), "qte-run: \033[33mwarning:\033[0m 3 rows skipped\n");
}

UNIT_TEST("log: a hostile name makes no second line and no colour")
{
	const struct log l = {.tool = "t", .level = LOG_VERBOSE};

	if (!listen_in())
		return;
	log_info(&l, "'%s'", "a\nb\033[31m\xff");
	CHECK_STR(heard(), "t: 'a\\x0Ab\\x1B[31m\\xFF'\n");
}

UNIT_TEST("log: each level says what it should")
{
	struct log l = {.tool = "t"};

	for (int level = LOG_QUIET; level <= LOG_VERBOSE; level++) {
		l.level = (enum log_level)level;
		if (!listen_in())
			return;
		log_warn(&l, "w");
		CHECK_STR(heard(),
		    level >= LOG_NORMAL ? "t: warning: w\n" : "");
		if (!listen_in())
			return;
		log_info(&l, "i");
		CHECK_STR(heard(), level >= LOG_VERBOSE ? "t: i\n" : "");
	}
}

UNIT_TEST("log: it does not mind that nobody listens")
{
	const struct log l = {.tool = "t", .level = LOG_NORMAL};
	int before = dup(STDERR_FILENO), full = open("/dev/full", O_WRONLY);

	(void)dup2(full, STDERR_FILENO);
	log_warn(&l, "w");
	(void)close(STDERR_FILENO);
	log_warn(&l, "w");
	CHECK(dup2(before, STDERR_FILENO) == STDERR_FILENO);
	(void)close(full);
	(void)close(before);
}
