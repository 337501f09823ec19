/* SPDX-License-Identifier: MIT */
/* The reader of audit logs. */
#include "face/audit_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/when.h"
#include "format/jin.h"

/* A line beyond this is the last one that is read. */
#define SKIP_MOST (1024 * 1024)

/* A hash as a string. */
#define HEX_SIZE (AUDIT_HASH_SIZE + 1)

/* A record, and the line that it is. */
struct record {
	struct audit_link link;
	const char *line;
	size_t n; /* without the newline */
};

static const char *const names[AUDIT_FAULTS] = {[AUDIT_BAD_JSON] = "bad-json",
    [AUDIT_TRUNCATED] = "audit-truncated",
    [AUDIT_CHAIN_BREAK] = "chain-break",
    [AUDIT_SEQUENCE_GAP] = "sequence-gap",
    [AUDIT_TIME_BACKWARDS] = "time-backwards",
    [AUDIT_HEAD_MISMATCH] = "head-mismatch"};

const char *
audit_check_name(enum audit_fault f)
{
	return names[f];
}

static int
by_seq(const void *a, const void *b)
{
	const struct audit_anchor *x = a, *y = b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

void
audit_check_init(struct audit_check *c, const struct audit_watch *watch,
    struct audit_anchor *anchors, size_t n)
{
	*c = (struct audit_check){.watch = *watch,
	    .anchors = anchors,
	    .nanchors = n,
	    .sha256 = crypt_sha256_new(),
	    .h = audit_link_none(),
	    .other = audit_link_none(),
	    .h_before = audit_link_none()};
	if (n > 0)
		qsort(anchors, n, sizeof(anchors[0]), by_seq);
}

void
audit_check_release(struct audit_check *c)
{
	crypt_sha256_free(c->sha256);
	c->sha256 = NULL;
}

static const char *
hex(const struct audit_hash *h, char to[HEX_SIZE])
{
	memcpy(to, h->hex, AUDIT_HASH_SIZE);
	to[AUDIT_HASH_SIZE] = '\0';
	return to;
}

/* Tell of something at byte ${at} of the record; 0 is the line as such. */
static void
tell(const struct audit_check *c, const struct record *r,
    struct audit_finding *f, size_t at)
{
	f->line = c->line;
	f->column = at > 0 ? at + 1 : 0;
	f->offset = c->offset + (int64_t)at;
	f->row = r->line;
	f->row_len = r->n;
	if (f->value != NULL)
		f->value_len = strlen(f->value);
	c->watch.found(c->watch.arg, f);
}

/* No repair explains the lines that are no records. */
static void
tell_pending(struct audit_check *c)
{
	for (size_t i = 0; i < c->npending; i++) {
		const struct audit_check_bad *bad = &c->pending[i];

		c->watch.found(c->watch.arg,
		    &(struct audit_finding){.fault = AUDIT_BAD_JSON,
			.line = bad->line,
			.column = bad->column,
			.offset = bad->offset,
			.message = bad->message});
	}
	c->npending = 0;
}

static void
note_bad(struct audit_check *c, size_t column, const char *message)
{
	if (c->npending == AUDIT_CHECK_PENDING)
		tell_pending(c);

	struct audit_check_bad *bad = &c->pending[c->npending++];

	bad->line = c->line;
	bad->column = column;
	bad->offset = c->offset + (column > 0 ? (int64_t)column - 1 : 0);
	(void)snprintf(bad->message, sizeof(bad->message), "%.*s",
	    (int)sizeof(bad->message) - 1, message);
}

static bool
follows(const struct audit_check *c, const struct record *r,
    const struct audit_hash *before)
{
	struct audit_hash h =
	    audit_link_hash(c->sha256, before, r->line, r->link.body);

	return audit_link_same(&h, &r->link.h);
}

static bool
acts(const struct record *r, const char *action)
{
	struct jin j = {.name = NULL};
	struct err e;
	const char *text;
	bool yes = jin_read(&j, r->line, r->n, &e) == 0 &&
	    jin_text(&j, "action", &text, &e) == 0 && strcmp(text, action) == 0;

	jin_release(&j);
	return yes;
}

/*
 * Whether the record begins a log by carrying on an older one: it follows a
 * hash that stands in it.
 */
static bool
carries_on(struct audit_check *c, const struct record *r)
{
	size_t digits = 0;
	struct audit_hash head;

	if (c->records > 0 || c->npending > 0 || !acts(r, "rotate"))
		return false;
	for (size_t i = 0; i < r->link.body; i++) {
		if (!audit_link_is_digit(r->line[i])) {
			digits = 0;
			continue;
		}
		if (++digits < AUDIT_HASH_SIZE)
			continue;
		memcpy(head.hex, r->line + i + 1 - AUDIT_HASH_SIZE,
		    AUDIT_HASH_SIZE);
		if (!follows(c, r, &head))
			continue;
		/* As if the line before had been read. */
		c->seq = r->link.seq - 1;
		c->h = head;
		return true;
	}
	return false;
}

/*
 * Whether the record follows what was read; ${*seq} is set to the number that
 * it should have then.  If not, that is told, unless lines that are no records
 * stand where those between would have stood.
 */
static bool
is_linked(struct audit_check *c, const struct record *r, int64_t *seq)
{
	*seq = c->seq + 1;
	if (follows(c, r, &c->h) ||
	    (!audit_link_same(&c->h, &c->other) && follows(c, r, &c->other))) {
		/* What a repair stands behind is known to be torn. */
		if (c->npending > 0 && acts(r, "repair"))
			c->npending = 0;
		tell_pending(c);
		return true;
	}
	if (carries_on(c, r)) {
		*seq = r->link.seq;
		return true;
	}
	/* All of the last line but its newline was written, then. */
	if (c->npending == 0 && c->records > 0 && acts(r, "repair") &&
	    follows(c, r, &c->h_before)) {
		*seq = c->seq_before + 1;
		return true;
	}
	*seq += (int64_t)c->npending;
	tell_pending(c);
	return r->link.seq == *seq && *seq > c->seq + 1;
}

static void
tell_break(const struct audit_check *c, const struct record *r,
    const struct audit_hash *right)
{
	char value[HEX_SIZE], expected[HEX_SIZE];

	tell(c, r,
	    &(struct audit_finding){.fault = AUDIT_CHAIN_BREAK,
		.message = "h does not fit this line behind the one before",
		.value = hex(&r->link.h, value),
		.expected = hex(right, expected)},
	    r->n - AUDIT_HASH_SIZE - 2);
}

static void
check_seq(const struct audit_check *c, const struct record *r, int64_t seq)
{
	char value[NUM_TEXT_SIZE], expected[NUM_TEXT_SIZE], message[160];

	if (r->link.seq == seq)
		return;
	(void)num_put_int(value, r->link.seq);
	(void)num_put_int(expected, seq);
	(void)snprintf(message, sizeof(message),
	    "seq %s stands where %s should", value, expected);
	tell(c, r,
	    &(struct audit_finding){.fault = AUDIT_SEQUENCE_GAP,
		.message = message,
		.value = value,
		.expected = expected},
	    r->link.seq_at);
}

static void
check_time(const struct audit_check *c, const struct record *r)
{
	char value[WHEN_TEXT_SIZE], last[WHEN_TEXT_SIZE];
	char expected[WHEN_TEXT_SIZE + 3], message[160];

	if (c->records == 0 || r->link.ts_ns >= c->last_ts_ns)
		return;
	(void)when_put(value, r->link.ts_ns);
	(void)when_put(last, c->last_ts_ns);
	(void)snprintf(expected, sizeof(expected), ">= %s", last);
	(void)snprintf(message, sizeof(message),
	    "ts %s is before %s of the last record", value, last);
	tell(c, r,
	    &(struct audit_finding){.fault = AUDIT_TIME_BACKWARDS,
		.message = message,
		.value = value,
		.expected = expected},
	    r->link.ts_at);
}

/* The first anchor with a seq of ${seq} or more. */
static size_t
find_anchor(const struct audit_check *c, int64_t seq)
{
	size_t low = 0, high = c->nanchors;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c->anchors[mid].seq < seq)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Hold the anchors of ${seq} against the h that is of it, as ${r} tells. */
static void
check_anchors(struct audit_check *c, const struct record *r, int64_t seq,
    const struct audit_hash *h)
{
	char value[HEX_SIZE], expected[HEX_SIZE];

	for (size_t i = 0; i < c->nanchors && c->anchors[i].seq == 0; i++)
		if (audit_link_same(&c->anchors[i].h, h))
			c->anchors[i].met = true;
	for (size_t i = find_anchor(c, seq);
	     i < c->nanchors && c->anchors[i].seq == seq; i++) {
		c->anchors[i].met = true;
		if (audit_link_same(&c->anchors[i].h, h))
			continue;
		tell(c, r,
		    &(struct audit_finding){.fault = AUDIT_HEAD_MISMATCH,
			.message = seq == r->link.seq
			    ? "h is not what the anchor of this seq says"
			    : "it follows another h than the anchor of the "
			      "line before has",
			.value = hex(h, value),
			.expected = hex(&c->anchors[i].h, expected)},
		    r->n - AUDIT_HASH_SIZE - 2);
	}
}

static void
check_record(struct audit_check *c, const struct record *r)
{
	int64_t seq;
	struct audit_hash right = r->link.h;

	if (!is_linked(c, r, &seq)) {
		seq = c->seq + 1;
		right =
		    audit_link_hash(c->sha256, &c->h, r->line, r->link.body);
		tell_break(c, r, &right);
	}
	check_seq(c, r, seq);
	check_time(c, r);
	if (c->records == 0 && c->seq > 0)
		check_anchors(c, r, c->seq, &c->h);
	check_anchors(c, r, r->link.seq, &r->link.h);
	if (c->records++ == 0)
		c->first_seq = r->link.seq;
	if (c->log_records++ == 0)
		c->log_first_ns = r->link.ts_ns;
	c->seq_before = c->seq;
	c->h_before = c->h;
	c->seq = r->link.seq;
	c->last_ts_ns = r->link.ts_ns;
	c->h = r->link.h;
	c->other = right;
}

static void
tell_truncated(struct audit_check *c, const char *line, size_t n)
{
	struct record r = {.line = line, .n = n};

	tell_pending(c);
	tell(c, &r,
	    &(struct audit_finding){.fault = AUDIT_TRUNCATED,
		.message = "the last line was not written to its end"},
	    0);
}

/* Return 0, or EX_OSERR when memory is out. */
static int
check_line(struct audit_check *c, const char *line, size_t n, struct err *e)
{
	struct record r = {.line = line, .n = n};
	bool whole = line[n - 1] == '\n';
	size_t column;
	int rc;

	c->line++;
	if (whole)
		r.n--;
	else
		tell_truncated(c, line, n);
	rc = audit_link_read(line, r.n, &r.link, &column, e);
	if (rc == 0)
		check_record(c, &r);
	else if (rc != EX_DATAERR)
		return rc;
	else if (whole)
		note_bad(c, column, e->msg);
	c->offset += (int64_t)n;
	return 0;
}

/*
 * Pass over a line that is longer than any record.  Return IN_END when it does
 * not end soon: what is no log, as /dev/zero, may have no end at all.
 */
static int
skip_line(struct audit_check *c, struct in *in, struct err *e)
{
	int64_t most = in->bytes + SKIP_MOST;

	c->line++;
	note_bad(c, 0, "the line is longer than 65536 bytes");
	for (;;) {
		size_t left = in->len - in->pos;
		const char *from = in->data + in->pos;
		const char *end = left > 0 ? memchr(from, '\n', left) : NULL;

		if (end != NULL)
			left = (size_t)(end + 1 - from);
		c->offset += (int64_t)left;
		in_pass(in, left);
		if (end != NULL || in->eof)
			return 0;
		if (in->bytes > most)
			return IN_END;

		int rc = in_more(in, e);

		if (rc != 0)
			return rc;
	}
}

int
audit_check_log(struct audit_check *c, struct in *in, struct err *e)
{
	const char *line;
	size_t n;
	int rc;

	c->line = c->offset = c->log_records = 0;
	do {
		rc = in_line(in, JIN_LINE_MAX, &line, &n, e);
		if (rc == 0)
			rc = check_line(c, line, n, e);
		else if (rc == IN_LONG)
			rc = skip_line(c, in, e);
	} while (rc == 0);
	tell_pending(c);
	return rc == IN_END ? 0 : rc;
}

static void
tell_unmet(const struct audit_check *c, const struct audit_anchor *anchor)
{
	char expected[HEX_SIZE], message[160];

	if (anchor->seq > 0)
		(void)snprintf(message, sizeof(message),
		    "no line has seq %lld, of which an anchor tells",
		    (long long)anchor->seq);
	else
		(void)snprintf(message, sizeof(message),
		    "no line has the h of which an anchor tells");
	c->watch.found(c->watch.arg,
	    &(struct audit_finding){.fault = AUDIT_HEAD_MISMATCH,
		.line = c->line,
		.offset = c->offset,
		.message = message,
		.expected = hex(&anchor->h, expected)});
}

void
audit_check_end(struct audit_check *c, bool newest)
{
	bool held = c->nanchors == 0;

	for (size_t i = 0; i < c->nanchors; i++) {
		const struct audit_anchor *anchor = &c->anchors[i];
		bool older = c->records > 0 && anchor->seq > 0 &&
		    anchor->seq < c->first_seq;
		bool unmet = !anchor->met && !older && newest;

		if (unmet)
			tell_unmet(c, anchor);
		held = held || anchor->met || unmet;
	}
	if (!held)
		c->watch.found(c->watch.arg,
		    &(struct audit_finding){.fault = AUDIT_HEAD_MISMATCH,
			.line = c->line,
			.offset = c->offset,
			.message = "no anchor is of a line of this log: "
				   "nothing was held against it"});
}
