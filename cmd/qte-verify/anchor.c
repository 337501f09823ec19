/* SPDX-License-Identifier: MIT */
/* Heads of the audit log that were kept elsewhere. */
#include "anchor.h"

#include <string.h>

#include "base/num.h"
#include "format/jin.h"
#include "machine/in.h"

/* What may stand between a seq and a hash. */
static const char between[] = " \t\r,;:=";

static int
read_object(struct jin *j, const char *line, size_t n, struct audit_anchor *a,
    struct err *e)
{
	const char *h;
	int rc = jin_read(j, line, n, e);

	if (rc == 0)
		rc = jin_int(j, "seq", &a->seq, e);
	if (rc == 0 && a->seq <= 0)
		rc = jin_err(j, "seq", e, "expected 1 or more");
	if (rc == 0)
		rc = jin_text(j, "h", &h, e);
	if (rc != 0)
		return rc;
	if (!audit_link_is_hash(h, strlen(h)))
		return jin_err(j, "h", e, "'%s' is no hash", h);
	memcpy(a->h.hex, h, AUDIT_HASH_SIZE);
	return 0;
}

static bool
is_between(char c)
{
	return c != '\0' && strchr(between, c) != NULL;
}

/* Whether the words are a hash, and perhaps a seq. */
static bool
read_words(const char *line, size_t n, struct audit_anchor *a)
{
	bool hash = false;

	for (size_t i = 0, len; i < n; i += len) {
		for (len = 0; i + len < n && !is_between(line[i + len]);)
			len++;
		if (len == 0)
			len = 1;
		else if (!hash && audit_link_is_hash(line + i, len)) {
			memcpy(a->h.hex, line + i, AUDIT_HASH_SIZE);
			hash = true;
		} else if (a->seq != 0 ||
		    num_read_int(line + i, len, &a->seq) != NUM_OK ||
		    a->seq <= 0) {
			return false;
		}
	}
	return hash;
}

static size_t
trim(const char *line, size_t n)
{
	while (n > 0 && (line[n - 1] == '\n' || is_between(line[n - 1])))
		n--;
	return n;
}

static int
read_line(struct anchors *anchors, struct jin *j, const char *line, size_t n,
    struct err *e)
{
	struct audit_anchor a = {.seq = 0};
	int rc = 0;

	n = trim(line, n);
	if (n > 0 && line[0] == '{') {
		rc = read_object(j, line, n, &a, e);
	} else {
		j->line++;
		if (n == 0 || line[0] == '#')
			return 0;
		if (!read_words(line, n, &a))
			rc = err_set(e, EX_DATAERR,
			    "%s:%lld: not a seq and a hash", j->name,
			    (long long)j->line);
	}
	if (rc == 0)
		*VEC_PUSH(anchors) = a;
	return rc;
}

int
anchor_read(struct anchors *anchors, const char *path, struct err *e)
{
	struct jin j = {.name = path};
	struct in in;
	const char *line;
	size_t n;
	int rc = in_open(&in, path, e);

	if (rc != 0)
		return rc;
	while ((rc = in_line(&in, JIN_LINE_MAX, &line, &n, e)) == 0) {
		rc = read_line(anchors, &j, line, n, e);
		if (rc != 0)
			break;
	}
	if (rc == IN_LONG)
		rc = err_set(e, EX_DATAERR, "%s:%lld: the line is too long",
		    path, (long long)j.line + 1);
	if (rc == IN_END)
		rc = anchors->n > 0 ? 0
				    : err_set(e, EX_DATAERR,
					  "%s: there is no anchor in it", path);
	jin_release(&j);
	in_close(&in);
	return rc;
}
