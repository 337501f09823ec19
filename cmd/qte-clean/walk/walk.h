/* SPDX-License-Identifier: MIT */
/*
 * The files of a directory, and of those below it: one directory is read to
 * its end, then its subdirectories.  Of as many names as 2 MiB hold, those with
 * lower inodes come first, since most file systems look at them and remove them
 * sooner so.  A tree that nobody changes is walked the same way each time.
 * Held in memory are these names, and the names of the subdirectories on the
 * way down.  Names that begin with '.' are passed over.
 *
 *	walk_open(&w, &root, depth);
 *	while ((what = walk_next(&w)) != WALK_END)
 *		...
 *	walk_close(&w);
 */
#ifndef QTE_CLEAN_WALK_H
#define QTE_CLEAN_WALK_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"
#include "walk/beneath.h"

enum walk_what {
	WALK_END,
	WALK_FILE,  /* ->name, in ->path, open as ->fd: a regular file */
	WALK_DIR,   /* ->name, in ->path: a directory that is gone into unless
		     * walk_pass is called */
	WALK_LEAVE, /* ->path was read, and all below it */
	WALK_FAIL   /* ->path could not be read: ->errnum */
};

/* A directory on the way down. */
struct walk_level {
	size_t path;	    /* length of its path */
	size_t first, next; /* in ->names: its subdirectories, and those left */
	int64_t entries;    /* names in it, "." and ".." apart */
	int64_t files;	    /* regular files that were told of */
	int64_t taken;	    /* entries that the caller takes away, */
	int64_t taken_files; /* and files among them */
};

/* A name that was read. */
struct walk_place {
	uint64_t ino;
	size_t at; /* where it is in ->block */
};

struct walk {
	const struct beneath *root;
	int64_t depth; /* levels to read, 1: the first alone */
	struct {
		VEC(struct walk_level);
	} levels;
	struct buf path;  /* of the directory, relative to the root */
	struct buf names; /* of subdirectories, each with a NUL */
	const char *name; /* borrowed until the next call */
	int fd;		  /* the directory that is being read, or -1 */
	int errnum;
	struct buf block; /* names as the system gives them */
	struct {
		VEC(struct walk_place);
	} order;
	size_t at;    /* of the next, in ->order */
	bool opened;  /* the first directory */
	bool leaving; /* the level was left: drop it first */
};

/*
 * walk_open(w, root, start, depth):
 * Begin in the directory ${start} below ${root}, which is borrowed.  Nothing is
 * read yet.
 */
void walk_open(struct walk *, const struct beneath *, const char *, int64_t);
enum walk_what walk_next(struct walk *);

/* walk_pass(w): after WALK_DIR: do not go into it. */
void walk_pass(struct walk *);

/* walk_level(w): of the directory at ->path, borrowed until the next call. */
struct walk_level *walk_level(struct walk *);

/* walk_above(w): of the directory above it, or NULL. */
struct walk_level *walk_above(struct walk *);
void walk_close(struct walk *);

#endif
