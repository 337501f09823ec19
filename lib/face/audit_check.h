/* SPDX-License-Identifier: MIT */
/*
 * The reader of audit logs: follow the chain (audit_link.h) through one log, or
 * through one and those that it was rotated from, oldest first, and say what is
 * wrong with it.  Memory is flat.
 *
 *	audit_check_init(&c, &(struct audit_watch){.found = print}, anchors, n);
 *	rc = audit_check_log(&c, &in, e);
 *	audit_check_end(&c, true);
 *	audit_check_release(&c);
 */
#ifndef QTE_AUDIT_CHECK_H
#define QTE_AUDIT_CHECK_H

#include "base/base.h"
#include "base/err.h"
#include "face/audit_link.h"
#include "machine/in.h"

enum audit_fault {
	AUDIT_BAD_JSON,	      /* a line is no record of an audit log */
	AUDIT_TRUNCATED,      /* the last line lacks its newline */
	AUDIT_CHAIN_BREAK,    /* h is not that of the line and the h before */
	AUDIT_SEQUENCE_GAP,   /* seq is not the one before and 1 */
	AUDIT_TIME_BACKWARDS, /* ts is before the one before */
	AUDIT_HEAD_MISMATCH,  /* an anchor has another h, or no line has its seq
			       */
	AUDIT_FAULTS
};

/* All pointers are borrowed for the time of the call. */
struct audit_finding {
	enum audit_fault fault;
	int64_t line;	/* from 1; 0: the log is empty */
	size_t column;	/* in the line, from 1; 0: the whole line */
	int64_t offset; /* of that column in the log, from 0 */
	const char *message;
	const char *value; /* as it stands there, of ->value_len, or NULL */
	size_t value_len;
	const char *expected; /* or NULL */
	const char *row;      /* the line, of ->row_len, or NULL */
	size_t row_len;
};

/* Who hears of what is found. */
struct audit_watch {
	void (*found)(void *, const struct audit_finding *); /* with ->arg */
	void *arg;					     /* borrowed */
};

/* The head of the log at some time, as it was kept elsewhere. */
struct audit_anchor {
	int64_t seq; /* 0: not known */
	struct audit_hash h;
	bool met; /* a line has this seq, or h */
};

/* Lines that are no records: a repair may follow, which explains them. */
#define AUDIT_CHECK_PENDING 8

struct audit_check {
	struct audit_watch watch;
	struct audit_anchor *anchors; /* borrowed, by seq */
	size_t nanchors;
	struct crypt_sha256 *sha256; /* owned */

	int64_t records;		   /* in all logs */
	int64_t log_records, log_first_ns; /* of the log that is read */
	int64_t last_ts_ns;
	int64_t first_seq, seq;	 /* of the last record */
	struct audit_hash h;	 /* that the next has to follow */
	struct audit_hash other; /* or this, when the last was wrong */
	/* Before the last record, which may turn out to be torn. */
	int64_t seq_before;
	struct audit_hash h_before;

	int64_t line; /* of the log that is read */
	int64_t offset;
	struct audit_check_bad {
		int64_t line, offset;
		size_t column;
		char message[160];
	} pending[AUDIT_CHECK_PENDING];
	size_t npending;
};

/*
 * audit_check_init(c, watch, anchors, n), audit_check_release(c):
 * The ${n} ${anchors} are sorted here, and marked when met.
 */
void audit_check_init(struct audit_check *, const struct audit_watch *,
    struct audit_anchor *, size_t);
void audit_check_release(struct audit_check *);

/*
 * audit_check_log(c, in, e):
 * Check a log, which goes on where the one before ended.  Return 0, whatever
 * was found, or what in_line does.  A line beyond a MiB ends the log.
 */
int audit_check_log(struct audit_check *, struct in *,
    struct err *) QTE_MUST_CHECK;

/*
 * audit_check_end(c, newest):
 * All logs were given, perhaps the newest too: then find anchors that no line
 * met.  Those from before the first line are passed over, since logs of that
 * time may be gone for good; when all are passed over, that is found.
 */
void audit_check_end(struct audit_check *, bool);

/* audit_check_name(f): "chain-break" and so on, as qte-verify's rule. */
const char *audit_check_name(enum audit_fault);

#endif
