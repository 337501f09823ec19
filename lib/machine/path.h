/* SPDX-License-Identifier: MIT */
/* File names, as text. */
#ifndef QTE_PATH_H
#define QTE_PATH_H

#include "base/base.h"
#include "base/buf.h"

/* path_base(path): what follows the last '/', borrowed. */
const char *path_base(const char *);

/*
 * path_stem(path):
 * The base name up to its first dot that is not at its start ("AAPL" of
 * "/data/AAPL.csv.gz"), owned.  "-" stays "-".
 */
char *path_stem(const char *) QTE_MUST_CHECK;

/* path_dir(path): the directory part, "." when there is none, owned. */
char *path_dir(const char *) QTE_MUST_CHECK;

/*
 * path_join(to, dir, name):
 * Append the path of ${name} in ${dir}, which may end in '/'; "" is the current
 * directory.
 */
void path_join(struct buf *, const char *, const char *);

/* path_same(a, b): whether both name one regular file. */
bool path_same(const char *, const char *);

/* path_is_open(path, fd): whether it names the regular file open as ${fd}. */
bool path_is_open(const char *, int);

/*
 * path_sync_dir(path):
 * Make the names in the directory of ${path} last.  Return 0 or EIO; not every
 * file system can, and then nothing is done.
 */
int path_sync_dir(const char *) QTE_MUST_CHECK;

#endif
