/* SPDX-License-Identifier: MIT */
/*
 * One line of the audit log as a link of its chain.  The last key of a line is
 * "h": the SHA-256, as 64 small hexadecimal digits, of the h of the line before
 * (64 zeros before the first), a newline, and the line up to its ,"h":.
 */
#ifndef QTE_AUDIT_LINK_H
#define QTE_AUDIT_LINK_H

#include "base/base.h"
#include "base/err.h"
#include "format/crypt.h"

/* A hash as text, without a NUL. */
#define AUDIT_HASH_SIZE ((size_t)64)

struct audit_hash {
	char hex[AUDIT_HASH_SIZE];
};

/* What stands before the first line: zeros. */
struct audit_hash audit_link_none(void);

/*
 * audit_link_is_digit(c), audit_link_is_hash(text, n):
 * Whether it is a digit of a hash; whether the ${n} bytes of ${text} are one.
 */
bool audit_link_is_digit(char);
bool audit_link_is_hash(const char *, size_t);

struct audit_link {
	int64_t seq;
	int64_t ts_ns;
	size_t body;	     /* bytes of the line that h covers */
	struct audit_hash h; /* as the line states it */
	/* Where they stand in the line, from 0. */
	size_t seq_at, ts_at, ts_len;
};

/*
 * audit_link_read(line, n, link, column, e):
 * Read a line of ${n} bytes, without its newline.  EX_DATAERR, with ${*column}
 * from 1, when it is not a JSON object of "type":"audit" with a "ts", a "seq"
 * from 1 and of 18 digits at most and, last, an "h".  The hash is not checked.
 */
int audit_link_read(const char *, size_t, struct audit_link *, size_t *,
    struct err *) QTE_MUST_CHECK;

/*
 * audit_link_hash(s, before, line, body):
 * What h has to be behind ${before} for the first ${body} bytes of ${line}.
 * ${s} is there to be used again.
 */
struct audit_hash audit_link_hash(struct crypt_sha256 *,
    const struct audit_hash *, const char *, size_t);

/*
 * audit_link_follows(s, before, line, n):
 * Whether the line, as in audit_link_read, is a record whose h is right behind
 * ${before}.
 */
bool audit_link_follows(struct crypt_sha256 *, const struct audit_hash *,
    const char *, size_t);

/* audit_link_same(a, b): whether two hashes are the same. */
bool audit_link_same(const struct audit_hash *, const struct audit_hash *);

#endif
