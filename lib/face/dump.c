/* SPDX-License-Identifier: MIT */
/* What --print-config prints: each value and where it came from. */
#include "face/dump.h"

#include <string.h>

#include "base/utf8.h"
#include "format/rec.h"

#define PLACE_MAX 40 /* the column that the comments do not go beyond */

/* One value of a list, so that its blanks do not set it apart. */
static void
put_word(struct buf *to, const char *word)
{
	for (; *word != '\0'; word++) {
		if (strchr(" \t\n\\", *word) != NULL)
			buf_char(to, '\\');
		buf_char(to, *word);
	}
}

/* Append the value of ${slot}; false when it has none. */
static bool
put_value(const struct optset_slot *slot, struct buf *to)
{
	const struct cli_list *list = slot->field;

	if (slot->source == OPTSET_NONE)
		return false;
	if ((slot->opt->flags & CLI_REPEAT) == 0) {
		buf_str(to, slot->text);
		return true;
	}
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			buf_char(to, ' ');
		put_word(to, list->at[i]);
	}
	return list->n > 0;
}

static void
put_source(const struct optset_slot *slot, const char *path, struct buf *to)
{
	switch (slot->source) {
	case OPTSET_NONE:
	case OPTSET_DEFAULT:
		buf_str(to, "default");
		break;
	case OPTSET_FILE:
		buf_fmt(to, "%s:%d", path, slot->entry->line);
		break;
	case OPTSET_ENV:
		buf_str(to, "environment ");
		optset_env(slot, to);
		break;
	case OPTSET_FLAG:
		buf_str(to, "flag");
		break;
	}
}

/* Whether a configuration file that a terminal may see can hold ${text}. */
static bool
is_writable(const char *text, size_t n)
{
	uint32_t rune;

	for (size_t i = 0, used; i < n; i += used) {
		used = utf8_next(text + i, n - i, &rune);
		if (used == 0 ||
		    (utf8_control(rune) && rune != '\n' && rune != '\t'))
			return false;
	}
	return true;
}

static bool
is_plain(const char *text, size_t n)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789_./:,=+%@-";

	return n > 0 && strspn(text, plain) == n;
}

static void
put_text(struct buf *to, const char *text, size_t n)
{
	buf_char(to, '"');
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\n') {
			buf_str(to, "\\n");
			continue;
		}
		if (text[i] == '"' || text[i] == '\\')
			buf_char(to, '\\');
		buf_char(to, text[i]);
	}
	buf_char(to, '"');
}

static void
put_quoted(struct buf *to, const char *text, size_t n)
{
	if (is_plain(text, n))
		buf_add(to, text, n);
	else
		put_text(to, text, n);
}

/* "cash = 100000", or "# symbol =" without a value.  Whether there is one. */
static bool
put_setting(const struct optset_slot *slot, size_t col, struct buf *to)
{
	struct buf key = {0}, value = {0};
	bool has =
	    put_value(slot, &value) && is_writable(buf_text(&value), value.len);

	optset_config(slot, &key);
	if (has) {
		buf_fmt(to, "%-*s = ", (int)col, buf_text(&key));
		put_quoted(to, buf_text(&value), value.len);
	} else {
		buf_fmt(to, "# %s =", buf_text(&key));
	}
	buf_release(&key);
	buf_release(&value);
	return has;
}

struct columns {
	size_t key, place;
};

/* Widths of the keys, and of the settings without the longest ones. */
static struct columns
measure(const struct optset *set)
{
	struct columns c = {0};
	struct buf line = {0};

	for (size_t i = 0; i < set->n; i++) {
		buf_reset(&line);
		if (optset_config(&set->at[i], &line) && line.len > c.key)
			c.key = line.len;
	}
	for (size_t i = 0; i < set->n; i++) {
		size_t width;

		buf_reset(&line);
		put_setting(&set->at[i], c.key, &line);
		width = utf8_width(buf_text(&line), line.len);
		if (width > c.place && width <= PLACE_MAX)
			c.place = width;
	}
	buf_release(&line);
	return c;
}

static void
put_line(const struct optset_slot *slot, const char *path,
    const struct columns *c, struct buf *to)
{
	size_t start = to->len, width;
	struct buf source = {0};

	if (!put_setting(slot, c->key, to)) {
		buf_char(to, '\n');
		return;
	}
	width = utf8_width(to->data + start, to->len - start);
	for (; width < c->place; width++)
		buf_char(to, ' ');
	buf_str(to, "  # ");
	put_source(slot, path, &source);
	buf_shown(to, buf_text(&source));
	buf_char(to, '\n');
	buf_release(&source);
}

static void
put_record(const struct optset_slot *slot, const char *path, struct buf *to)
{
	struct buf text = {0};
	struct rec r;

	rec_init(&r, NULL);
	rec_begin(&r, "config");
	rec_text(&r, "section", slot->section);
	optset_config(slot, &text);
	rec_bytes(&r, "key", buf_text(&text), text.len);
	buf_reset(&text);
	if (put_value(slot, &text))
		rec_bytes(&r, "value", buf_text(&text), text.len);
	buf_reset(&text);
	put_source(slot, path, &text);
	rec_bytes(&r, "source", buf_text(&text), text.len);
	rec_end(&r);
	buf_add(to, r.line.data, r.line.len);
	rec_release(&r);
	buf_release(&text);
}

static bool
has_key(const struct optset_slot *slot)
{
	return (slot->opt->flags & (CLI_FLAG_ONLY | CLI_NO_KEY)) == 0;
}

static bool
is_common(const struct optset_slot *slot)
{
	return strcmp(slot->section, "common") == 0;
}

void
dump_ini(const struct optset *set, const char *path, struct buf *to)
{
	struct columns c = measure(set);
	const char *section = "common";

	buf_str(to, "[common]\n");
	for (size_t i = 0; i < set->n; i++)
		if (has_key(&set->at[i]) && is_common(&set->at[i]))
			put_line(&set->at[i], path, &c, to);
	for (size_t i = 0; i < set->n; i++) {
		const struct optset_slot *slot = &set->at[i];

		if (!has_key(slot) || is_common(slot))
			continue;
		if (strcmp(section, slot->section) != 0) {
			section = slot->section;
			buf_fmt(to, "\n[%s]\n", section);
		}
		put_line(slot, path, &c, to);
	}
}

void
dump_json(const struct optset *set, const char *path, struct buf *to)
{
	for (size_t i = 0; i < set->n; i++)
		if (has_key(&set->at[i]) && is_common(&set->at[i]))
			put_record(&set->at[i], path, to);
	for (size_t i = 0; i < set->n; i++)
		if (has_key(&set->at[i]) && !is_common(&set->at[i]))
			put_record(&set->at[i], path, to);
}

static void
put_named_record(const struct conf *c, const struct conf_entry *entry,
    struct buf *to)
{
	struct buf source = {0};
	struct rec r;

	buf_fmt(&source, "%s:%d", c->path, entry->line);
	rec_init(&r, NULL);
	rec_begin(&r, "config");
	rec_text(&r, "section", entry->section);
	rec_text(&r, "name", entry->label);
	rec_text(&r, "key", entry->key);
	rec_text(&r, "value", entry->value);
	rec_bytes(&r, "source", buf_text(&source), source.len);
	rec_end(&r);
	buf_add(to, r.line.data, r.line.len);
	rec_release(&r);
	buf_release(&source);
}

void
dump_named(const struct conf *c, const struct conf_entry *header, bool json,
    struct buf *to)
{
	const struct conf_entry *entry = header + 1, *end = c->at + c->n;

	if (!json) {
		buf_fmt(to, "\n[%s ", header->section);
		put_text(to, header->label, strlen(header->label));
		buf_str(to, "]\n");
	}
	for (; entry < end && entry->key != NULL; entry++) {
		if (json) {
			put_named_record(c, entry, to);
			continue;
		}
		buf_fmt(to, "%s = ", entry->key);
		put_quoted(to, entry->value, strlen(entry->value));
		buf_str(to, "  # ");
		buf_shown(to, c->path);
		buf_fmt(to, ":%d\n", entry->line);
	}
}
