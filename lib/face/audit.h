/* SPDX-License-Identifier: MIT */
/*
 * The one writer of the audit log: a chain of records (audit_record.h,
 * audit_link.h) that many processes append to.
 *
 *	rc = audit_open(&a, path, &(struct audit_as){0}, e);
 *	if (rc == 0)
 *		rc = audit_append(&a, events, n, e);
 *	audit_close(&a);
 *
 * What was not written whole, because a writer was killed or the power went,
 * stays as it is; the next writer ends the line and notes a "repair".  Such
 * bytes are no part of the chain.
 */
#ifndef QTE_AUDIT_H
#define QTE_AUDIT_H

#include "base/base.h"
#include "base/err.h"
#include "base/when.h"
#include "face/audit_record.h"

/* So long others are waited for; each of them holds the lock for one write. */
#define AUDIT_WAIT_NS (10 * WHEN_SECOND)

struct audit {
	const char *path; /* borrowed */
	struct audit_who who;
	struct crypt_sha256 *sha256; /* owned, as are the next three */
	struct rec rec;
	struct buf lines;
	char *user, *boot;
};

/* For whom the program acts; all may be NULL.  Borrowed until audit_close. */
struct audit_as {
	const char *user; /* NULL: who runs it */
	const char *role;
	const char *ip;
};

/* Where a log ends. */
struct audit_head {
	int64_t seq;   /* 0: there is no record yet, and no time */
	int64_t ts_ns; /* of the last record */
	struct audit_hash h;
	size_t torn; /* bytes behind the last record */
};

/*
 * audit_open(a, path, as, e):
 * Get ready to write to ${path}, which must be an audit log, or not be there
 * and can be made.  Return 0, EX_DATAERR, or what lock_take does.  Give back
 * with audit_close in any case.
 */
int audit_open(struct audit *, const char *, const struct audit_as *,
    struct err *) QTE_MUST_CHECK;

/*
 * audit_append(a, events, n, e):
 * Append ${n} records, at one time, with one write(2), and make them last.  On
 * 0 they are on the disk.  Else none of them is in the log, and the file is as
 * it was: EX_IOERR when it cannot be written (as on a full disk) or read,
 * EX_DATAERR when it ends in what is no audit log, EX_CONFIG for a wrong
 * QTE_NOW, or what lock_take_anyway returns.  A signal does not end it.
 */
int audit_append(struct audit *, const struct audit_event *, size_t,
    struct err *) QTE_MUST_CHECK;

/*
 * audit_rotate(a, e):
 * Give the log the name PATH.SEQ, of its last record, and begin a new one whose
 * first record, "rotate", carries the chain on.  At each moment ${path} is a
 * whole log.  Nothing is done to one without records.  Return what audit_append
 * does, or EX_CANTCREAT.
 */
int audit_rotate(struct audit *, struct err *) QTE_MUST_CHECK;

/*
 * audit_read_head(path, head, e):
 * Where the log ends now.  EX_NOINPUT when there is none; else as audit_append.
 */
int audit_read_head(const char *, struct audit_head *,
    struct err *) QTE_MUST_CHECK;

/* audit_close(a): give back. */
void audit_close(struct audit *);

#endif
