/* SPDX-License-Identifier: MIT */
/* What stands at a path of a tree now. */
#include "manifest/look.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/sig.h"
#include "base/when.h"

/* Read at once: it stays in the processor's cache until it is hashed. */
#define BLOCK ((size_t)128 * 1024)

/* The system makes no link with a longer text. */
#define TARGET_MAX 4096

void
look_release(struct look_job *job)
{
	manifest_entry_release(&job->want);
	manifest_entry_release(&job->is);
}

int
look_open(struct look_eye *eye, const struct below *root)
{
	*eye = (struct look_eye){.hash = crypt_sha256_new()};
	eye->block = mem_resize(NULL, BLOCK, 1);
	return below_again(&eye->below, root);
}

void
look_close(struct look_eye *eye)
{
	below_close(&eye->below);
	crypt_sha256_free(eye->hash);
	free(eye->block);
}

/* Times that no record can hold are not known. */
static bool
take_mtime(const struct stat *st, int64_t *ns)
{
	int64_t seconds = st->st_mtim.tv_sec;

	if (seconds < WHEN_BEGIN / WHEN_SECOND ||
	    seconds >= WHEN_END / WHEN_SECOND)
		return false;
	*ns = seconds * WHEN_SECOND + st->st_mtim.tv_nsec;
	return true;
}

/*
 * A directory's time and size change with every name in it, and its size is no
 * content; the mode of a link is no permission.
 */
static void
take_stat(struct manifest_entry *is, const struct stat *st)
{
	is->type = manifest_type_of(st->st_mode);
	is->has = MANIFEST_OWNER;
	is->uid = st->st_uid;
	is->gid = st->st_gid;
	is->mode = st->st_mode & 07777;
	is->size = st->st_size;
	if (is->type != MANIFEST_LINK)
		is->has |= MANIFEST_MODE;
	if (is->type == MANIFEST_FILE)
		is->has |= MANIFEST_SIZE;
	if (is->type != MANIFEST_DIR && take_mtime(st, &is->mtime_ns))
		is->has |= MANIFEST_MTIME;
}

static bool
is_same_state(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size &&
	    a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	    a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/*
 * Hash the open file of ${size} bytes.  One that grows as it is read is not
 * followed for longer.  Return 0 or an errno.
 */
static int
read_all(struct look_eye *eye, int fd, off_t size, bool *grew)
{
	off_t left = size;

	for (;;) {
		ssize_t n = read(fd, eye->block, BLOCK);

		if (sig_seen() != 0)
			return EINTR;
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			return 0;
		left -= n;
		*grew = left < 0;
		if (*grew)
			return 0;
		crypt_sha256_add(eye->hash, eye->block, (size_t)n);
	}
}

static int
hash_file(struct look_eye *eye, struct look_job *job, int fd,
    const struct stat *before)
{
	struct stat after;
	bool grew = false;
	int errnum;

	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	errnum = read_all(eye, fd, before->st_size, &grew);
	/* This also empties it for the next file. */
	crypt_sha256_hex(eye->hash, job->is.sha256);
	if (errnum == 0 && fstat(fd, &after) != 0)
		errnum = errno;
	if (errnum != 0)
		return errnum;
	job->is.has |= MANIFEST_HASH;
	job->changed = grew || !is_same_state(before, &after);
	return 0;
}

static bool
is_wanted(const struct look_job *job)
{
	const struct manifest_entry *want = &job->want;

	return job->hash &&
	    ((want->has & MANIFEST_SIZE) == 0 || want->size == job->is.size);
}

/* Open what was a regular file; what took its place meanwhile is told too. */
static int
look_into(struct look_eye *eye, struct look_job *job, int at, const char *name)
{
	struct stat st;
	int errnum = 0;
	int fd = openat(at, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	if (fstat(fd, &st) != 0)
		errnum = errno;
	else
		take_stat(&job->is, &st);
	if (errnum == 0 && job->is.type == MANIFEST_FILE && is_wanted(job))
		errnum = hash_file(eye, job, fd, &st);
	(void)close(fd);
	return errnum;
}

static int
read_target(struct look_job *job, int at, const char *name)
{
	char *to = buf_reserve(&job->is.target, TARGET_MAX);
	ssize_t n = readlinkat(at, name, to, TARGET_MAX);

	if (n < 0)
		return errno;
	job->is.target.len = (size_t)n;
	to[n] = '\0';
	job->is.has |= MANIFEST_TARGET;
	return 0;
}

void
look_at(struct look_eye *eye, struct look_job *job)
{
	struct manifest_entry *is = &job->is;
	struct stat st;
	const char *name;
	int at = below_parent(&eye->below, buf_text(&job->want.path), &name);

	buf_reset(&is->target);
	is->has = 0;
	job->changed = false;
	job->errnum = 0;
	if (at < 0 || fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		/* A link on the way leads nowhere here. */
		job->errnum =
		    errno == ENOTDIR || errno == ELOOP ? ENOENT : errno;
		return;
	}
	take_stat(is, &st);
	if (is->type == MANIFEST_FILE && is_wanted(job))
		job->errnum = look_into(eye, job, at, name);
	else if (is->type == MANIFEST_LINK)
		job->errnum = read_target(job, at, name);
}
