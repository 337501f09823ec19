/* SPDX-License-Identifier: MIT */
/*
 * What a file has beside its content, owner, mode and times: its access control
 * list, as POSIX.1e has it, and the attributes whose names begin with "user.".
 */
#ifndef QTE_CLEAN_ATTRS_H
#define QTE_CLEAN_ATTRS_H

#include "base/base.h"

/*
 * attrs_copy(from, to):
 * Give the file or directory ${to} is open for those of ${from}, and no others.
 * The mode then comes from the list: set it again.  Return 0 or an errno, and
 * then ${to} may have some of them.
 */
int attrs_copy(int, int) QTE_MUST_CHECK;

/*
 * attrs_same(a, b):
 * Return 0 when both have the same, EEXIST when they have not, or the errno of
 * what failed.
 */
int attrs_same(int, int) QTE_MUST_CHECK;

#endif
