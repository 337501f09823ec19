/* SPDX-License-Identifier: MIT */
/* Bytes in: blocks of a file or a pipe, handed out line by line. */
#include "machine/in.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sig.h"
#include "machine/stream.h"

static const char *
shown(const struct in *in)
{
	return strcmp(in->name, "-") == 0 ? "standard input" : in->name;
}

/* Opening a FIFO waits for its writer, and a signal ends the wait. */
static int
open_path(struct in *in, struct err *e)
{
	do {
		in->fd = open(in->name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	} while (in->fd < 0 && errno == EINTR && sig_seen() == 0);
	if (in->fd >= 0)
		in->fd = fd_above_standard(in->fd);
	if (in->fd >= 0)
		return 0;

	int errnum = errno;

	(void)err_sys(e, EX_NOINPUT, errnum, "%s: cannot open", in->name);
	return errnum == EINTR ? IN_SIGNAL : EX_NOINPUT;
}

int
in_open(struct in *in, const char *path, struct err *e)
{
	struct stat st;

	*in = (struct in){.fd = STDIN_FILENO, .name = path};
	if (strcmp(path, "-") != 0) {
		int rc = open_path(in, e);

		if (rc != 0)
			return rc;
	}
	if (fstat(in->fd, &st) != 0) {
		(void)err_sys(e, EX_NOINPUT, errno, "%s: cannot open",
		    shown(in));
	} else if (S_ISDIR(st.st_mode)) {
		(void)err_set(e, EX_NOINPUT, "%s: is a directory", shown(in));
	} else {
		return 0;
	}
	in_close(in);
	return EX_NOINPUT;
}

/* Make room for a block behind the bytes that are not handed out yet. */
static void
make_room(struct in *in, size_t max)
{
	size_t left = in->len - in->pos, need = left + IN_BLOCK, most;

	if (left > 0 && in->pos > 0)
		memmove(in->data, in->data + in->pos, left);
	in->pos = 0;
	in->len = left;
	if (in->cap >= need)
		return;
	if (__builtin_add_overflow(max, IN_BLOCK, &most))
		most = SIZE_MAX;

	/* Doubling, so that a long line is not copied once a block. */
	size_t cap = in->cap <= most / 2 ? in->cap * 2 : most;

	in->cap = cap > need ? cap : need;
	in->data = mem_resize(in->data, in->cap + IN_PAD, 1);
}

/* Read a block of the file as it is. */
static int
fill_plain(struct in *in, size_t *got, struct err *e)
{
	int rc;

	rc = fd_read(in->fd, &in->wait, in->data + in->len, IN_BLOCK, got);

	if (rc == FD_SIGNAL)
		return IN_SIGNAL;
	if (rc != 0)
		return err_sys(e, EX_IOERR, rc, "%s: cannot read", shown(in));
	fd_tap_take(&in->tap, in->data + in->len, *got);
	return 0;
}

/* Read enough of the start to see whether it is compressed. */
static int
look(struct in *in, struct err *e)
{
	enum stream_kind kind;
	size_t got = 1;
	int rc;

	while (
	    got > 0 && (in->len == 0 || stream_undecided(in->data, in->len))) {
		make_room(in, IN_BLOCK);
		rc = fill_plain(in, &got, e);
		if (rc != 0)
			return rc;
		in->len += got;
	}
	in->looked = true;
	in->eof = got == 0;
	rc = stream_kind(shown(in), in->data, in->len, &kind, e);
	if (rc != 0 || kind == STREAM_PLAIN)
		return rc;

	struct stream_source source = {.fd = in->fd,
	    .name = shown(in),
	    .wait = &in->wait,
	    .tap = in->tap,
	    .data = in->data,
	    .len = in->len,
	    .cap = in->cap};

	in->data = NULL;
	in->pos = in->len = in->cap = 0;
	in->eof = false;
	return stream_open(&in->stream, kind, &source, e);
}

/* Read a block, or note the end. */
static int
read_block(struct in *in, size_t max, struct err *e)
{
	size_t got;
	int rc;

	hook_call(&in->on_read);
	if (!in->looked) {
		rc = look(in, e);
		if (rc != 0 || in->len > 0 || in->eof)
			return rc;
	}
	/* A little of a compressed file may be much of what it holds. */
	if (sig_seen() != 0)
		return IN_SIGNAL;
	make_room(in, max);
	if (in->stream != NULL)
		rc = stream_read(in->stream, in->data + in->len, IN_BLOCK, &got,
		    e);
	else
		rc = fill_plain(in, &got, e);
	if (rc != 0)
		return rc;
	in->len += got;
	in->eof = got == 0;
	return 0;
}

static int
fill(struct in *in, size_t max, struct err *e)
{
	int rc = read_block(in, max, e);

	if (rc == 0 && in->data != NULL)
		memset(in->data + in->len, 0, IN_PAD);
	return rc;
}

int
in_more(struct in *in, struct err *e)
{
	return fill(in, IN_BLOCK, e);
}

void
in_pass(struct in *in, size_t n)
{
	in->pos += n;
	in->bytes += (int64_t)n;
}

static void
hand_out(struct in *in, size_t length, const char **line, size_t *n)
{
	*line = in->data + in->pos;
	*n = length;
	in_pass(in, length);
}

int
in_line(struct in *in, size_t max, const char **line, size_t *n, struct err *e)
{
	size_t searched = 0;

	for (;;) {
		size_t left = in->len - in->pos, length = left;
		const char *end = NULL;

		if (left > searched)
			end = memchr(in->data + in->pos + searched, '\n',
			    left - searched);
		if (end != NULL)
			length = (size_t)(end + 1 - (in->data + in->pos));
		if (length > max) {
			*line = in->data + in->pos;
			*n = max;
			return IN_LONG;
		}
		if (end != NULL || (in->eof && left > 0)) {
			hand_out(in, length, line, n);
			return 0;
		}
		if (in->eof)
			return IN_END;
		searched = left;

		int rc = fill(in, max, e);

		if (rc != 0)
			return rc;
	}
}

bool
in_position(const struct in *in, int64_t *at, int64_t *size)
{
	struct stat st;
	off_t read = lseek(in->fd, 0, SEEK_CUR);

	if (read < 0 || fstat(in->fd, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	*size = st.st_size;
	*at = read;
	if (in->stream == NULL)
		*at -= (int64_t)(in->len - in->pos);
	return true;
}

void
in_close(struct in *in)
{
	/* Standard input is not ours to close. */
	if (in->fd > STDIN_FILENO)
		(void)close(in->fd);
	stream_close(in->stream);
	free(in->data);
	*in = (struct in){.fd = -1};
}
