/* SPDX-License-Identifier: MIT */
/*
 * A line of the audit log, of at most AUDIT_LINE_MAX bytes with its newline:
 *
 *	type ts seq user role action resource result reason ip argv argv_sha256
 *	pid boot resource_sha256 head h
 *
 * in this order; what does not apply is left out.  Text that is too long is cut
 * and ends in "...", arguments end in an argument "..."; bytes that are not
 * UTF-8 are written as \xNN.  What was changed so goes with the SHA-256 of the
 * bytes as they were, a NUL behind each argument.
 */
#ifndef QTE_AUDIT_RECORD_H
#define QTE_AUDIT_RECORD_H

#include "base/base.h"
#include "face/audit_link.h"
#include "format/rec.h"

#define AUDIT_LINE_MAX ((size_t)4096)

/* Who acts, the same for all records of a program; NULL where not known. */
struct audit_who {
	const char *user;
	const char *role;
	const char *ip;
	const char *boot; /* of the system, as it names it */
	int64_t pid;
};

/* What happens; all pointers are borrowed, NULL is left out. */
struct audit_event {
	const char *action;   /* as "clean.delete" */
	const char *resource; /* on what, as a path */
	const char *result;   /* as "ok" */
	const char *reason;
	char *const *argv;
	size_t nargs;
	const struct audit_hash *head; /* the last h of the log before */
};

/* Where a record stands. */
struct audit_place {
	int64_t ts_ns;
	int64_t seq;
	struct audit_hash before; /* the h that it follows */
};

/*
 * audit_record_make(r, who, event, place, s):
 * Make the line in r->line.  Return its h.  ${s} is there to be used again.
 */
struct audit_hash audit_record_make(struct rec *, const struct audit_who *,
    const struct audit_event *, const struct audit_place *,
    struct crypt_sha256 *);

#endif
