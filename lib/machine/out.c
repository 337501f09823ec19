/* SPDX-License-Identifier: MIT */
/* Bytes out: buffered, unable to fail silently, files whole or not at all. */
#include "machine/out.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"
#include "base/when.h"
#include "machine/fd.h"
#include "machine/path.h"

#define BUFFER_SIZE ((size_t)128 * 1024)

/* So long a reader is waited for before we look for a signal. */
#define LOOK_NS (WHEN_SECOND / 20)

/* So many links may lead to the file, so many temporary names are tried. */
#define LINKS_MAX 40
#define NAMES_MAX 100

/* A temporary's name keeps this much of the file's, to stay below 255. */
#define NAME_KEPT 200

/* The mode of a new file, which the umask narrows. */
#define NEW_MODE ((mode_t)0666)

static int
cannot_create(const char *name, int errnum, struct err *e)
{
	return err_sys(e, EX_CANTCREAT, errnum, "%s: cannot create", name);
}

static int
cannot_write(const struct out *out, struct err *e)
{
	if (out->errnum == EINTR && sig_seen() != 0)
		return OUT_SIGNAL;
	return err_sys(e, EX_IOERR, out->errnum, "%s: cannot write", out->name);
}

/* The text of the link ${path}, owned, or NULL with errno. */
static char *
link_text(const char *path)
{
	for (size_t size = 256;; size *= 2) {
		char *text = mem_alloc(size, 1);
		ssize_t n = readlink(path, text, size - 1);

		if (n >= 0 && (size_t)n < size - 1)
			return text;

		int errnum = errno;

		free(text);
		if (n < 0) {
			errno = errnum;
			return NULL;
		}
	}
}

/* ${text} as seen from the directory of the link ${path}, owned. */
static char *
beside(const char *path, const char *text)
{
	struct buf b = {0};

	if (text[0] != '/')
		buf_add(&b, path, (size_t)(path_base(path) - path));
	buf_str(&b, text);
	return buf_detach(&b);
}

/*
 * Where the links of ${path} lead, owned, or NULL with errno.  Unlike realpath
 * this finds a file that does not exist yet.
 */
static char *
follow(const char *path)
{
	char *at = mem_text(path, strlen(path));

	for (int i = 0; i < LINKS_MAX; i++) {
		char *text = link_text(at);

		if (text == NULL)
			return at;

		char *next = beside(at, text);

		free(text);
		free(at);
		at = next;
	}
	free(at);
	errno = ELOOP;
	return NULL;
}

/* Letters and digits that another process hardly tries at the same time. */
static void
put_random(char *to, size_t n, unsigned attempt)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	uint64_t x = (uint64_t)when_ticks() ^ (uint64_t)getpid() << 32;

	x += attempt;
	for (size_t i = 0; i < n; i++) {
		x = (x ^ x >> 29) * UINT64_C(0x9e3779b97f4a7c15);
		to[i] = letters[(x >> 32) % (sizeof(letters) - 1)];
	}
}

/* Make the temporary file beside the target.  Return 0 or an errno. */
static int
make_temp(struct out *out, mode_t mode)
{
	const char *name = path_base(out->target);
	struct buf b = {0};
	int errnum;

	if (name[0] == '\0')
		return ENOENT;
	buf_add(&b, out->target, (size_t)(name - out->target));
	buf_fmt(&b, ".%.*s.XXXXXX", NAME_KEPT, name);
	out->temp = buf_detach(&b);
	for (unsigned i = 0; i < NAMES_MAX; i++) {
		put_random(out->temp + strlen(out->temp) - 6, 6, i);
		out->fd = open(out->temp,
		    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
		if (out->fd >= 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	errnum = errno;
	free(out->temp); /* It is not there, or not ours to remove. */
	out->temp = NULL;
	return errnum;
}

/*
 * Give the temporary the mode of the old file, and its owner where that is
 * allowed: a file that root replaces stays readable to whom it was written for.
 */
static int
keep_mode(const struct out *out, const struct stat *old)
{
	int refused = fchown(out->fd, old->st_uid, old->st_gid);

	(void)refused;
	return fchmod(out->fd, old->st_mode & 0777) == 0 ? 0 : errno;
}

/* Replace the file at the end of ${path}'s links; ${old} is NULL for a new one.
 */
static int
open_atomic(struct out *out, const char *path, const struct stat *old)
{
	out->target = follow(path);
	if (out->target == NULL)
		return errno;
	/* The directory would let us replace what may not be written. */
	if (old != NULL && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
		return errno;

	/* Nobody reads along before the mode is the old file's. */
	int rc = make_temp(out, old != NULL ? S_IRUSR | S_IWUSR : NEW_MODE);

	if (rc == 0 && old != NULL)
		rc = keep_mode(out, old);
	return rc;
}

/* A device or a FIFO, which may wait for its reader until a signal comes. */
static int
open_as_is(struct out *out, const char *path)
{
	do {
		out->fd =
		    open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
	} while (out->fd < 0 && errno == EINTR && sig_seen() == 0);
	return out->fd >= 0 ? 0 : errno;
}

/* Names of what is open already: the file behind is not ours to replace. */
static bool
names_descriptor(const char *path)
{
	static const char *const starts[] = {"/dev/fd/", "/dev/std", "/proc/"};

	for (size_t i = 0; i < QTE_COUNT(starts); i++)
		if (strncmp(path, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

static int
open_file(struct out *out, const char *path)
{
	struct stat st;
	int rc;

	if (stat(path, &st) != 0)
		rc = errno == ENOENT ? open_atomic(out, path, NULL) : errno;
	else if (S_ISREG(st.st_mode) && !names_descriptor(path))
		rc = open_atomic(out, path, &st);
	else
		rc = open_as_is(out, path);
	if (rc != 0)
		return rc;
	out->fd = fd_above_standard(out->fd);
	return out->fd >= 0 ? 0 : errno;
}

int
out_open(struct out *out, const char *path, struct err *e)
{
	*out = (struct out){.fd = STDOUT_FILENO, .name = "standard output"};
	if (path != NULL && strcmp(path, "-") != 0) {
		*out = (struct out){.fd = -1, .name = path, .close_fd = true};

		int errnum = open_file(out, path);

		if (errnum != 0) {
			out_abort(out);
			return cannot_create(path, errnum, e);
		}
	}
	out->data = mem_resize(NULL, BUFFER_SIZE, 1);
	return 0;
}

/*
 * After a signal: how many of the ${n} bytes the reader takes without waiting,
 * up to the end of a line where there is one.  None: it had its time.
 */
static size_t
taken(struct out *out, const char *bytes, size_t n)
{
	if (out->until_ns == 0)
		out->until_ns = when_ticks() + OUT_PATIENCE_NS;
	if (!fd_takes(out->fd, out->until_ns)) {
		out->errnum = EINTR;
		return 0;
	}
	if (n > PIPE_BUF)
		n = PIPE_BUF;
	for (size_t i = n; i > 0; i--)
		if (bytes[i - 1] == '\n')
			return i;
	return n;
}

/* Hand ${n} bytes to the system, unless something failed before. */
static void
drain(struct out *out, const char *bytes, size_t n)
{
	if (n > 0)
		hook_call(&out->on_write);
	while (n > 0 && out->errnum == 0) {
		size_t most = sig_seen() != 0 ? taken(out, bytes, n) : n;

		if (most == 0)
			break;

		ssize_t done = write(out->fd, bytes, most);

		if (done >= 0) {
			bytes += done;
			n -= (size_t)done;
		} else if (errno == EAGAIN) {
			(void)fd_takes(out->fd, when_ticks() + LOOK_NS);
		} else if (errno != EINTR) {
			out->errnum = errno;
		}
	}
}

static void
empty(struct out *out)
{
	drain(out, out->data, out->len);
	out->len = 0;
}

void
out_write(struct out *out, const void *bytes, size_t n)
{
	size_t room = BUFFER_SIZE - out->len;

	/* What comes in whole blocks is kept in whole blocks by the system,
	 * which then reads it twice as fast. */
	if (n > room && out->temp != NULL) {
		memcpy(out->data + out->len, bytes, room);
		out->len += room;
		bytes = (const char *)bytes + room;
		n -= room;
		room = 0;
	}
	if (n > room)
		empty(out);
	if (n > BUFFER_SIZE) {
		drain(out, bytes, n);
		return;
	}
	if (n > 0)
		memcpy(out->data + out->len, bytes, n);
	out->len += n;
}

void
out_str(struct out *out, const char *text)
{
	out_write(out, text, strlen(text));
}

bool
out_failed(const struct out *out)
{
	return out->errnum != 0;
}

int
out_flush(struct out *out, struct err *e)
{
	empty(out);
	return out->errnum == 0 ? 0 : cannot_write(out, e);
}

/* Keep the first failure. */
static void
note(struct out *out, int rc)
{
	if (rc != 0 && out->errnum == 0)
		out->errnum = errno;
}

/*
 * Some file systems tell only on close that the disk is full.  Standard output
 * stays open, but a second descriptor of it can be closed as well.
 */
static void
close_checked(struct out *out)
{
	int fd = out->close_fd ? out->fd : dup(out->fd);

	out->fd = -1;
	if (fd >= 0 && close(fd) != 0 && errno != EINTR)
		note(out, -1);
}

static void
release(struct out *out)
{
	free(out->data);
	free(out->temp);
	free(out->target);
	*out = (struct out){.fd = -1};
}

int
out_close(struct out *out, struct err *e)
{
	int rc = 0;

	empty(out);
	if (out->temp != NULL && out->errnum == 0 && !out->fleeting)
		note(out, fsync(out->fd));
	close_checked(out);
	if (out->temp != NULL && out->errnum == 0) {
		note(out, rename(out->temp, out->target));
		if (out->errnum == 0) {
			free(out->temp);
			out->temp = NULL;
			if (!out->fleeting)
				out->errnum = path_sync_dir(out->target);
		}
	}
	if (out->errnum != 0)
		rc = cannot_write(out, e);
	out_abort(out);
	return rc;
}

void
out_abort(struct out *out)
{
	if (out->close_fd && out->fd >= 0)
		(void)close(out->fd);
	if (out->temp != NULL)
		(void)unlink(out->temp);
	release(out);
}
