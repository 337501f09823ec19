/* SPDX-License-Identifier: MIT */
/* Records out, as JSON lines. */
#include "format/rec.h"

#include <math.h>
#include <string.h>
#include <sys/random.h>

#include "base/utf8.h"

/* A record keeps below 64 KiB; this much of it is for the arguments. */
#define ARGS_MAX ((size_t)60 * 1024)

/* The longest an escaped byte can get, as \u001f. */
#define ESCAPE_MAX 6

void
rec_init(struct rec *r, struct out *out)
{
	*r = (struct rec){.out = out};
}

void
rec_release(struct rec *r)
{
	buf_release(&r->line);
}

/* Bytes that stand in a JSON string as they are: ASCII but controls, " and \.
 */
static bool
plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/*
 * Whether the eight bytes of ${x} are all plain.  In each sum the top bit of a
 * byte is set by what is not plain there, or by a borrow or a carry from below.
 */
static bool
plain_eight(uint64_t x)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);

	return ((x | (x + ones) | (x - ones * 0x20) |
		    ((x ^ (ones * '"')) - ones) |
		    ((x ^ (ones * '\\')) - ones)) &
		   (ones * 0x80)) == 0;
}

/* Copy the plain bytes that ${text} begins with; return how many. */
static size_t
copy_plain(char *to, const char *text, size_t n)
{
	const uint64_t blanks = UINT64_C(0x20202020) << 32;
	uint64_t eight;
	uint32_t four;
	size_t i = 0;

	for (; n - i >= 8; i += 8) {
		memcpy(&eight, text + i, 8);
		if (!plain_eight(eight))
			break;
		memcpy(to + i, text + i, 8);
	}
	if (n - i >= 4) {
		memcpy(&four, text + i, 4);
		if (plain_eight(blanks | four)) {
			memcpy(to + i, text + i, 4);
			i += 4;
		}
	}
	for (; i < n && plain((unsigned char)text[i]); i++)
		to[i] = text[i];
	return i;
}

/* Put ${rune}, of at most 16 bits, so that no terminal acts on it. */
static void
put_escaped(struct buf *b, uint32_t rune)
{
	static const char digits[] = "0123456789abcdef";
	static const char letters[0x80] = {['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r',
	    ['"'] = '"',
	    ['\\'] = '\\'};
	char text[ESCAPE_MAX] = "\\u";

	if (rune < sizeof(letters) && letters[rune] != '\0') {
		text[1] = letters[rune];
		buf_add(b, text, 2);
		return;
	}
	for (size_t i = 2; i < sizeof(text); i++)
		text[i] = digits[rune >> 4 * (5 - i) & 15];
	buf_add(b, text, sizeof(text));
}

/* Put a character that is not plain; return how many bytes of text it took. */
static size_t
put_special(struct buf *b, const char *text, size_t n)
{
	uint32_t rune;
	size_t len = utf8_next(text, n, &rune);

	if (len == 0) {
		buf_str(b, "\xef\xbf\xbd");
		return 1;
	}
	if (rune < 0x80 || utf8_control(rune))
		put_escaped(b, rune);
	else
		buf_add(b, text, len);
	return len;
}

static void
put_string(struct buf *b, const char *text, size_t n)
{
	char *to = buf_reserve(b, n + 2);
	size_t done = copy_plain(to + 1, text, n);

	to[0] = '"';
	b->len += 1 + done;
	while (done < n) {
		done += put_special(b, text + done, n - done);
		to = buf_reserve(b, n - done + 1);

		size_t run = copy_plain(to, text + done, n - done);

		b->len += run;
		done += run;
	}
	b->data[b->len++] = '"';
}

/*
 * What stands before a value: a comma, and the key unless it is in an array.
 * Return where the value goes, which has ${room} there.
 */
static char *
put_key(struct rec *r, const char *key, size_t room)
{
	struct buf *b = &r->line;
	size_t n = key != NULL ? strlen(key) : 0;
	char *to = buf_reserve(b, n + 4 + room);

	if (r->comma)
		*to++ = ',';
	r->comma = true;
	b->len = (size_t)(to - b->data);
	if (key == NULL)
		return to;
	to[0] = '"';
	if (copy_plain(to + 1, key, n) == n) {
		to[n + 1] = '"';
		b->len += n + 2;
	} else {
		put_string(b, key, n);
		(void)buf_reserve(b, 1 + room);
	}
	b->data[b->len++] = ':';
	return b->data + b->len;
}

/* A value of ${n} bytes was written where put_key said. */
static void
end_value(struct rec *r, size_t n)
{
	r->line.len += n;
	r->line.data[r->line.len] = '\0';
}

void
rec_begin(struct rec *r, const char *type)
{
	buf_reset(&r->line);
	buf_char(&r->line, '{');
	r->comma = false;
	rec_text(r, "type", type);
}

void
rec_end(struct rec *r)
{
	buf_add(&r->line, "}\n", 2);
	if (r->out != NULL)
		out_write(r->out, r->line.data, r->line.len);
}

void
rec_text(struct rec *r, const char *key, const char *text)
{
	rec_bytes(r, key, text, strlen(text));
}

void
rec_bytes(struct rec *r, const char *key, const char *text, size_t n)
{
	(void)put_key(r, key, 0);
	put_string(&r->line, text, n);
	end_value(r, 0);
}

void
rec_int(struct rec *r, const char *key, int64_t value)
{
	char *to = put_key(r, key, NUM_TEXT_SIZE);

	end_value(r, num_put_int(to, value));
}

void
rec_double(struct rec *r, const char *key, double value)
{
	if (!isfinite(value))
		return;

	char *to = put_key(r, key, NUM_TEXT_SIZE);

	end_value(r, num_put_double(to, value));
}

void
rec_scaled(struct rec *r, const char *key, num_i128 units, int scale)
{
	char *to = put_key(r, key, NUM_TEXT_SIZE);

	end_value(r, num_put_scaled(to, units, scale));
}

void
rec_bool(struct rec *r, const char *key, bool value)
{
	(void)put_key(r, key, 0);
	buf_str(&r->line, value ? "true" : "false");
}

void
rec_null(struct rec *r, const char *key)
{
	(void)put_key(r, key, 0);
	buf_str(&r->line, "null");
}

void
rec_time(struct rec *r, const char *key, int64_t ns)
{
	char *to = put_key(r, key, WHEN_TEXT_SIZE + 1);

	if (r->time_len == 0 || r->time_ns != ns) {
		r->time_len = when_put(r->time, ns);
		r->time_ns = ns;
	}
	to[0] = '"';
	memcpy(to + 1, r->time, r->time_len);
	to[r->time_len + 1] = '"';
	end_value(r, r->time_len + 2);
}

void
rec_open(struct rec *r, const char *key, char bracket)
{
	*put_key(r, key, 1) = bracket;
	end_value(r, 1);
	r->comma = false;
}

void
rec_shut(struct rec *r, char bracket)
{
	buf_char(&r->line, bracket);
	r->comma = true;
}

void
rec_run_id(char to[REC_RUN_ID])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[(REC_RUN_ID - 1) / 2] = {0};

	/* It only fails where the system has no random bytes at all. */
	(void)!getrandom(bytes, sizeof(bytes), 0);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		*to++ = digits[bytes[i] >> 4];
		*to++ = digits[bytes[i] & 15];
	}
	*to = '\0';
}

static void
put_run_id(struct rec *r, const char *given)
{
	char made[REC_RUN_ID];

	if (given == NULL)
		rec_run_id(made);
	rec_text(r, "run_id", given != NULL ? given : made);
}

/* The arguments, until there is no room for the worst that the next can be. */
static void
put_args(struct rec *r, const struct rec_head *head)
{
	size_t end = r->line.len + ARGS_MAX, n, room;

	rec_open(r, "args", '[');
	for (int i = 0; i < head->nargs; i++) {
		n = strlen(head->args[i]);
		room = end > r->line.len ? (end - r->line.len) / ESCAPE_MAX : 0;
		if (n < room) {
			rec_bytes(r, NULL, head->args[i], n);
			continue;
		}
		while (room > 0 &&
		    ((unsigned char)head->args[i][room] & 0xc0) == 0x80)
			room--;
		rec_bytes(r, NULL, head->args[i], room);
		rec_text(r, NULL, "...");
		break;
	}
	rec_shut(r, ']');
}

void
rec_head(struct rec *r, const struct rec_head *head)
{
	rec_begin(r, "head");
	if (!head->reproducible)
		rec_time(r, "ts", head->now_ns);
	rec_text(r, "schema", QTE_SCHEMA);
	rec_text(r, "tool", head->tool);
	rec_text(r, "version", QTE_VERSION);
	if (!head->reproducible) {
		put_run_id(r, head->run_id);
		put_args(r, head);
	}
	rec_end(r);
}
