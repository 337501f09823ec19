/* SPDX-License-Identifier: MIT */
/* A file that gives way to its compressed form. */
#include "act/compress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/attrs.h"
#include "act/move.h"
#include "base/mem.h"
#include "format/digest.h"
#include "machine/fd.h"
#include "machine/pack.h"
#include "machine/stream.h"

#define BLOCK ((size_t)128 * 1024)

/* The temporary's name keeps this much of the file's, to stay below 255. */
#define NAME_KEPT 200

#define NO_LIBRARY "libarchive13 is not installed, or too old"
#define UNDRESSED \
	"its access control list or attributes cannot be given to another"
#define UNWRITTEN "the compressed form cannot be written"

struct compress {
	struct act *act;
	enum stream_kind kind;
	int from, to;	   /* to: the compressed form, or -1 */
	struct buf temp;   /* its name */
	struct buf name;   /* that it gets */
	char *block;	   /* owned */
	struct digest sum; /* of what was read */
};

static int
fault(struct compress *c, int errnum, const char *why)
{
	act_fault(c->act->item, errnum, why);
	return -1;
}

static int
make_temp(struct compress *c)
{
	struct act *act = c->act;

	buf_fmt(&c->temp, ".%.*s.%s", NAME_KEPT, act->item->name, act->run_id);
	c->to = openat(act->fd, buf_text(&c->temp),
	    O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
	    S_IRUSR | S_IWUSR);
	return c->to >= 0 ? 0 : fault(c, errno, NULL);
}

/*
 * All that there is to read, into the digest and, unless it is NULL, the pack.
 * FD_SIGNAL when one came.
 */
static int
copy(struct compress *c, struct pack *pack)
{
	struct digest_run *run = digest_new();
	struct err e = {0};
	size_t got;
	int rc;

	do {
		rc = fd_read(c->from, NULL, c->block, BLOCK, &got);
		if (rc > 0)
			rc = fault(c, rc, NULL);
		digest_add(run, c->block, got);
		if (rc == 0 && got > 0 && pack != NULL &&
		    pack_write(pack, c->block, got, &e) != 0)
			rc = fault(c, EIO, UNWRITTEN);
	} while (rc == 0 && got > 0);
	c->sum = digest_so_far(run);
	digest_free(run);
	return rc;
}

static int
write_packed(struct compress *c)
{
	struct pack *pack;
	struct err e = {0};
	int rc;

	rc = pack_open(&pack, c->kind, c->to, c->act->item->name, &e);
	if (rc != 0)
		return fault(c, EIO,
		    rc == EX_UNAVAILABLE ? NO_LIBRARY : UNWRITTEN);
	rc = copy(c, pack);
	if (rc != 0)
		pack_abort(pack);
	else if (pack_close(pack, &e) != 0)
		rc = fault(c, EIO, UNWRITTEN);
	return rc;
}

/*
 * What of the ${st}'s mode the new file may have, once it has as much of the
 * owner as can be given: nobody's rights go to whom the file was not.
 */
static mode_t
give_owner(const struct compress *c, const struct stat *st)
{
	mode_t mode = st->st_mode & 07777;

	if (fchown(c->to, st->st_uid, st->st_gid) == 0)
		return mode;
	mode &= ~(mode_t)(S_ISUID | S_ISGID);
	/* With an access control list these bits are the most it grants. */
	if (fchown(c->to, (uid_t)-1, st->st_gid) == 0)
		return mode;
	/* Who was of the group is one of the others now. */
	mode &= ~(S_IRWXO & ~(mode >> 3));
	return mode & ~(mode_t)S_IRWXG;
}

/* Owner, mode, times and so on of the file, as far as they may be given. */
static int
dress(struct compress *c)
{
	struct stat st;
	int rc;

	if (fstat(c->from, &st) != 0)
		return fault(c, errno, NULL);
	/* While the new file is ours alone; the list before the mode, of which
	 * the group's part is the most that the list grants. */
	rc = attrs_copy(c->from, c->to);
	if (rc != 0)
		return fault(c, rc, UNDRESSED);

	const struct timespec times[2] = {st.st_atim, st.st_mtim};
	mode_t mode = give_owner(c, &st);

	if (fchmod(c->to, mode) != 0 || futimens(c->to, times) != 0 ||
	    fsync(c->to) != 0)
		return fault(c, errno, NULL);
	return 0;
}

/* What reads back must be what was read: EX_DATAERR when it is not. */
static int
read_back(struct compress *c, struct stream *stream, struct err *e)
{
	struct digest_run *run = digest_new();
	struct digest sum;
	size_t got;
	int rc;

	while ((rc = stream_read(stream, c->block, BLOCK, &got, e)) == 0 &&
	    got > 0)
		digest_add(run, c->block, got);
	sum = digest_so_far(run);
	digest_free(run);
	if (rc == 0 && (sum.high != c->sum.high || sum.low != c->sum.low))
		rc = EX_DATAERR;
	return rc;
}

/* EX_DATAERR, which the caller makes a fault, when the form is another's. */
static int
verify(struct compress *c)
{
	struct stream_source source = {.fd = c->to,
	    .name = c->act->item->name,
	    .cap = BLOCK};
	struct stream *stream;
	struct err e = {0};
	int rc;

	if (lseek(c->to, 0, SEEK_SET) != 0)
		return fault(c, errno, NULL);
	source.data = mem_resize(NULL, BLOCK, 1);
	rc = stream_open(&stream, c->kind, &source, &e);
	if (rc == 0)
		rc = read_back(c, stream, &e);
	stream_close(stream);
	if (rc == 0 || rc == EX_DATAERR || rc == STREAM_SIGNAL)
		return rc;
	return fault(c, EIO,
	    rc == EX_UNAVAILABLE ? NO_LIBRARY
				 : "its compressed form cannot be read");
}

/* Whether the name is that of the form that was made. */
static bool
is_named(const struct compress *c)
{
	struct look own, there;

	return look_at(&own, c->to, "", false) == 0 &&
	    look_at(&there, c->act->fd, c->name.data, false) == 0 &&
	    own.dev == there.dev && own.ino == there.ino;
}

/* The old file goes, and the new one is there for good. */
static int
give_way(struct compress *c)
{
	struct act *act = c->act;
	struct item *item = act->item, made = *item;
	struct look look;

	if (fsync(act->fd) != 0 && errno == EIO)
		return fault(c, EIO, NULL);
	if (look_at(&look, c->to, "", false) != 0)
		return fault(c, errno, NULL);
	if (!is_named(c))
		return fault(c, ENOENT, "its compressed form was replaced");
	if (!act_is_same(item, act->fd))
		return -1;
	if (unlinkat(act->fd, item->name, 0) != 0)
		return fault(c, errno, NULL);
	item->result = ITEM_OK;
	item->freed = (item->links > 1 ? 0 : item->disk) - look.disk;
	item_look(&made, &look);
	made.name = buf_text(&c->name);
	claim_add(act->claim, &made);
	return 0;
}

/*
 * The new file takes its name; then the old one goes.  If that fails, the next
 * run finds the new name free.
 */
static int
replace(struct compress *c)
{
	struct act *act = c->act;
	int rc;

	if (!act_is_same(act->item, act->fd))
		return -1;
	rc = move_new(act->fd, buf_text(&c->temp), act->fd, buf_text(&c->name));
	if (rc != 0)
		return fault(c, rc, NULL);
	buf_reset(&c->temp);
	rc = give_way(c);
	if (rc != 0 && is_named(c))
		(void)unlinkat(act->fd, buf_text(&c->name), 0);
	return rc;
}

static int
make(struct compress *c)
{
	int rc = make_temp(c);

	if (rc == 0)
		rc = write_packed(c);
	if (rc == 0)
		rc = dress(c);
	if (rc == 0)
		rc = verify(c);
	if (rc == EX_DATAERR)
		rc = fault(c, EIO, "its compressed form does not read back");
	if (rc == 0)
		rc = replace(c);
	if (rc != 0 && c->to >= 0 && c->temp.len > 0)
		(void)unlinkat(c->act->fd, buf_text(&c->temp), 0);
	return rc;
}

/* EX_DATAERR unless dress made the one, open as ->to, after the other. */
static int
check_dress(struct compress *c)
{
	struct stat was, is;
	int rc;

	if (fstat(c->from, &was) != 0 || fstat(c->to, &is) != 0)
		return fault(c, errno, NULL);
	if (!S_ISREG(is.st_mode) || is.st_mode != was.st_mode ||
	    is.st_uid != was.st_uid || is.st_gid != was.st_gid ||
	    is.st_mtim.tv_sec != was.st_mtim.tv_sec ||
	    is.st_mtim.tv_nsec != was.st_mtim.tv_nsec)
		return EX_DATAERR;
	rc = attrs_same(c->from, c->to);
	if (rc == EEXIST)
		return EX_DATAERR;
	return rc == 0 ? 0 : fault(c, rc, NULL);
}

/*
 * A form that is there may come from a run that ended before the file went:
 * what is dressed like the file, and reads back as it does, is taken for that.
 */
static int
finish(struct compress *c)
{
	int rc = EX_DATAERR;

	c->to = openat(c->act->fd, buf_text(&c->name),
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	/* A link, a socket, a device without a driver has the name. */
	if (c->to < 0 && errno != ELOOP && errno != ENXIO)
		return fault(c, errno, NULL);
	if (c->to >= 0)
		rc = check_dress(c);
	if (rc == 0)
		rc = copy(c, NULL);
	if (rc == 0)
		rc = verify(c);
	if (rc == EX_DATAERR)
		rc = fault(c, EEXIST, "its compressed form is there already");
	if (rc != 0)
		return rc;
	return fsync(c->to) == 0 ? give_way(c) : fault(c, errno, NULL);
}

void
compress_file(struct act *act, int fd)
{
	struct compress c = {.act = act,
	    .kind = act->item->action == ITEM_GZIP ? STREAM_GZIP : STREAM_ZSTD,
	    .from = fd,
	    .to = -1,
	    .block = mem_resize(NULL, BLOCK, 1)};

	buf_fmt(&c.name, "%s%s", act->item->name,
	    c.kind == STREAM_GZIP ? ".gz" : ".zst");
	/* One that is there is known before the work, not after it. */
	if (faccessat(act->fd, buf_text(&c.name), F_OK, AT_SYMLINK_NOFOLLOW) ==
	    0)
		(void)finish(&c);
	else
		(void)make(&c);
	if (c.to >= 0)
		(void)close(c.to);
	free(c.block);
	buf_release(&c.temp);
	buf_release(&c.name);
}
