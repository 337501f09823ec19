/* SPDX-License-Identifier: MIT */
/*
 * All that lies below a directory, in one order on every machine: the names of
 * a directory byte by byte, and what is in a directory right behind it.  No
 * link is followed.  Held in memory are the names of the directories on the
 * way down, not those of the whole tree.
 *
 *	tree_begin(&t, &below);
 *	while ((what = tree_next(&t)) != TREE_END)
 *		...
 *	tree_end(&t);
 */
#ifndef QTE_TREE_H
#define QTE_TREE_H

#include <sys/types.h>

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"
#include "machine/below.h"

enum tree_what {
	TREE_END,
	TREE_NAME, /* ->path, of type ->type */
	TREE_FAIL  /* the directory ->path cannot be read: ->errnum */
};

struct tree_name {
	char *text;  /* owned */
	mode_t type; /* as S_IFREG; 0: gone before it could be told */
};

/* A directory on the way down. */
struct tree_level {
	size_t path;	    /* length of its path */
	size_t first, next; /* in ->list: its names, and those left */
};

struct tree {
	struct below *below; /* borrowed */
	struct buf path;     /* from the root on */
	mode_t type;
	int errnum;
	struct {
		VEC(struct tree_name);
	} list; /* names of the directories on the way down */
	struct {
		VEC(struct tree_level);
	} levels;
	bool into; /* ->path is a directory to be read next */
};

/* tree_begin(t, below): nothing is read yet. */
void tree_begin(struct tree *, struct below *);
enum tree_what tree_next(struct tree *);
void tree_end(struct tree *);

#endif
