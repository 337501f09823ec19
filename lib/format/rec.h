/* SPDX-License-Identifier: MIT */
/*
 * The one writer of records: a JSON object a line, "type" first, "ts" second.
 *
 *	rec_begin(&r, "trade");
 *	rec_time(&r, "ts", ns);
 *	rec_int(&r, "id", 1);
 *	rec_end(&r);
 *
 * A double that is not finite leaves its key out.  Text that is not UTF-8 gets
 * U+FFFD for each bad byte.  Inside an array the key is NULL.
 */
#ifndef QTE_REC_H
#define QTE_REC_H

#include "base/base.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/when.h"
#include "machine/out.h"

struct rec {
	struct out *out; /* borrowed: where rec_end writes, or NULL: nowhere */
	struct buf line; /* the record so far; complete after rec_end */
	bool comma;	 /* the next member needs one */
	/* The last time, as text: many records have the same. */
	int64_t time_ns;
	char time[WHEN_TEXT_SIZE];
	size_t time_len;
};

/* rec_init(r, out), rec_release(r): without ${out} only the line is built. */
void rec_init(struct rec *, struct out *);
void rec_release(struct rec *);

/*
 * rec_begin(r, type), rec_end(r):
 * Start a record (dropping an unfinished one), and write it as a line.  After
 * rec_end the bytes, with the '\n', stay in r->line until the next rec_begin.
 */
void rec_begin(struct rec *, const char *);
void rec_end(struct rec *);

void rec_text(struct rec *, const char *key, const char *);
void rec_bytes(struct rec *, const char *key, const char *, size_t);
void rec_int(struct rec *, const char *key, int64_t);
void rec_double(struct rec *, const char *key, double);
void rec_scaled(struct rec *, const char *key, num_i128, int scale);
void rec_bool(struct rec *, const char *key, bool);
void rec_null(struct rec *, const char *key);
void rec_time(struct rec *, const char *key, int64_t ns);

/* rec_open(r, key, '{' or '['), rec_shut(r, '}' or ']'): a nested value. */
void rec_open(struct rec *, const char *key, char);
void rec_shut(struct rec *, char);

/* rec_run_id(to): sixteen digits that no other run has, and a NUL. */
#define REC_RUN_ID 17
void rec_run_id(char[REC_RUN_ID]);

/*
 * rec_head(r, head):
 * Write the head record that opens every stream.  When reproducible, it leaves
 * out what differs between equal runs (ts, run_id, args).  args[0..nargs) are
 * cut, with a last "...", so that the record keeps below 64 KiB.
 */
struct rec_head {
	const char *tool;
	char *const *args;
	int nargs;
	int64_t now_ns;
	const char *run_id; /* borrowed; NULL: a new one */
	bool reproducible;
};
void rec_head(struct rec *, const struct rec_head *);

#endif
