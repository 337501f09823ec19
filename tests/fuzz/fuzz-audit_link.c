/* SPDX-License-Identifier: MIT */
/*
 * Any bytes before the h of an audit record: what the quick reader takes is the
 * JSON object that jansson reads, with the same values.
 */
#include <assert.h>
#include <string.h>

#include "base/buf.h"
#include "face/audit_link.h"
#include "format/jin.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_same(const struct jin *j, const char *line, const struct audit_link *link)
{
	struct err e;
	const char *text;
	int64_t n;
	int rc = jin_int(j, "seq", &n, &e);

	assert(rc == 0 && n == link->seq && n > 0);
	rc = jin_time(j, "ts", &n, &e);
	assert(rc == 0 && n == link->ts_ns);
	rc = jin_text(j, "type", &text, &e);
	assert(rc == 0 && strcmp(text, "audit") == 0);
	rc = jin_text(j, "h", &text, &e);
	assert(rc == 0 && strlen(text) == AUDIT_HASH_SIZE);
	assert(memcmp(text, link->h.hex, AUDIT_HASH_SIZE) == 0);
	assert(memcmp(line + link->body, ",\"h\":\"", 6) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct audit_hash none = audit_link_none();
	struct jin j = {.name = NULL};
	struct audit_link link;
	struct buf line = {0};
	struct err e = {0};
	size_t column;

	buf_add(&line, bytes, n);
	buf_str(&line, ",\"h\":\"");
	buf_add(&line, none.hex, sizeof(none.hex));
	buf_str(&line, "\"}");
	if (audit_link_read(line.data, line.len, &link, &column, &e) == 0) {
		int rc = jin_read(&j, line.data, line.len, &e);

		assert(rc == 0 && link.body == n);
		check_same(&j, line.data, &link);
	} else {
		assert(e.msg[0] != '\0' && column <= line.len + 1);
	}
	jin_release(&j);
	buf_release(&line);
	return 0;
}
