/* SPDX-License-Identifier: MIT */
/*
 * The files of a directory, and of those below it: one directory is read to
 * its end, in the order in which the file system gives its names, then its
 * subdirectories in that same order.  A tree that nobody changes is walked the
 * same way each time.  Held in memory are the names of the subdirectories on
 * the way down, and no names of files.  Names that begin with '.' are passed
 * over.
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
	char *block; /* owned: names as the system gives them */
	size_t at, len;
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
