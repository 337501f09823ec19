/* SPDX-License-Identifier: MIT */
/*
 * A tree against the manifest of it: the entries in their order, then what the
 * tree has beyond them.  Findings bear the line of the manifest.  Memory grows
 * by what manifest/seen keeps of each entry, and by the names of one directory.
 */
#ifndef QTE_VERIFY_MANIFEST_H
#define QTE_VERIFY_MANIFEST_H

#include "check.h"

/*
 * manifest_check(c, dir, e):
 * Findings are of the file that --manifest names; EX_NOINPUT when that or
 * the directory cannot be opened.
 */
check_path manifest_check;

#endif
