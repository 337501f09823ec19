/* SPDX-License-Identifier: MIT */
/* Where a user's own files are by default, as the XDG base directories say. */
#ifndef QTE_HOME_H
#define QTE_HOME_H

#include "base/base.h"

/*
 * home_cache():
 * The directory of what can be made again: qte in $XDG_CACHE_HOME, or in
 * ~/.cache when that is unset or not an absolute path.  Owned, or NULL when
 * there is no $HOME either.
 */
char *home_cache(void) QTE_MUST_CHECK;

#endif
