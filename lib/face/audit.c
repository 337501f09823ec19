/* SPDX-License-Identifier: MIT */
/* The one writer of the audit log. */
#include "face/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "machine/lock.h"
#include "machine/out.h"
#include "machine/path.h"
#include "machine/proc.h"

/* How much of the end is looked at for the last record: little, then more. */
#define WINDOW_FIRST (2 * AUDIT_LINE_MAX)
#define WINDOW_MOST ((size_t)1024 * 1024)

/* What a log begins with. */
#define BEGIN "{\"type\":\"audit\","

/* The log while it is locked. */
struct file {
	int fd;
	const char *path; /* borrowed */
	size_t size;
	bool ended; /* the last byte is a newline */
	struct audit_head head;
};

static int
read_at(const struct file *f, char *to, size_t n, size_t at, struct err *e)
{
	while (n > 0) {
		ssize_t done = pread(f->fd, to, n, (off_t)at);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return err_sys(e, EX_IOERR, errno, "%s: cannot read",
			    f->path);
		if (done == 0)
			return err_set(e, EX_IOERR,
			    "%s: shrank while it was read", f->path);
		to += done;
		n -= (size_t)done;
		at += (size_t)done;
	}
	return 0;
}

/*
 * Look for the last record of the ${n} bytes of ${text}, which begin with a
 * line; what does not end in a newline is none.
 */
static bool
find_record(struct file *f, const char *text, size_t n)
{
	size_t end = n, column;
	struct audit_link link;
	struct err e;

	while (end > 0 && text[end - 1] != '\n')
		end--;
	while (end > 0) {
		size_t from = end - 1;

		while (from > 0 && text[from - 1] != '\n')
			from--;
		if (audit_link_read(text + from, end - 1 - from, &link, &column,
			&e) == 0) {
			f->head = (struct audit_head){.seq = link.seq,
			    .ts_ns = link.ts_ns,
			    .h = link.h,
			    .torn = n - end};
			return true;
		}
		end = from;
	}
	return false;
}

/* A log without a record: nothing, or the beginning of the first one. */
static int
begin(struct file *f, const char *text, struct err *e)
{
	size_t n = sizeof(BEGIN) - 1;

	if (memcmp(text, BEGIN, f->size < n ? f->size : n) != 0)
		return err_set(e, EX_DATAERR, "%s: is not an audit log",
		    f->path);
	f->head = (struct audit_head){.h = audit_link_none(), .torn = f->size};
	return 0;
}

/* Look at the last ${window} bytes; ${*found} says whether that was enough. */
static int
look(struct file *f, size_t window, bool *found, struct err *e)
{
	size_t n = f->size < window ? f->size : window, skip = 0;
	struct buf text = {0};
	int rc = read_at(f, buf_reserve(&text, n), n, f->size - n, e);

	if (rc != 0)
		goto release;
	f->ended = n > 0 && text.data[n - 1] == '\n';
	if (n < f->size) {
		while (skip < n && text.data[skip] != '\n')
			skip++;
		skip += skip < n;
	}
	*found = find_record(f, text.data + skip, n - skip);
	if (!*found && n == f->size) {
		rc = begin(f, text.data, e);
		*found = true;
	}
release:
	buf_release(&text);
	return rc;
}

/* Find where the log ends. */
static int
find_head(struct file *f, struct err *e)
{
	bool found = false;
	struct stat st;
	int rc = 0;

	if (fstat(f->fd, &st) != 0)
		return err_sys(e, EX_IOERR, errno, "%s: cannot read", f->path);
	f->size = (size_t)st.st_size;
	for (size_t w = WINDOW_FIRST; rc == 0 && !found; w *= 2) {
		if (w > WINDOW_MOST)
			return err_set(e, EX_DATAERR,
			    "%s: has no record in its last MiB (cut it behind "
			    "its last record)",
			    f->path);
		rc = look(f, w, &found, e);
	}
	return rc;
}

static int
take(const struct audit *a, struct file *f, struct err *e)
{
	*f = (struct file){.fd = -1, .path = a->path};

	int rc = lock_take_anyway(a->path, AUDIT_WAIT_NS, &f->fd, e);

	if (rc != 0)
		return rc;
	rc = find_head(f, e);
	if (rc != 0)
		(void)close(f->fd);
	return rc;
}

/* Whether records can go there; nothing is made before there are any. */
static int
try(const struct audit *a, struct err *e)
{
	struct file f;
	char *dir;
	int rc;

	if (access(a->path, F_OK) == 0) {
		rc = take(a, &f, e);
		if (rc == 0)
			(void)close(f.fd);
		return rc;
	}
	dir = path_dir(a->path);
	rc = faccessat(AT_FDCWD, dir, W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
	free(dir);
	if (rc != 0)
		return err_sys(e, EX_CANTCREAT, rc, "%s: cannot create",
		    a->path);
	return 0;
}

int
audit_open(struct audit *a, const char *path, const struct audit_as *as,
    struct err *e)
{
	*a = (struct audit){.path = path,
	    .sha256 = crypt_sha256_new(),
	    .boot = proc_boot(),
	    .user = as->user == NULL ? proc_user() : NULL};
	rec_init(&a->rec, NULL);
	a->who = (struct audit_who){.user = as->user,
	    .role = as->role,
	    .ip = as->ip,
	    .boot = a->boot};
	if (as->user == NULL)
		a->who.user = a->user;
	return try(a, e);
}

/* Add a record to the lines, and go on to the place behind it. */
static void
add(struct audit *a, const struct audit_event *event, struct audit_place *place)
{
	place->before =
	    audit_record_make(&a->rec, &a->who, event, place, a->sha256);
	place->seq++;
	buf_add(&a->lines, a->rec.line.data, a->rec.line.len);
}

/* The record behind what is torn. */
static void
add_repair(struct audit *a, const struct file *f, struct audit_place *place)
{
	struct buf reason = {0};

	if (!f->ended)
		buf_char(&a->lines, '\n');
	buf_fmt(&reason, "%zu bytes before this are no record", f->head.torn);
	add(a,
	    &(struct audit_event){.action = "repair",
		.resource = a->path,
		.result = "ok",
		.reason = buf_text(&reason)},
	    place);
	buf_release(&reason);
}

/* Nothing half-written stays. */
static int
undo(const struct file *f, int errnum, struct err *e)
{
	(void)err_sys(e, EX_IOERR, errnum, "%s: cannot write", f->path);
	if (ftruncate(f->fd, (off_t)f->size) != 0)
		err_add(e, "; part of it stays: %s", strerror(errno));
	return EX_IOERR;
}

static int
write_lines(const struct audit *a, const struct file *f, struct err *e)
{
	/* One write does it; only after a short one the next says why. */
	for (size_t at = 0; at < a->lines.len;) {
		ssize_t done =
		    write(f->fd, a->lines.data + at, a->lines.len - at);

		if (done >= 0)
			at += (size_t)done;
		else if (errno != EINTR)
			return undo(f, errno, e);
	}
	if (fdatasync(f->fd) != 0)
		return undo(f, errno, e);
	if (f->size == 0 && path_sync_dir(f->path) != 0)
		return undo(f, EIO, e);
	return 0;
}

static int
append(struct audit *a, const struct file *f, const struct audit_event *events,
    size_t n, struct err *e)
{
	struct audit_place place = {.seq = f->head.seq + 1,
	    .before = f->head.h};
	int rc = when_now(&place.ts_ns, e);

	if (rc != 0)
		return rc;
	a->who.pid = getpid();
	buf_reset(&a->lines);
	if (f->head.torn > 0)
		add_repair(a, f, &place);
	for (size_t i = 0; i < n; i++)
		add(a, &events[i], &place);
	return a->lines.len > 0 ? write_lines(a, f, e) : 0;
}

int
audit_append(struct audit *a, const struct audit_event *events, size_t n,
    struct err *e)
{
	struct file f;
	int rc;

	if (n == 0)
		return 0;
	rc = take(a, &f, e);
	if (rc != 0)
		return rc;
	rc = append(a, &f, events, n, e);
	(void)close(f.fd);
	return rc;
}

/* Put a log with one record in the place of the one that is linked to ${old}.
 */
static int
replace(struct audit *a, const struct file *f, const char *old, struct err *e)
{
	struct audit_place place = {.seq = f->head.seq + 1,
	    .before = f->head.h};
	struct out out;
	int rc = when_now(&place.ts_ns, e);

	if (rc != 0)
		return rc;
	rc = out_open(&out, a->path, e);
	if (rc != 0)
		return rc;
	a->who.pid = getpid();
	buf_reset(&a->lines);
	add(a,
	    &(struct audit_event){.action = "rotate",
		.resource = old,
		.result = "ok",
		.head = &f->head.h},
	    &place);
	out_write(&out, a->lines.data, a->lines.len);
	return out_close(&out, e);
}

/* Give the log its second name; it may have it from a rotation that was cut. */
static int
link_old(const struct file *f, const char *old, struct err *e)
{
	if (linkat(AT_FDCWD, f->path, AT_FDCWD, old, AT_SYMLINK_FOLLOW) == 0 ||
	    (errno == EEXIST && path_is_open(old, f->fd)))
		return 0;
	return err_sys(e, EX_CANTCREAT, errno, "%s: cannot create", old);
}

static int
rotate(struct audit *a, const struct file *f, struct err *e)
{
	struct buf old = {0};
	int rc;

	buf_fmt(&old, "%s.%lld", f->path, (long long)f->head.seq);
	rc = link_old(f, buf_text(&old), e);
	if (rc == 0) {
		rc = replace(a, f, buf_text(&old), e);
		/* Once the new log is there, this is the old one's only name.
		 */
		if (rc != 0 && path_is_open(f->path, f->fd))
			(void)unlink(buf_text(&old));
	}
	buf_release(&old);
	return rc;
}

int
audit_rotate(struct audit *a, struct err *e)
{
	struct file f;
	int rc;

	if (access(a->path, F_OK) != 0)
		return 0;
	rc = take(a, &f, e);
	if (rc != 0)
		return rc;
	/* The old log has to end in a record. */
	if (f.head.torn > 0) {
		rc = append(a, &f, NULL, 0, e);
		if (rc == 0)
			rc = find_head(&f, e);
	}
	if (rc == 0 && f.head.seq > 0)
		rc = rotate(a, &f, e);
	(void)close(f.fd);
	return rc;
}

int
audit_read_head(const char *path, struct audit_head *head, struct err *e)
{
	struct file f = {.path = path,
	    .fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
	int rc;

	if (f.fd < 0)
		return err_sys(e, EX_NOINPUT, errno, "%s: cannot open", path);
	rc = find_head(&f, e);
	(void)close(f.fd);
	*head = f.head;
	return rc;
}

void
audit_close(struct audit *a)
{
	crypt_sha256_free(a->sha256);
	rec_release(&a->rec);
	buf_release(&a->lines);
	free(a->user);
	free(a->boot);
	*a = (struct audit){.path = NULL};
}
