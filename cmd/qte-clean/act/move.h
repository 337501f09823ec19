/* SPDX-License-Identifier: MIT */
/* Moving to a name that nothing has yet. */
#ifndef QTE_CLEAN_MOVE_H
#define QTE_CLEAN_MOVE_H

#include "base/base.h"

/*
 * move_new(from, name, to, new_name):
 * Give the file ${name} in the directory ${from} the ${new_name} in ${to}.
 * Return 0 or an errno: EEXIST, and nothing is changed, when that is taken.
 */
int move_new(int, const char *, int, const char *) QTE_MUST_CHECK;

/*
 * move_new_dir(from, name, to, new_name):
 * The same of a directory, but on a file system that cannot tell it takes the
 * place of an empty one, and ENOTEMPTY too is that the name is taken.
 */
int move_new_dir(int, const char *, int, const char *) QTE_MUST_CHECK;

#endif
