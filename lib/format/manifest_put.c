/* SPDX-License-Identifier: MIT */
/* Writing a manifest. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "format/manifest.h"

static const struct {
	const char *name;
	unsigned mode;
} types[MANIFEST_TYPES] = {
    [MANIFEST_FILE] = {"file", S_IFREG},
    [MANIFEST_DIR] = {"dir", S_IFDIR},
    [MANIFEST_LINK] = {"symlink", S_IFLNK},
    [MANIFEST_FIFO] = {"fifo", S_IFIFO},
    [MANIFEST_SOCKET] = {"socket", S_IFSOCK},
    [MANIFEST_CHAR] = {"char", S_IFCHR},
    [MANIFEST_BLOCK] = {"block", S_IFBLK},
};

const char *
manifest_type_name(enum manifest_type type)
{
	return types[type].name;
}

enum manifest_type
manifest_type_of(unsigned mode)
{
	enum manifest_type type = MANIFEST_FILE;

	while (type + 1 < MANIFEST_TYPES && types[type].mode != (mode & S_IFMT))
		type++;
	return type;
}

void
manifest_entry_release(struct manifest_entry *entry)
{
	buf_release(&entry->path);
	buf_release(&entry->target);
}

void
manifest_begin(struct manifest_writer *w, struct out *out,
    enum manifest_form form)
{
	*w = (struct manifest_writer){.out = out,
	    .form = form,
	    .hash = crypt_sha256_new()};
	rec_init(&w->rec, out);
}

/* As sha256sum does it: a line with an escape begins with '\'. */
static void
put_plain(struct manifest_writer *w, const struct manifest_entry *entry)
{
	struct buf *line = &w->rec.line;
	const char *path = buf_text(&entry->path);

	buf_reset(line);
	if (strpbrk(path, "\\\n\r") != NULL)
		buf_char(line, '\\');
	buf_fmt(line, "%s  ", entry->sha256);
	for (; *path != '\0'; path++) {
		if (*path == '\n')
			buf_str(line, "\\n");
		else if (*path == '\r')
			buf_str(line, "\\r");
		else if (*path == '\\')
			buf_str(line, "\\\\");
		else
			buf_char(line, *path);
	}
	buf_char(line, '\n');
	out_write(w->out, line->data, line->len);
}

/* A name under ${key}, or under KEY_b64 when it is not UTF-8. */
static void
put_name(struct rec *rec, const char *key, const char *key_b64,
    const struct buf *name)
{
	struct buf text = {0};

	if (utf8_valid(buf_text(name), name->len) == name->len) {
		rec_bytes(rec, key, buf_text(name), name->len);
		return;
	}
	base64_put(&text, name->data, name->len);
	rec_text(rec, key_b64, buf_text(&text));
	buf_release(&text);
}

static void
put_json(struct manifest_writer *w, const struct manifest_entry *entry)
{
	struct rec *rec = &w->rec;
	char mode[8];

	rec_begin(rec, "manifest_entry");
	put_name(rec, "path", "path_b64", &entry->path);
	rec_text(rec, "kind", manifest_type_name(entry->type));
	if (entry->has & MANIFEST_MODE) {
		(void)snprintf(mode, sizeof(mode), "%04o", entry->mode & 07777);
		rec_text(rec, "mode", mode);
	}
	if (entry->has & MANIFEST_OWNER) {
		rec_int(rec, "uid", entry->uid);
		rec_int(rec, "gid", entry->gid);
	}
	if (entry->has & MANIFEST_SIZE)
		rec_int(rec, "size", entry->size);
	if (entry->has & MANIFEST_MTIME)
		rec_time(rec, "mtime", entry->mtime_ns);
	if (entry->has & MANIFEST_TARGET)
		put_name(rec, "target", "target_b64", &entry->target);
	if (entry->has & MANIFEST_HASH)
		rec_text(rec, "sha256", entry->sha256);
	rec_end(rec);
	crypt_sha256_add(w->hash, rec->line.data, rec->line.len);
}

void
manifest_put(struct manifest_writer *w, const struct manifest_entry *entry)
{
	bool plain = w->form == MANIFEST_PLAIN;

	if (plain && (entry->has & MANIFEST_HASH) == 0)
		return;
	w->entries++;
	w->files += entry->type == MANIFEST_FILE;
	w->bytes += entry->has & MANIFEST_SIZE ? entry->size : 0;
	if (plain)
		put_plain(w, entry);
	else
		put_json(w, entry);
}

void
manifest_end(struct manifest_writer *w)
{
	struct rec *rec = &w->rec;
	char hash[CRYPT_SHA256_HEX];

	if (w->form == MANIFEST_JSON) {
		crypt_sha256_hex(w->hash, hash);
		rec_begin(rec, "manifest");
		rec_int(rec, "entries", w->entries);
		rec_int(rec, "files", w->files);
		rec_int(rec, "bytes", w->bytes);
		rec_text(rec, "sha256", hash);
		rec_end(rec);
	}
	manifest_drop(w);
}

void
manifest_drop(struct manifest_writer *w)
{
	rec_release(&w->rec);
	crypt_sha256_free(w->hash);
	w->hash = NULL;
}
