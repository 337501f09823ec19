/* SPDX-License-Identifier: MIT */
/* Moving a file to a name that nothing has yet. */
#ifndef QTE_CLEAN_MOVE_H
#define QTE_CLEAN_MOVE_H

#include "base/base.h"

/*
 * move_new(from, name, to, new_name):
 * Give the file ${name} in the directory ${from} the ${new_name} in ${to}.
 * Return 0 or an errno: EEXIST, and nothing is changed, when that is taken.
 */
int move_new(int, const char *, int, const char *) QTE_MUST_CHECK;

#endif
