/* SPDX-License-Identifier: MIT */
/* Reading a manifest. */
#include "format/manifest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/num.h"

#define HASH_DIGITS (CRYPT_SHA256_HEX - 1)
#define MODE_MAX 07777

/* As the plain form has it with --tag. */
#define TAG "SHA256 ("
#define TAG_END ") = "

int
manifest_open(struct manifest *m, const char *path, struct err *e)
{
	*m = (struct manifest){0};

	int rc = in_open(&m->in, path, e);

	if (rc == 0)
		m->hash = crypt_sha256_new();
	return rc;
}

void
manifest_close(struct manifest *m)
{
	in_close(&m->in);
	jin_release(&m->jin);
	crypt_sha256_free(m->hash);
}

static bool
is_dot(const char *name, size_t n, size_t dots)
{
	return n == dots && strncmp(name, "..", dots) == 0;
}

const char *
manifest_path_fault(const char *path)
{
	if (path[0] == '/')
		return "is absolute";
	if (path[0] == '\0')
		return "names no file";
	for (;;) {
		size_t n = strcspn(path, "/");

		if (is_dot(path, n, 2))
			return "leads out by '..'";
		if (path[n] == '\0')
			return NULL;
		path += n + 1;
	}
}

/* Take "." and empty names out, but not the '/' of an absolute path. */
static void
settle_path(struct buf *path)
{
	char *to, *from;

	if (path->len == 0 || path->data[0] == '/')
		return;
	for (to = from = path->data; *from != '\0';) {
		size_t n = strcspn(from, "/");

		if (n > 0 && !is_dot(from, n, 1)) {
			if (to > path->data)
				*to++ = '/';
			memmove(to, from, n);
			to += n;
		}
		from += n + (from[n] == '/');
	}
	*to = '\0';
	path->len = (size_t)(to - path->data);
}

/* The digits of a hash, in letters of either case. */
static bool
take_hash(struct manifest_entry *entry, const char *text, size_t n)
{
	if (n < HASH_DIGITS)
		return false;
	for (size_t i = 0; i < HASH_DIGITS; i++) {
		if (!isxdigit((unsigned char)text[i]))
			return false;
		entry->sha256[i] = (char)tolower((unsigned char)text[i]);
	}
	entry->sha256[HASH_DIGITS] = '\0';
	entry->has |= MANIFEST_HASH;
	return true;
}

/* A name with \\, \n and \r in it. */
static bool
take_escaped(struct buf *to, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if (c == '\\') {
			c = ++i < n ? text[i] : '\0';
			if (c != '\\' && c != 'n' && c != 'r')
				return false;
			c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		buf_char(to, c);
	}
	return true;
}

/* Find hash and name in the ${n} bytes of ${text}; the name is what is left. */
static bool
split(struct manifest_entry *entry, const char **text, size_t *n)
{
	const size_t tag = strlen(TAG), tail = strlen(TAG_END) + HASH_DIGITS;
	const char *at = *text;

	if (*n > tag + tail && memcmp(at, TAG, tag) == 0 &&
	    memcmp(at + *n - tail, TAG_END, strlen(TAG_END)) == 0) {
		*text += tag;
		*n -= tag + tail;
		return take_hash(entry, *text + *n + strlen(TAG_END),
		    HASH_DIGITS);
	}
	if (!take_hash(entry, at, *n))
		return false;
	if (*n < HASH_DIGITS + 3 || at[HASH_DIGITS] != ' ' ||
	    (at[HASH_DIGITS + 1] != ' ' && at[HASH_DIGITS + 1] != '*'))
		return false;
	*text += HASH_DIGITS + 2;
	*n -= HASH_DIGITS + 2;
	return true;
}

static int
read_plain(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	const char *text = m->text;
	size_t n = m->len;
	bool escaped;

	for (; n > 0 && (*text == ' ' || *text == '\t'); text++)
		n--;
	escaped = n > 0 && *text == '\\';
	text += escaped;
	n -= escaped;
	entry->type = MANIFEST_FILE;
	if (memchr(text, '\0', n) != NULL || !split(entry, &text, &n))
		return err_set(e, EX_DATAERR,
		    "not a SHA-256 of 64 digits, two blanks and a name");
	if (!escaped)
		buf_add(&entry->path, text, n);
	else if (!take_escaped(&entry->path, text, n))
		return err_set(e, EX_DATAERR,
		    "an escape in the name is none of \\\\, \\n and \\r");
	return 0;
}

/* The name under ${key}, or under KEY_b64. */
static int
read_name(struct manifest *m, const char *key, const char *key_b64,
    struct buf *to, struct err *e)
{
	const struct jin *j = &m->jin;
	const char *text;
	int rc;

	if (!jin_has(j, key_b64)) {
		rc = jin_text(j, key, &text, e);
		if (rc == 0)
			buf_str(to, text);
		return rc;
	}
	rc = jin_text(j, key_b64, &text, e);
	if (rc == 0 &&
	    (!base64_take(to, text) ||
		memchr(buf_text(to), '\0', to->len) != NULL))
		rc = jin_err(j, key_b64, e, "'%s' is not a name in base64",
		    text);
	return rc;
}

static int
read_kind(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	const char *text;
	int rc = jin_text(&m->jin, "kind", &text, e);

	if (rc != 0)
		return rc;
	for (int t = 0; t < MANIFEST_TYPES; t++) {
		if (strcmp(manifest_type_name((enum manifest_type)t), text) !=
		    0)
			continue;
		entry->type = (enum manifest_type)t;
		return 0;
	}
	return jin_err(&m->jin, "kind", e, "'%s' is not a type of file", text);
}

static int
read_mode(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	const char *text;
	unsigned mode = 0;
	int rc = jin_text(&m->jin, "mode", &text, e);

	if (rc != 0)
		return rc;
	for (const char *p = text; mode <= MODE_MAX && *p != '\0'; p++)
		mode = *p >= '0' && *p <= '7' ? mode * 8 + (unsigned)(*p - '0')
					      : MODE_MAX + 1;
	if (mode > MODE_MAX || text[0] == '\0')
		return jin_err(&m->jin, "mode", e,
		    "'%s' is not a mode such as 0644", text);
	entry->mode = mode;
	return 0;
}

static int
read_size(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	int rc = jin_int(&m->jin, "size", &entry->size, e);

	if (rc == 0 && entry->size < 0)
		return jin_err(&m->jin, "size", e, "is less than 0");
	return rc;
}

static int
read_owner(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	int rc = jin_int(&m->jin, "uid", &entry->uid, e);

	return rc != 0 ? rc : jin_int(&m->jin, "gid", &entry->gid, e);
}

static int
read_mtime(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	return jin_time(&m->jin, "mtime", &entry->mtime_ns, e);
}

static int
read_hash(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	const char *text;
	int rc = jin_text(&m->jin, "sha256", &text, e);

	if (rc != 0)
		return rc;
	if (strlen(text) != HASH_DIGITS || !take_hash(entry, text, HASH_DIGITS))
		return jin_err(&m->jin, "sha256", e,
		    "'%s' is not a SHA-256 of 64 digits", text);
	return 0;
}

static int
read_target(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	return read_name(m, "target", "target_b64", &entry->target, e);
}

static const struct {
	const char *key, *or_key;
	unsigned has;
	int (*read)(struct manifest *, struct manifest_entry *, struct err *);
} members[] = {
    {"mode", "mode", MANIFEST_MODE, read_mode},
    {"uid", "gid", MANIFEST_OWNER, read_owner},
    {"size", "size", MANIFEST_SIZE, read_size},
    {"mtime", "mtime", MANIFEST_MTIME, read_mtime},
    {"sha256", "sha256", MANIFEST_HASH, read_hash},
    {"target", "target_b64", MANIFEST_TARGET, read_target},
};

static int
read_entry(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	int rc = read_name(m, "path", "path_b64", &entry->path, e);

	if (rc == 0)
		rc = read_kind(m, entry, e);
	for (size_t i = 0; rc == 0 && i < QTE_COUNT(members); i++) {
		if (!jin_has(&m->jin, members[i].key) &&
		    !jin_has(&m->jin, members[i].or_key))
			continue;
		entry->has |= members[i].has;
		rc = members[i].read(m, entry, e);
	}
	return rc;
}

/* The closing line: are the lines above it those that it closed. */
static int
read_closing(struct manifest *m, struct err *e)
{
	struct manifest_entry said = {0};
	char hash[CRYPT_SHA256_HEX];
	int64_t entries = 0;
	int rc = jin_int(&m->jin, "entries", &entries, e);

	m->closed = true;
	if (rc == 0)
		rc = read_hash(m, &said, e);
	if (rc != 0)
		return rc;
	if (entries != m->entries)
		return err_set(e, EX_DATAERR,
		    "closes %lld entries, and there are %lld",
		    (long long)entries, (long long)m->entries);
	crypt_sha256_hex(m->hash, hash);
	if (strcmp(hash, said.sha256) != 0)
		return err_set(e, EX_DATAERR,
		    "closes lines whose SHA-256 is %s, and it is %s",
		    said.sha256, hash);
	return 0;
}

/* Not a status: there is no entry in this line. */
#define PASS IN_END

static int
read_json(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	const char *type;
	int rc = jin_read(&m->jin, m->text, m->len, e);

	m->json = true;
	if (rc == 0)
		rc = jin_text(&m->jin, "type", &type, e);
	if (rc != 0)
		return rc;
	if (strcmp(type, "manifest") == 0)
		rc = read_closing(m, e);
	else if (strcmp(type, "manifest_entry") == 0)
		return read_entry(m, entry, e);
	return rc != 0 ? rc : PASS;
}

static int
read_line(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	int rc;

	if (m->len == 0 || m->text[0] == '#')
		return PASS;
	if (m->closed)
		return err_set(e, EX_DATAERR, "stands behind the closing line");
	if (m->text[0] == '{')
		rc = read_json(m, entry, e);
	else
		rc = read_plain(m, entry, e);
	/* A line that is damaged was an entry when it was counted. */
	m->entries += rc != PASS;
	if (rc == 0)
		settle_path(&entry->path);
	return rc;
}

/* At the end: a list that was to be closed has to be. */
static int
finish(struct manifest *m, struct err *e)
{
	m->finished = true;
	m->text = "";
	m->len = 0;
	if (!m->json || m->closed)
		return IN_END;
	return err_set(e, EX_DATAERR,
	    "the closing line is missing: the manifest was cut off");
}

static void
entry_reset(struct manifest_entry *entry)
{
	buf_reset(&entry->path);
	buf_reset(&entry->target);
	entry->has = 0;
}

int
manifest_next(struct manifest *m, struct manifest_entry *entry, struct err *e)
{
	const char *line;
	size_t n;
	int rc = PASS;

	while (rc == PASS) {
		if (m->finished)
			return IN_END;
		m->offset = m->in.bytes;
		rc = in_line(&m->in, JIN_LINE_MAX, &line, &n, e);
		if (rc == IN_END)
			return finish(m, e);
		m->line++;
		if (rc != 0) {
			m->finished = true;
			return rc != IN_LONG
			    ? rc
			    : err_set(e, EX_DATAERR,
				  "the line is longer than %zu bytes",
				  JIN_LINE_MAX);
		}
		m->text = line;
		m->len = n - (line[n - 1] == '\n');
		m->len -= m->len > 0 && line[m->len - 1] == '\r';
		entry_reset(entry);
		rc = read_line(m, entry, e);
		if (!m->closed)
			crypt_sha256_add(m->hash, line, n);
	}
	return rc;
}
