/* SPDX-License-Identifier: MIT */
/* The files of a directory, and of those below it. */
#include "walk/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

/* So many bytes of names are asked for at once, */
#define BLOCK ((size_t)128 * 1024)

/* and so many are held, to be put in order. */
#define BLOCKS 16

/* What getdents64 writes. */
struct entry {
	uint64_t ino;
	int64_t offset;
	unsigned short length;
	unsigned char type;
	char name[];
};

void
walk_open(struct walk *w, const struct beneath *root, const char *start,
    int64_t depth)
{
	*w = (struct walk){.root = root, .depth = depth, .fd = -1};
	buf_str(&w->path, start);
}

void
walk_close(struct walk *w)
{
	if (w->fd >= 0)
		(void)close(w->fd);
	VEC_RELEASE(&w->levels);
	VEC_RELEASE(&w->order);
	buf_release(&w->path);
	buf_release(&w->names);
	buf_release(&w->block);
	*w = (struct walk){.fd = -1};
}

struct walk_level *
walk_level(struct walk *w)
{
	return &w->levels.at[w->levels.n - 1];
}

struct walk_level *
walk_above(struct walk *w)
{
	return w->levels.n > 1 ? &w->levels.at[w->levels.n - 2] : NULL;
}

/* Open the directory at ->path. */
static enum walk_what
enter(struct walk *w)
{
	w->fd = beneath_dir(w->root, buf_text(&w->path));
	w->at = w->order.n = 0;
	w->errnum = w->fd >= 0 ? 0 : errno;
	if (w->fd >= 0) {
		*VEC_PUSH(&w->levels) = (struct walk_level){.path = w->path.len,
		    .first = w->names.len,
		    .next = w->names.len};
		return WALK_FILE;
	}
	return WALK_FAIL;
}

static void
cut_path(struct walk *w, size_t len)
{
	w->path.len = len;
	if (w->path.data != NULL)
		w->path.data[len] = '\0';
}

/* Go into the next subdirectory of the level, or leave it. */
static enum walk_what
descend(struct walk *w)
{
	struct walk_level *level = walk_level(w);

	cut_path(w, level->path);
	if (level->next == w->names.len) {
		w->leaving = true;
		return WALK_LEAVE;
	}
	/* The bytes move when names are added: take the name first. */
	const char *name = w->names.data + level->next;

	level->next += strlen(name) + 1;
	if (w->path.len > 0)
		buf_char(&w->path, '/');
	buf_str(&w->path, name);
	return enter(w);
}

/* The last level was left. */
static void
ascend(struct walk *w)
{
	struct walk_level *level = walk_level(w);

	w->names.len = level->first;
	w->levels.n--;
	w->leaving = false;
}

static int
by_inode(const void *a, const void *b)
{
	const struct walk_place *x = a, *y = b;

	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

/* Read names, and put them in order.  Return false at the end, or ->errnum. */
static bool
read_names(struct walk *w)
{
	long got = 1;

	buf_reset(&w->block);
	w->at = w->order.n = 0;
	for (int i = 0; i < BLOCKS && got > 0; i++) {
		got = syscall(SYS_getdents64, w->fd,
		    buf_reserve(&w->block, BLOCK), BLOCK);
		w->block.len += got > 0 ? (size_t)got : 0;
	}
	w->errnum = got < 0 ? errno : 0;
	for (size_t at = 0; at < w->block.len;) {
		const struct entry *entry = (const void *)(w->block.data + at);

		*VEC_PUSH(&w->order) = (struct walk_place){entry->ino, at};
		at += entry->length;
	}
	if (w->order.n > 0)
		qsort(w->order.at, w->order.n, sizeof(w->order.at[0]),
		    by_inode);
	return w->order.n > 0;
}

/* The next name; NULL at the end of the directory, or when ->errnum is set. */
static const struct entry *
next_entry(struct walk *w)
{
	if (w->at == w->order.n && (w->errnum != 0 || !read_names(w)))
		return NULL;
	return (const void *)(w->block.data + w->order.at[w->at++].at);
}

/* Some file systems do not say of what type a name is. */
static unsigned char
type_of(const struct walk *w, const struct entry *entry)
{
	struct stat st;

	if (entry->type != DT_UNKNOWN)
		return entry->type;
	if (fstatat(w->fd, entry->name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(st.st_mode);
}

/* The next file or directory of those that are told of. */
static enum walk_what
read_entry(struct walk *w)
{
	struct walk_level *level = walk_level(w);
	const struct entry *entry;

	while ((entry = next_entry(w)) != NULL) {
		const char *name = entry->name;
		bool hidden = name[0] == '.';

		if (hidden &&
		    (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')))
			continue;
		level->entries++;
		if (hidden)
			continue;
		w->name = name;
		switch (type_of(w, entry)) {
		case DT_REG:
			level->files++;
			return WALK_FILE;
		case DT_DIR:
			if ((int64_t)w->levels.n >= w->depth)
				break;
			buf_add(&w->names, name, strlen(name) + 1);
			return WALK_DIR;
		}
	}
	return WALK_END;
}

void
walk_pass(struct walk *w)
{
	w->names.len -= strlen(w->name) + 1;
}

enum walk_what
walk_next(struct walk *w)
{
	enum walk_what what;

	for (;;) {
		if (w->leaving)
			ascend(w);
		if (!w->opened) {
			w->opened = true;
			what = enter(w);
		} else if (w->levels.n == 0) {
			return WALK_END;
		} else if (w->fd >= 0) {
			what = read_entry(w);
			if (what != WALK_END)
				return what;
			(void)close(w->fd);
			w->fd = -1;
			what = w->errnum != 0 ? WALK_FAIL : WALK_FILE;
		} else {
			what = descend(w);
		}
		if (what != WALK_FILE)
			return what;
	}
}
