/* SPDX-License-Identifier: MIT */
/* A line of the audit log. */
#include "face/audit_record.h"

#include <assert.h>
#include <string.h>

#include "base/utf8.h"

/* What texts may take in the line, quoted, without the quotes around them. */
#define NAME_ROOM ((size_t)56)
#define REASON_ROOM ((size_t)200)
#define RESOURCE_ROOM ((size_t)3000)

/* The most that a byte takes, as \u001f. */
#define WIDEST ((size_t)6)

/* All that stands before the arguments, around them and behind them. */
#define BEFORE                                                                \
	"{\"type\":\"audit\",\"ts\":\"2261-12-31T23:59:59.999999999Z\","      \
	"\"seq\":9223372036854775807,\"user\":\"\",\"role\":\"\",\"action\":" \
	"\"\",\"resource\":\"\",\"result\":\"\",\"reason\":\"\",\"ip\":\"\""
#define AROUND ",\"argv\":[,\"...\"]"
#define BEHIND                                                              \
	",\"argv_sha256\":\"\",\"pid\":-9223372036854775808,\"boot\":\"\"," \
	"\"resource_sha256\":\"\",\"head\":\"\",\"h\":\"\"}\n"
#define BEHIND_ROOM (sizeof(BEHIND) + NAME_ROOM + 4 * AUDIT_HASH_SIZE)

_Static_assert(sizeof(BEFORE) + 5 * NAME_ROOM + RESOURCE_ROOM + REASON_ROOM +
	    sizeof(AROUND) + BEHIND_ROOM <=
	AUDIT_LINE_MAX,
    "the longest line has room");

#define CUT "..."
#define CUT_SIZE (sizeof(CUT) - 1)

/* One character as it goes into the line. */
struct glyph {
	char text[8];
	size_t len;
	size_t used;  /* bytes of what was given */
	size_t width; /* bytes of the line */
};

static struct glyph
glyph(const char *text, size_t n)
{
	struct glyph g = {.used = 1};
	uint32_t rune;
	size_t len = utf8_next(text, n, &rune);

	if (len == 0) {
		struct utf8_glyph hex = utf8_glyph(text, n);

		memcpy(g.text, hex.text, hex.len);
		g.len = hex.len;
		g.width = hex.len + 1; /* rec puts a second backslash. */
		return g;
	}
	memcpy(g.text, text, len);
	g.len = g.used = g.width = len;
	if (rune == '"' || rune == '\\')
		g.width = 2;
	else if (utf8_control(rune))
		g.width = WIDEST * len;
	return g;
}

/*
 * Put ${text} into ${to}, so that it takes at most ${room} bytes, of at least
 * CUT_SIZE, of the line.  Return whether it was changed.
 */
static bool
shorten(const char *text, size_t n, size_t room, struct buf *to)
{
	size_t used = 0, end = 0;
	bool changed = false;

	buf_reset(to);
	for (size_t i = 0; i < n;) {
		struct glyph g = glyph(text + i, n - i);

		if (used + g.width > room) {
			to->len = end;
			buf_add(to, CUT, CUT_SIZE);
			return true;
		}
		changed = changed || g.len != g.used;
		buf_add(to, g.text, g.len);
		used += g.width;
		i += g.used;
		if (used + CUT_SIZE <= room)
			end = to->len;
	}
	return changed;
}

/* Bytes of the line that stand around a text which is not escaped. */
static size_t
frame(const char *key, bool comma)
{
	return (comma ? sizeof(",") - 1 : 0) + sizeof("\"\"") - 1 +
	    (key != NULL ? strlen(key) + sizeof("\"\":") - 1 : 0);
}

/* Return whether the text was changed. */
static bool
put_text(struct rec *r, const char *key, const char *text, size_t room)
{
	struct buf shown = {0};
	size_t n, before = r->line.len;
	bool changed, comma = r->comma;

	if (text == NULL)
		return false;
	n = strlen(text);
	if (n <= room) {
		rec_bytes(r, key, text, n);
		/* Nothing but a text that needs no change grows so little. */
		if (r->line.len - before == frame(key, comma) + n)
			return false;
		r->line.len = before;
		r->comma = comma;
	}
	changed = shorten(text, n, room, &shown);
	rec_bytes(r, key, buf_text(&shown), shown.len);
	buf_release(&shown);
	return changed;
}

static void
put_sha256(struct rec *r, const char *key, struct crypt_sha256 *s)
{
	char hex[CRYPT_SHA256_HEX];

	crypt_sha256_hex(s, hex);
	rec_text(r, key, hex);
}

/* What the line has left for arguments. */
static size_t
room_left(const struct rec *r)
{
	size_t used = r->line.len + sizeof(AROUND) + BEHIND_ROOM;

	return used < AUDIT_LINE_MAX ? AUDIT_LINE_MAX - used : 0;
}

static void
put_argv(struct rec *r, const struct audit_event *event, struct crypt_sha256 *s)
{
	static const size_t around = sizeof(",\"\"") - 1;
	bool changed = false, whole = true;

	if (event->argv == NULL)
		return;
	rec_open(r, "argv", '[');
	for (size_t i = 0; i < event->nargs && whole; i++) {
		size_t room = room_left(r), n = strlen(event->argv[i]);

		whole = room >= around + CUT_SIZE;
		if (whole && put_text(r, NULL, event->argv[i], room - around)) {
			changed = true;
			whole = n <= room - around;
		}
	}
	if (!whole)
		rec_text(r, NULL, CUT);
	rec_shut(r, ']');
	if (!changed && whole)
		return;
	for (size_t i = 0; i < event->nargs; i++)
		crypt_sha256_add(s, event->argv[i], strlen(event->argv[i]) + 1);
	put_sha256(r, "argv_sha256", s);
}

static void
put_hash(struct rec *r, const char *key, const struct audit_hash *h)
{
	rec_bytes(r, key, h->hex, sizeof(h->hex));
}

struct audit_hash
audit_record_make(struct rec *r, const struct audit_who *who,
    const struct audit_event *event, const struct audit_place *place,
    struct crypt_sha256 *s)
{
	struct audit_hash h;
	bool changed;

	rec_begin(r, "audit");
	rec_time(r, "ts", place->ts_ns);
	rec_int(r, "seq", place->seq);
	(void)put_text(r, "user", who->user, NAME_ROOM);
	(void)put_text(r, "role", who->role, NAME_ROOM);
	(void)put_text(r, "action", event->action, NAME_ROOM);
	changed = put_text(r, "resource", event->resource, RESOURCE_ROOM);
	(void)put_text(r, "result", event->result, NAME_ROOM);
	(void)put_text(r, "reason", event->reason, REASON_ROOM);
	(void)put_text(r, "ip", who->ip, NAME_ROOM);
	put_argv(r, event, s);
	if (who->pid > 0)
		rec_int(r, "pid", who->pid);
	(void)put_text(r, "boot", who->boot, NAME_ROOM);
	if (changed) {
		crypt_sha256_add(s, event->resource, strlen(event->resource));
		put_sha256(r, "resource_sha256", s);
	}
	if (event->head != NULL)
		put_hash(r, "head", event->head);
	h = audit_link_hash(s, &place->before, r->line.data, r->line.len);
	put_hash(r, "h", &h);
	rec_end(r);
	assert(r->line.len <= AUDIT_LINE_MAX);
	return h;
}
