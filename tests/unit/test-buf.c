/* SPDX-License-Identifier: MIT */
/* Tests of base/buf and base/mem. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "unit.h"

UNIT_TEST("buf: an empty one is an empty string")
{
	struct buf b = {0};

	CHECK_STR(buf_text(&b), "");
	CHECK(b.data == NULL);
	buf_add(&b, NULL, 0);
	CHECK_STR(buf_text(&b), "");
	buf_reset(&b);
	buf_release(&b);
	CHECK(b.data == NULL && b.len == 0 && b.cap == 0);
}

UNIT_TEST("buf: what is added stands one behind the other")
{
	struct buf b = {0};

	buf_str(&b, "ab");
	buf_char(&b, 'c');
	buf_add(&b, "d\0e", 3);
	buf_fmt(&b, "%d-%s", 42, "x");
	CHECK_INT(b.len, 10);
	CHECK(memcmp(b.data, "abcd\0e42-x", 11) == 0);
	buf_reset(&b);
	CHECK_STR(buf_text(&b), "");
	CHECK(b.cap > 0);
	buf_release(&b);
}

UNIT_TEST("buf: it grows, and a NUL is behind the content at every length")
{
	struct buf b = {0};

	for (size_t i = 0; i < 5000; i++) {
		buf_char(&b, (char)('a' + i % 26));
		CHECK(b.len == i + 1 && b.cap > b.len && b.data[b.len] == '\0');
	}
	for (size_t i = 0; i < 5000; i++)
		CHECK(b.data[i] == (char)('a' + i % 26));
	buf_release(&b);
}

UNIT_TEST("buf: long formatted text is whole")
{
	struct buf b = {0};

	buf_fmt(&b, "%0300d", 7);
	CHECK_INT(b.len, 300);
	CHECK_STR(buf_text(&b) + 298, "07");
	buf_release(&b);
}

UNIT_TEST("buf: reserved room can be written to")
{
	struct buf b = {0};
	char *to = buf_reserve(&b, 1000);

	memset(to, 'x', 1000);
	b.len += 1000;
	buf_char(&b, '!');
	CHECK_INT(strlen(buf_text(&b)), 1001);
	buf_release(&b);
}

UNIT_TEST("buf: the content can be handed over, even when there is none")
{
	struct buf b = {0};
	char *empty = buf_detach(&b);

	CHECK_STR(empty, "");
	free(empty);
	buf_str(&b, "text");
	char *text = buf_detach(&b);

	CHECK_STR(text, "text");
	CHECK(b.data == NULL && b.len == 0);
	free(text);
}

/* Run ${f} in a child; return its exit status and what it said. */
static int
status_of(void (*f)(void), char *said, size_t size)
{
	int fds[2], status = 0;

	said[0] = '\0';
	if (!CHECK(pipe(fds) == 0))
		return -1;
	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid == 0) {
		(void)dup2(fds[1], STDERR_FILENO);
		f();
		_exit(0);
	}
	(void)close(fds[1]);
	ssize_t n = read(fds[0], said, size - 1);

	said[n > 0 ? n : 0] = '\0';
	(void)close(fds[0]);
	(void)waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The compiler must not see that these sizes cannot be had. */
static volatile size_t most = SIZE_MAX;

static void
resize_overflow(void)
{
	free(mem_resize(NULL, most / 2, 3));
}

static void
text_overflow(void)
{
	free(mem_text("", most));
}

static void
buf_overflow(void)
{
	struct buf b = {0};

	buf_char(&b, 'a');
	(void)buf_reserve(&b, most - 1);
	buf_release(&b);
}

UNIT_TEST("mem: a size that overflows ends the program with 71 and one line")
{
	void (*const cases[])(
	    void) = {resize_overflow, text_overflow, buf_overflow};
	char said[200];

	for (size_t i = 0; i < QTE_COUNT(cases); i++) {
		CHECK_INT(status_of(cases[i], said, sizeof(said)), EX_OSERR);
		CHECK_STR(said, "qte: out of memory\n");
	}
}

UNIT_TEST("mem: memory is zeroed, kept and never NULL")
{
	unsigned char *p = mem_alloc(100, 8);
	unsigned char sum = 0;

	for (size_t i = 0; i < 800; i++)
		sum |= p[i];
	CHECK_INT(sum, 0);
	p[799] = 7;
	p = mem_resize(p, 10000, 8);
	CHECK_INT(p[799], 7);
	p = mem_resize(p, 0, 8);
	CHECK(p != NULL);
	free(p);
	p = mem_alloc(0, 0);
	CHECK(p != NULL);
	free(p);

	char *text = mem_text("abcdef", 3);

	CHECK_STR(text, "abc");
	free(text);
	text = mem_text(NULL, 0);
	CHECK_STR(text, "");
	free(text);
}
