/* SPDX-License-Identifier: MIT */
/* Tests of machine/out. */
#include <signal.h>
#include <sys/resource.h>

#include "machine/out.h"
#include "place.h"
#include "unit.h"

static struct out out;
static struct err e;

/* Write ${text} to ${path}; return the first status that is not 0. */
static int
put(const char *path, const char *text)
{
	int rc = out_open(&out, path, &e);

	if (rc != 0)
		return rc;
	out_str(&out, text);
	return out_close(&out, &e);
}

UNIT_TEST("out: a new file has the bytes, and the mode that umask leaves")
{
	if (!place_make())
		return;
	mode_t before = umask(027);

	CHECK_INT(put("new", "text\n"), 0);
	(void)umask(before);
	CHECK_STR(place_read("new"), "text\n");
	CHECK_INT(place_mode("new"), 0640);
	CHECK_STR(place_names("."), "new ");
	place_remove();
}

UNIT_TEST("out: a file is not there, or as it was, until it is closed")
{
	if (!place_make())
		return;
	place_write("old", "before", 6);
	CHECK_INT(out_open(&out, "old", &e), 0);
	out_str(&out, "after");
	CHECK_INT(out_flush(&out, &e), 0);
	CHECK_STR(place_read("old"), "before");
	CHECK(strncmp(out.temp, ".old.", 5) == 0);
	CHECK_INT(out_close(&out, &e), 0);
	CHECK_STR(place_read("old"), "after");
	CHECK_STR(place_names("."), "old ");
	place_remove();
}

UNIT_TEST("out: the mode of the old file is kept, and never opened up")
{
	static const mode_t modes[] = {0600, 0644, 0664, 0777, 0200};

	if (!place_make())
		return;
	for (size_t i = 0; i < QTE_COUNT(modes); i++) {
		place_write("f", "x", 1);
		CHECK(chmod("f", modes[i]) == 0);
		CHECK_INT(out_open(&out, "f", &e), 0);
		CHECK_INT(place_mode(out.temp), modes[i]);
		CHECK_INT(out_close(&out, &e), 0);
		CHECK_INT(place_mode("f"), modes[i]);
	}
	place_remove();
}

UNIT_TEST("out: who owns the old file owns the new one")
{
	struct stat st;

	if (geteuid() != 0 || !place_make())
		return;
	place_write("f", "x", 1);
	CHECK(chown("f", 1234, 4321) == 0 && chmod("f", 0640) == 0);
	CHECK_INT(put("f", "y"), 0);
	CHECK(stat("f", &st) == 0 && st.st_uid == 1234 && st.st_gid == 4321);
	CHECK_INT(place_mode("f"), 0640);
	place_remove();
}

UNIT_TEST("out: giving up leaves no file, or the old one")
{
	if (!place_make())
		return;
	CHECK_INT(out_open(&out, "new", &e), 0);
	out_str(&out, "text");
	out_abort(&out);
	CHECK_STR(place_names("."), "");
	place_write("old", "before", 6);
	CHECK_INT(out_open(&out, "old", &e), 0);
	out_str(&out, "after");
	CHECK_INT(out_flush(&out, &e), 0);
	out_abort(&out);
	CHECK_STR(place_names("."), "old ");
	CHECK_STR(place_read("old"), "before");
	place_remove();
}

UNIT_TEST("out: a link keeps pointing at its file")
{
	char text[64];

	if (!place_make() || !CHECK(mkdir("d", 0700) == 0) ||
	    !CHECK(symlink("d/two", "one") == 0) ||
	    !CHECK(symlink("three", "d/two") == 0))
		return;
	/* The first time the file at the end does not exist yet. */
	for (int i = 0; i < 2; i++) {
		CHECK_INT(put("one", i == 0 ? "a" : "b"), 0);
		CHECK_STR(place_read("d/three"), i == 0 ? "a" : "b");
		CHECK_INT(readlink("one", text, sizeof(text)), 5);
		CHECK_INT(readlink("d/two", text, sizeof(text)), 5);
	}
	CHECK(unlink("d/two") == 0);
	CHECK_STR(place_names("d"), "three ");
	place_remove();
}

UNIT_TEST("out: an absolute link is followed, a loop is refused")
{
	char target[300];

	if (!place_make())
		return;
	(void)snprintf(target, sizeof(target), "%s/file", place_dir);
	CHECK(symlink(target, "link") == 0);
	CHECK_INT(put("link", "text"), 0);
	CHECK_STR(place_read("file"), "text");
	CHECK(symlink("b", "a") == 0 && symlink("a", "b") == 0);
	CHECK_INT(put("a", "text"), EX_CANTCREAT);
	CHECK_STR(e.msg, "a: cannot create: Too many levels of symbolic links");
	place_remove();
}

UNIT_TEST("out: what cannot be created is named with the reason")
{
	if (!place_make())
		return;
	CHECK_INT(put("none/file", "x"), EX_CANTCREAT);
	CHECK_STR(e.msg, "none/file: cannot create: No such file or directory");
	CHECK_INT(put(".", "x"), EX_CANTCREAT);
	CHECK_STR(e.msg, ".: cannot create: Is a directory");
	CHECK_INT(put("", "x"), EX_CANTCREAT);
	CHECK_INT(put("new/", "x"), EX_CANTCREAT);
	place_write("f", "", 0);
	CHECK_INT(put("f/g", "x"), EX_CANTCREAT);
	CHECK_STR(e.msg, "f/g: cannot create: Not a directory");
	CHECK_INT(put("/proc/none", "x"), EX_CANTCREAT);
	CHECK_STR(place_names("."), "f ");
	place_remove();
}

static int
unprivileged(void)
{
	if (geteuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0))
		return 1;
	CHECK_INT(put("readonly", "x"), EX_CANTCREAT);
	CHECK_STR(e.msg, "readonly: cannot create: Permission denied");
	CHECK_INT(put("d/new", "x"), EX_CANTCREAT);
	CHECK_STR(e.msg, "d/new: cannot create: Permission denied");
	return 0;
}

UNIT_TEST("out: a file or directory that is write-protected stays as it is")
{
	if (!place_make() || !CHECK(chmod(".", 0777) == 0) ||
	    !CHECK(mkdir("d", 0555) == 0))
		return;
	place_write("readonly", "before", 6);
	CHECK(chmod("readonly", 0444) == 0);
	CHECK_INT(place_child(unprivileged), 0);
	CHECK_STR(place_read("readonly"), "before");
	place_remove();
}

UNIT_TEST("out: a name as long as they get can be written")
{
	char name[256] = {0};

	if (!place_make())
		return;
	memset(name, 'n', 255);
	CHECK_INT(put(name, "text"), 0);
	CHECK_STR(place_read(name), "text");
	place_remove();
}

UNIT_TEST("out: a full device fails with the reason, once and for all")
{
	static char big[300000];

	CHECK_INT(out_open(&out, "/dev/full", &e), 0);
	CHECK(out.temp == NULL);
	out_str(&out, "x");
	CHECK_INT(out_flush(&out, &e), EX_IOERR);
	CHECK_STR(e.msg, "/dev/full: cannot write: No space left on device");
	out_write(&out, big, sizeof(big));
	CHECK_INT(out_flush(&out, &e), EX_IOERR);
	CHECK_INT(out_close(&out, &e), EX_IOERR);
	CHECK_STR(e.msg, "/dev/full: cannot write: No space left on device");
	CHECK_INT(put("/dev/null", "x"), 0);
	CHECK_INT(put("/dev/full", ""), 0);
}

static int
full_standard_output(void)
{
	int fd = open("/dev/full", O_WRONLY);

	(void)dup2(fd, STDOUT_FILENO);
	int rc = put(NULL, "x");

	return strcmp(e.msg,
		   "standard output: cannot write: No space left on device") ==
		0
	    ? rc
	    : 98;
}

static int
closed_standard_output(void)
{
	(void)close(STDOUT_FILENO);
	int rc = put("-", "x");

	return strcmp(e.msg,
		   "standard output: cannot write: Bad file descriptor") == 0
	    ? rc
	    : 98;
}

UNIT_TEST("out: standard output that is full or closed is an error")
{
	CHECK_INT(place_child(full_standard_output), EX_IOERR);
	CHECK_INT(place_child(closed_standard_output), EX_IOERR);
}

static int
low_descriptors(void)
{
	(void)close(STDOUT_FILENO);
	(void)close(STDERR_FILENO);
	if (out_open(&out, "f", &e) != 0)
		return 1;
	bool high = out.fd > STDERR_FILENO;
	bool kept = (fcntl(out.fd, F_GETFD) & FD_CLOEXEC) != 0;

	ssize_t n = write(STDERR_FILENO, "message", 7);

	out_str(&out, "text");
	return out_close(&out, &e) == 0 && high && kept && n < 0 ? 0 : 2;
}

UNIT_TEST("out: a file never takes the place of a standard descriptor")
{
	if (!place_make())
		return;
	CHECK_INT(place_child(low_descriptors), 0);
	CHECK_STR(place_read("f"), "text");
	place_remove();
}

static int
standard_output_stays(void)
{
	int fd = open("f", O_WRONLY | O_CREAT, 0600);

	(void)dup2(fd, STDOUT_FILENO);
	if (put("-", "one ") != 0 || put(NULL, "two") != 0)
		return 1;
	return fcntl(STDOUT_FILENO, F_GETFD) >= 0 ? 0 : 2;
}

UNIT_TEST("out: standard output stays open")
{
	if (!place_make())
		return;
	CHECK_INT(place_child(standard_output_stays), 0);
	CHECK_STR(place_read("f"), "one two");
	place_remove();
}

static int
appended(void)
{
	int fd = open("f", O_WRONLY | O_APPEND);

	(void)dup2(fd, STDOUT_FILENO);
	return put("/dev/stdout", "more");
}

UNIT_TEST("out: /dev/stdout is what is open, not a file to replace")
{
	if (!place_make())
		return;
	place_write("f", "log ", 4);
	CHECK_INT(place_child(appended), 0);
	CHECK_STR(place_read("f"), "log more");
	place_remove();
}

static int
limited(void)
{
	static char big[300000];
	struct rlimit limit = {100000, 100000};

	(void)signal(SIGXFSZ, SIG_IGN);
	CHECK_INT(out_open(&out, "f", &e), 0);
	(void)setrlimit(RLIMIT_FSIZE, &limit);
	out_write(&out, big, sizeof(big));
	CHECK_INT(out_close(&out, &e), EX_IOERR);
	CHECK_STR(e.msg, "f: cannot write: File too large");
	return 0;
}

UNIT_TEST("out: after a short write and a failure the old file is as it was")
{
	if (!place_make())
		return;
	place_write("f", "before", 6);
	CHECK_INT(place_child(limited), 0);
	CHECK_STR(place_read("f"), "before");
	CHECK_STR(place_names("."), "f ");
	place_remove();
}

UNIT_TEST("out: a name that cannot be given is an error")
{
	if (!place_make() || !CHECK(mkdir("d", 0700) == 0))
		return;
	CHECK_INT(out_open(&out, "d/f", &e), 0);
	CHECK(mkdir("d/f", 0700) == 0);
	out_str(&out, "text");
	CHECK_INT(out_close(&out, &e), EX_IOERR);
	CHECK_STR(e.msg, "d/f: cannot write: Is a directory");
	CHECK_STR(place_names("d"), "f ");
	CHECK(rmdir("d/f") == 0);
	place_remove();
}

static void
count_call(void *arg)
{
	++*(int *)arg;
}

UNIT_TEST("out: whoever wants to know is told before anything is written")
{
	int writes = 0;

	if (!place_make())
		return;
	CHECK_INT(out_open(&out, "f", &e), 0);
	out.on_write = (struct hook){count_call, &writes};
	CHECK_INT(out_flush(&out, &e), 0);
	out_str(&out, "a");
	CHECK_INT(writes, 0);
	CHECK_INT(out_flush(&out, &e), 0);
	CHECK_INT(writes, 1);
	CHECK_INT(out_close(&out, &e), 0);
	CHECK_INT(writes, 1);
	place_remove();
}

struct growth {
	int fd;
	int writes, odd; /* begun within a page */
};

static void
look_at_size(void *arg)
{
	struct growth *g = arg;
	struct stat st;

	g->writes++;
	g->odd += fstat(g->fd, &st) != 0 || st.st_size % 4096 != 0;
}

UNIT_TEST("out: a file is handed over in whole blocks")
{
	static const char bytes[50000];
	struct growth g = {.fd = -1};
	struct stat st;

	if (!place_make())
		return;
	CHECK_INT(out_open(&out, "f", &e), 0);
	g.fd = out.fd;
	out.on_write = (struct hook){look_at_size, &g};
	for (size_t i = 0; i < 20; i++)
		out_write(&out, bytes, sizeof(bytes) - i);
	CHECK_INT(out_close(&out, &e), 0);
	CHECK(g.writes > 5);
	CHECK_INT(g.odd, 0);
	CHECK(stat("f", &st) == 0 && st.st_size == 20 * 50000 - 190);
	place_remove();
}
