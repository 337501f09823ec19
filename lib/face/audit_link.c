/* SPDX-License-Identifier: MIT */
/* One line of the audit log as a link of its chain. */
#include "face/audit_link.h"

#include <string.h>

#include "base/num.h"
#include "base/utf8.h"
#include "base/when.h"
#include "format/jin.h"

#define BEGIN "{\"type\":\"audit\",\"ts\":\""
#define SEQ "\",\"seq\":"
#define H ",\"h\":\""
#define END "\"}"
#define END_SIZE (sizeof(H) - 1 + AUDIT_HASH_SIZE + sizeof(END) - 1)

/* So many digits fit an int64_t, whatever they are, and the next one too. */
#define SEQ_DIGITS 18
#define SEQ_MAX INT64_C(999999999999999999)

/* The keys between "seq" and "h", in the order in which they are written. */
static const char *const keys[] = {
    "\"user\":", "\"role\":", "\"action\":", "\"resource\":", "\"result\":",
    "\"reason\":", "\"ip\":", "\"argv\":", "\"argv_sha256\":", "\"pid\":",
    "\"boot\":", "\"resource_sha256\":", "\"head\":"};

/* What is left of the line. */
struct cursor {
	const char *at, *end;
};

struct audit_hash
audit_link_none(void)
{
	struct audit_hash h;

	memset(h.hex, '0', sizeof(h.hex));
	return h;
}

bool
audit_link_is_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool
audit_link_is_hash(const char *text, size_t n)
{
	if (n != AUDIT_HASH_SIZE)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!audit_link_is_digit(text[i]))
			return false;
	return true;
}

static bool
pass(struct cursor *c, const char *text)
{
	size_t n = strlen(text);

	if ((size_t)(c->end - c->at) < n || memcmp(c->at, text, n) != 0)
		return false;
	c->at += n;
	return true;
}

/* Pass a whole number that fits; 0 for what is none, or not for here. */
static size_t
pass_digits(struct cursor *c)
{
	const char *from = c->at;
	size_t n;

	while (c->at < c->end && *c->at >= '0' && *c->at <= '9')
		c->at++;
	n = (size_t)(c->at - from);
	/* JSON has no zeros in front. */
	return n <= SEQ_DIGITS && (*from != '0' || n == 1) ? n : 0;
}

static bool
pass_string(struct cursor *c)
{
	if (!pass(c, "\""))
		return false;
	for (; c->at < c->end && *c->at != '"'; c->at++) {
		if ((unsigned char)*c->at < 0x20)
			return false;
		if (*c->at != '\\')
			continue;
		/* \u has rules that are not for here. */
		if (++c->at == c->end || strchr("\"\\/bfnrt", *c->at) == NULL ||
		    *c->at == '\0')
			return false;
	}
	return pass(c, "\"");
}

static bool
pass_value(struct cursor *c)
{
	if (c->at == c->end)
		return false;
	if (*c->at == '"')
		return pass_string(c);
	if (!pass(c, "["))
		return pass_digits(c) > 0;
	if (pass(c, "]"))
		return true;
	do {
		if (!pass_string(c))
			return false;
	} while (pass(c, ","));
	return pass(c, "]");
}

/* The keys behind seq: known ones, in their order, so none stands twice. */
static bool
pass_keys(struct cursor *c)
{
	size_t i = 0;

	while (c->at < c->end) {
		if (!pass(c, ","))
			return false;
		while (i < QTE_COUNT(keys) && !pass(c, keys[i]))
			i++;
		if (i++ == QTE_COUNT(keys) || !pass_value(c))
			return false;
	}
	return true;
}

static bool
read_time(const char *text, size_t n, int64_t *ns)
{
	enum when_form form;

	return when_read(text, n, ns, &form) == WHEN_OK && form == WHEN_ZONED;
}

/* Where the h of the line is; false when it is not the last of its bytes. */
static bool
find_hash(const char *line, size_t n, struct audit_link *link)
{
	const char *hex;

	if (n < END_SIZE)
		return false;
	link->body = n - END_SIZE;
	hex = line + link->body + sizeof(H) - 1;
	if (memcmp(line + link->body, H, sizeof(H) - 1) != 0 ||
	    memcmp(hex + AUDIT_HASH_SIZE, END, sizeof(END) - 1) != 0 ||
	    !audit_link_is_hash(hex, AUDIT_HASH_SIZE))
		return false;
	memcpy(link->h.hex, hex, AUDIT_HASH_SIZE);
	return true;
}

/*
 * A line as audit_record writes it; anything else is not for here.  This is
 * what keeps the check of a log as fast as its hashes.
 */
static bool
read_written(const char *line, struct audit_link *link)
{
	struct cursor c = {.at = line, .end = line + link->body};
	const char *end;
	size_t digits;

	if (!pass(&c, BEGIN))
		return false;
	link->ts_at = (size_t)(c.at - line);
	end = memchr(c.at, '"', (size_t)(c.end - c.at));
	if (end == NULL)
		return false;
	link->ts_len = (size_t)(end - c.at);
	if (!read_time(c.at, link->ts_len, &link->ts_ns))
		return false;
	c.at = end;
	if (!pass(&c, SEQ))
		return false;
	link->seq_at = (size_t)(c.at - line);
	digits = pass_digits(&c);
	return digits > 0 &&
	    num_read_int(line + link->seq_at, digits, &link->seq) == NUM_OK &&
	    link->seq > 0 && pass_keys(&c) &&
	    utf8_valid(line, link->body) == link->body;
}

/* What a record has to say, for one that is not written as ours are. */
static int
read_keys(const struct jin *j, struct audit_link *link, struct err *e)
{
	const char *type, *h;
	int rc = jin_text(j, "type", &type, e);

	if (rc == 0 && strcmp(type, "audit") != 0)
		rc = jin_err(j, "type", e, "expected 'audit', not '%s'", type);
	if (rc == 0)
		rc = jin_time(j, "ts", &link->ts_ns, e);
	if (rc == 0)
		rc = jin_int(j, "seq", &link->seq, e);
	if (rc == 0 && (link->seq <= 0 || link->seq > SEQ_MAX))
		rc = jin_err(j, "seq", e,
		    "expected 1 or more, of %d digits at most", SEQ_DIGITS);
	if (rc == 0)
		rc = jin_text(j, "h", &h, e);
	if (rc == 0 && !audit_link_is_hash(h, strlen(h)))
		rc = jin_err(j, "h", e,
		    "expected 64 small hexadecimal digits, not '%s'", h);
	return rc;
}

int
audit_link_read(const char *line, size_t n, struct audit_link *link,
    size_t *column, struct err *e)
{
	struct jin j = {.name = NULL};
	bool hash;
	int rc;

	*column = 0;
	*link = (struct audit_link){.seq = 0};
	hash = find_hash(line, n, link);
	if (hash && read_written(line, link))
		return 0;
	link->seq_at = link->ts_at = 0;
	rc = jin_read(&j, line, n, e);
	if (rc != 0)
		*column = (size_t)j.column;
	else
		rc = read_keys(&j, link, e);
	if (rc == 0 && !hash)
		rc = jin_err(&j, "h", e, "expected last, as ,\"h\":\"...\"}");
	jin_release(&j);
	return rc;
}

struct audit_hash
audit_link_hash(struct crypt_sha256 *s, const struct audit_hash *before,
    const char *line, size_t body)
{
	char hex[CRYPT_SHA256_HEX];
	struct audit_hash h;

	crypt_sha256_add(s, before->hex, sizeof(before->hex));
	crypt_sha256_add(s, "\n", 1);
	crypt_sha256_add(s, line, body);
	crypt_sha256_hex(s, hex);
	memcpy(h.hex, hex, sizeof(h.hex));
	return h;
}

bool
audit_link_same(const struct audit_hash *a, const struct audit_hash *b)
{
	return memcmp(a->hex, b->hex, sizeof(a->hex)) == 0;
}

bool
audit_link_follows(struct crypt_sha256 *s, const struct audit_hash *before,
    const char *line, size_t n)
{
	struct audit_link link;
	struct audit_hash h;
	size_t column;
	struct err e;

	if (audit_link_read(line, n, &link, &column, &e) != 0)
		return false;
	h = audit_link_hash(s, before, line, link.body);
	return audit_link_same(&h, &link.h);
}
