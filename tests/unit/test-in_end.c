/* SPDX-License-Identifier: MIT */
/* Tests of machine/in: the end of a FIFO. */
#include "machine/in.h"
#include "place.h"
#include "unit.h"

static struct in in;
static struct err e;

/* The status of the next line, which is ${want} when there is one. */
static int
next(const char *want)
{
	const char *line;
	size_t n;
	int rc = in_line(&in, 100, &line, &n, &e);

	if (rc == 0)
		CHECK(n == strlen(want) && memcmp(line, want, n) == 0);
	return rc;
}

UNIT_TEST("in: nothing is read after the end, though more could come")
{
	if (!place_make() || !CHECK(mkfifo("fifo", 0600) == 0))
		return;
	int fd = open("fifo", O_RDWR);

	CHECK_INT(write(fd, "a", 1), 1);
	CHECK_INT(in_open(&in, "fifo", &e), 0);
	(void)close(fd);
	CHECK_INT(next("a"), 0);
	fd = open("fifo", O_WRONLY);
	CHECK_INT(write(fd, "b\n", 2), 2);
	CHECK_INT(next(""), IN_END);
	CHECK_INT(next(""), IN_END);
	(void)close(fd);
	in_close(&in);
	place_remove();
}
