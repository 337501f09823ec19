/* SPDX-License-Identifier: MIT */
/* For tests: audit logs written, read and found at fault. */
#ifndef QTE_TEST_CHAIN_H
#define QTE_TEST_CHAIN_H

#include "face/audit.h"
#include "face/audit_check.h"
#include "scratch.h"
#include "unit.h"

/* What is found in a log, as "chain-break:3 " one after the other. */
struct chain {
	char found[2048];
	int64_t records, seq;
};

static inline void
chain_note(void *arg, const struct audit_finding *f)
{
	struct chain *ch = arg;
	size_t len = strlen(ch->found);

	CHECK(f->message[0] != '\0' && f->offset >= 0);
	(void)snprintf(ch->found + len, sizeof(ch->found) - len, "%s:%lld ",
	    audit_check_name(f->fault), (long long)f->line);
}

/* What is found in the logs ${paths} up to a NULL, against the anchors. */
static inline const struct chain *
chain_check(const char *const *paths, struct audit_anchor *anchors, size_t n)
{
	static struct chain ch;
	struct audit_check c;
	struct err e = {0};
	struct in in;

	ch = (struct chain){.records = 0};
	audit_check_init(&c,
	    &(struct audit_watch){.found = chain_note, .arg = &ch}, anchors, n);
	for (; *paths != NULL; paths++) {
		if (!CHECK(in_open(&in, *paths, &e) == 0))
			continue;
		CHECK_INT(audit_check_log(&c, &in, &e), 0);
		in_close(&in);
	}
	audit_check_end(&c, true);
	ch.records = c.records;
	ch.seq = c.seq;
	audit_check_release(&c);
	return &ch;
}

static inline const struct chain *
chain_of(const char *path)
{
	const char *const paths[] = {path, NULL};

	return chain_check(paths, NULL, 0);
}

/* Append ${n} records to ${path}, in a call each or all at once. */
static inline int
chain_add(const char *path, size_t n, bool at_once)
{
	struct audit_event events[64];
	struct audit a;
	struct err e = {0};
	int rc = audit_open(&a, path, &(struct audit_as){.user = "ann"}, &e);

	for (size_t i = 0; i < n; i++)
		events[i % 64] = (struct audit_event){.action = "clean.delete",
		    .resource = "/var/log/qte/qte.log.3",
		    .result = "ok"};
	if (rc == 0 && at_once)
		rc = audit_append(&a, events, n, &e);
	for (size_t i = 0; rc == 0 && !at_once && i < n; i++)
		rc = audit_append(&a, events, 1, &e);
	audit_close(&a);
	return rc;
}

#endif
