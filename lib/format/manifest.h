/* SPDX-License-Identifier: MIT */
/*
 * Lists of what a tree holds, in two forms.  The plain one is that of
 * sha256sum(1): regular files and their hashes.  The other is JSON lines, which
 * qte-records(5) describes: entries of any type, closed by a line with their
 * number and the hash of all bytes above it, without which the list is void.
 */
#ifndef QTE_MANIFEST_H
#define QTE_MANIFEST_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "format/crypt.h"
#include "format/jin.h"
#include "format/rec.h"
#include "machine/in.h"
#include "machine/out.h"

enum manifest_type {
	MANIFEST_FILE,
	MANIFEST_DIR,
	MANIFEST_LINK,
	MANIFEST_FIFO,
	MANIFEST_SOCKET,
	MANIFEST_CHAR,
	MANIFEST_BLOCK,
	MANIFEST_TYPES
};

/* manifest_type_name(t): as "file"; manifest_type_of(mode): of st_mode. */
const char *manifest_type_name(enum manifest_type);
enum manifest_type manifest_type_of(unsigned);

/* What an entry says, beside its path and type. */
enum {
	MANIFEST_SIZE = 1,
	MANIFEST_MODE = 2,
	MANIFEST_OWNER = 4,
	MANIFEST_MTIME = 8,
	MANIFEST_HASH = 16,
	MANIFEST_TARGET = 32
};

struct manifest_entry {
	struct buf
	    path; /* relative, any bytes but NUL, one '/' between names */
	enum manifest_type type;
	unsigned has; /* which of these are known: */
	int64_t size; /* of a file, in bytes */
	unsigned mode;
	int64_t uid, gid;
	int64_t mtime_ns;
	char sha256[CRYPT_SHA256_HEX]; /* of a file, in small letters */
	struct buf target;	       /* of a link: its text */
};

void manifest_entry_release(struct manifest_entry *);

/*
 * manifest_path_fault(path):
 * Why nothing below a root can have that path, as "is absolute", or NULL.
 */
const char *manifest_path_fault(const char *);

enum manifest_form { MANIFEST_JSON, MANIFEST_PLAIN };

/* Writing one. */
struct manifest_writer {
	struct out *out; /* borrowed */
	enum manifest_form form;
	struct rec rec;
	struct crypt_sha256 *hash; /* owned */
	int64_t entries, files, bytes;
};

/*
 * manifest_begin(w, out, form), manifest_put(w, entry), manifest_end(w):
 * The entries come in the order in which they are to stand.  The plain form
 * leaves out what is no file, and the end closes the other form.
 */
void manifest_begin(struct manifest_writer *, struct out *, enum manifest_form);
void manifest_put(struct manifest_writer *, const struct manifest_entry *);
void manifest_end(struct manifest_writer *);

/* manifest_drop(w): give up; what was written has no end. */
void manifest_drop(struct manifest_writer *);

/* Reading one, of either form. */
struct manifest {
	struct in in;
	int64_t line;	  /* of what was read last, from 1 */
	int64_t offset;	  /* of its first byte */
	const char *text; /* the line, without its end; borrowed */
	size_t len;
	bool json;     /* there were lines of JSON */
	bool closed;   /* and the closing one */
	bool finished; /* nothing can follow */
	int64_t entries;
	struct jin jin;
	struct crypt_sha256 *hash; /* owned: of the lines so far */
};

/*
 * manifest_open(m, path, e):
 * Open ${path} ("-": standard input), as in_open.  After a failure there is
 * nothing to close.
 */
int manifest_open(struct manifest *, const char *, struct err *) QTE_MUST_CHECK;

/*
 * manifest_next(m, entry, e):
 * The next entry, in the place of what ${entry} had.  Blank lines, comments and
 * records of other types are passed over; "." and empty names are taken out of
 * paths, but what manifest_path_fault finds stands as it is.  Return 0; IN_END;
 * EX_DATAERR for a line that is none, a wrong closing line, or its lack, with a
 * message that has no place (calling again goes on, unless m->finished); or
 * what in_line does.
 */
int manifest_next(struct manifest *, struct manifest_entry *,
    struct err *) QTE_MUST_CHECK;

void manifest_close(struct manifest *);

#endif
