/* SPDX-License-Identifier: MIT */
/* The column cache: what is believed, and when it is made. */
#include "market/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/sig.h"

/* Keep the first trouble: one warning is enough. */
static void
tell(struct cache *c, const struct err *e)
{
	if (c->trouble.status == 0)
		c->trouble = *e;
}

static void
tell_damaged(struct cache *c)
{
	struct err e = {0};

	(void)err_set(&e, EX_DATAERR,
	    "cache '%s' is damaged: the data is read from its source", c->path);
	tell(c, &e);
}

/* Whether ${in} is a file that can be found again by its name. */
static bool
find_names(struct cache *c, const struct in *in, const char *how)
{
	struct buf key = {0}, path = {0};
	struct stat st;
	char *source;

	if (strcmp(in->name, "-") == 0 || fstat(in->fd, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return false;
	source = realpath(in->name, NULL);
	if (source == NULL)
		return false;
	/* The name comes last, as it may hold whatever stands before it. */
	buf_fmt(&key, "%s\n%s", how, source);
	free(source);
	c->key = buf_detach(&key);
	cache_dir_name(c->key, c->name);
	buf_fmt(&path, "%s/%s", c->opts->dir, c->name);
	c->path = buf_detach(&path);
	return true;
}

static void
start_writing(struct cache *c, struct in *in)
{
	struct stat st;
	struct err e = {0};

	/* A link would have the file written to where it leads. */
	if (fstatat(c->dir, c->name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    !S_ISREG(st.st_mode))
		(void)unlinkat(c->dir, c->name, 0);
	if (cache_write_open(&c->write, c->path, in, &e) != 0)
		tell(c, &e);
}

/* The digest of all of ${fd}; false when it cannot be had. */
static bool
digest_file(const struct in *in, struct digest *digest)
{
	struct digest_run *run = digest_new();
	char *block = mem_alloc(IN_BLOCK, 1);
	int64_t at = 0;
	ssize_t got;

	do {
		hook_call(&in->on_read);
		got = pread(in->fd, block, IN_BLOCK, at);
		if (got > 0) {
			digest_add(run, block, (size_t)got);
			at += got;
		}
	} while ((got > 0 || (got < 0 && errno == EINTR)) && sig_seen() == 0);
	*digest = digest_so_far(run);
	digest_free(run);
	free(block);
	return got == 0;
}

static bool
stat_source(const struct in *in, struct cache_source *s)
{
	struct stat st;

	if (fstat(in->fd, &st) != 0)
		return false;
	cache_tail_source(s, &st);
	return true;
}

/* Write the tail again, with what ${in} looks like now. */
static void
renew(struct cache *c)
{
	int fd = openat(c->dir, c->name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat ours, named;
	struct buf bytes = {0};

	if (fd < 0)
		return;
	cache_tail_put(&c->read.tail, &bytes);
	/* Another run may have put a new file in its place. */
	if (fstat(c->read.fd, &ours) == 0 && fstat(fd, &named) == 0 &&
	    ours.st_dev == named.st_dev && ours.st_ino == named.st_ino &&
	    pwrite(fd, bytes.data, bytes.len, c->read.tail.size) !=
		(ssize_t)bytes.len)
		(void)unlinkat(c->dir, c->name, 0);
	buf_release(&bytes);
	(void)close(fd);
}

/* Whether the bytes of ${in} are those that the cache was made of. */
static bool
same_bytes(struct cache *c, const struct in *in)
{
	struct cache_tail *t = &c->read.tail;
	struct cache_source before, after;
	struct digest digest;
	struct stat st;

	if (!stat_source(in, &before) || before.size != t->source.size ||
	    fstat(c->read.fd, &st) != 0 || !digest_file(in, &digest) ||
	    !stat_source(in, &after) || !cache_tail_same(&before, &after))
		return false;
	if (digest.high != t->digest.high || digest.low != t->digest.low)
		return false;
	t->source = after;
	t->since = (struct cache_time){st.st_mtim.tv_sec,
	    (uint32_t)st.st_mtim.tv_nsec};
	renew(c);
	return true;
}

/* Whether the file that is open was made of ${in} as it is now. */
static bool
is_current(struct cache *c, const struct in *in)
{
	const struct cache_tail *t = &c->read.tail;
	struct cache_source now;

	if (strcmp(t->key, c->key) != 0 || !stat_source(in, &now))
		return false;
	if (cache_tail_same(&now, &t->source) &&
	    cache_tail_settled(&now, &t->since))
		return true;
	return same_bytes(c, in);
}

/* Open the file, unless it is not there or not one of ours. */
static int
open_file(const struct cache *c)
{
	struct stat st;
	int fd = openat(c->dir, c->name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_uid == geteuid() && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static bool
start_reading(struct cache *c, const struct in *in)
{
	int fd = open_file(c), rc;

	if (fd < 0)
		return false;
	/* Its time says when it was used last, and what the time is now. */
	(void)futimens(fd, NULL);
	rc = cache_read_open(&c->read, fd);
	if (rc != 0) {
		(void)close(fd);
		if (rc == CACHE_DAMAGED)
			tell_damaged(c);
		return false;
	}
	c->stands = c->reading = is_current(c, in);
	if (!c->reading)
		cache_read_close(&c->read);
	return c->reading;
}

void
cache_open(struct cache *c, const struct cache_opts *opts, struct in *in,
    const char *how)
{
	struct err e = {0};

	*c = (struct cache){.opts = opts, .dir = -1};
	if (opts == NULL || !find_names(c, in, how))
		return;
	c->dir = cache_dir_open(opts->dir, &e);
	if (c->dir < 0)
		tell(c, &e);
	else if (!start_reading(c, in))
		start_writing(c, in);
}

void
cache_leave(struct cache *c)
{
	c->reading = c->stands = false;
	cache_read_close(&c->read);
}

void
cache_fail(struct cache *c, struct in *in)
{
	tell_damaged(c);
	cache_leave(c);
	start_writing(c, in);
}

void
cache_finish(struct cache *c, struct in *in, const struct cache_result *result)
{
	struct cache_result mine = *result;
	struct err e = {0};

	if (!c->write.active)
		return;
	mine.key = c->key;
	if (cache_write_close(&c->write, in, &mine, &c->stands, &e) != 0)
		tell(c, &e);
	if (c->stands)
		cache_dir_tidy(c->dir, c->name, c->opts->full);
}

void
cache_close(struct cache *c)
{
	if (c->opts == NULL)
		return;
	if (c->reading)
		cache_read_close(&c->read);
	cache_write_abort(&c->write);
	if (c->dir >= 0)
		(void)close(c->dir);
	free(c->path);
	free(c->key);
	*c = (struct cache){.dir = -1};
}
