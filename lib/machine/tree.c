/* SPDX-License-Identifier: MIT */
/* All that lies below a directory. */
#include "machine/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

void
tree_begin(struct tree *t, struct below *below)
{
	*t = (struct tree){.below = below, .into = true};
}

/* Forget the names from ${first} on. */
static void
drop(struct tree *t, size_t first)
{
	while (t->list.n > first)
		free(t->list.at[--t->list.n].text);
}

void
tree_end(struct tree *t)
{
	drop(t, 0);
	buf_release(&t->path);
	VEC_RELEASE(&t->list);
	VEC_RELEASE(&t->levels);
}

/* Some file systems do not say of what type a name is. */
static mode_t
type_of(int dir, const struct dirent *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN)
		return (mode_t)DTTOIF(d->d_type);
	return fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0
	    ? st.st_mode & S_IFMT
	    : 0;
}

static bool
is_itself_or_above(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Take the names of a directory.  Return 0 or an errno. */
static int
take_names(struct tree *t, DIR *dir)
{
	struct dirent *d;

	for (;;) {
		errno = 0;
		d = readdir(dir);
		if (d == NULL)
			return errno;
		if (is_itself_or_above(d->d_name))
			continue;
		*VEC_PUSH(&t->list) = (struct tree_name){
		    .text = mem_text(d->d_name, strlen(d->d_name)),
		    .type = type_of(dirfd(dir), d)};
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct tree_name *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* Read the directory ->path.  Return 0 or an errno. */
static int
enter(struct tree *t)
{
	struct tree_level level = {.path = t->path.len,
	    .first = t->list.n,
	    .next = t->list.n};
	int at = below_dir(t->below, buf_text(&t->path), t->path.len);
	int fd =
	    at >= 0 ? openat(at, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	int errnum = errno;

	if (dir == NULL) {
		if (fd >= 0)
			(void)close(fd);
		return errnum;
	}
	errnum = take_names(t, dir);
	(void)closedir(dir);
	if (t->list.n > level.first)
		qsort(t->list.at + level.first, t->list.n - level.first,
		    sizeof(t->list.at[0]), by_name);
	*VEC_PUSH(&t->levels) = level;
	return errnum;
}

static void
cut_path(struct tree *t, size_t len)
{
	t->path.len = len;
	if (t->path.data != NULL)
		t->path.data[len] = '\0';
}

/* The next name of the last level; false when there is none. */
static bool
step(struct tree *t)
{
	struct tree_level *level = &t->levels.at[t->levels.n - 1];
	const struct tree_name *name;

	cut_path(t, level->path);
	if (level->next == t->list.n) {
		drop(t, level->first);
		t->levels.n--;
		return false;
	}
	name = &t->list.at[level->next++];
	if (t->path.len > 0)
		buf_char(&t->path, '/');
	buf_str(&t->path, name->text);
	t->type = name->type;
	t->into = S_ISDIR(name->type);
	return true;
}

enum tree_what
tree_next(struct tree *t)
{
	if (t->into) {
		t->into = false;
		t->errnum = enter(t);
		if (t->errnum != 0)
			return TREE_FAIL;
	}
	while (t->levels.n > 0)
		if (step(t))
			return TREE_NAME;
	return TREE_END;
}
