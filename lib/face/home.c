/* SPDX-License-Identifier: MIT */
/* Where a user's own files are by default. */
#include "face/home.h"

#include <stdlib.h>

#include "base/buf.h"

char *
home_cache(void)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	struct buf path = {0};

	if (cache != NULL && cache[0] == '/')
		buf_fmt(&path, "%s/qte", cache);
	else if (home != NULL && home[0] == '/')
		buf_fmt(&path, "%s/.cache/qte", home);
	else
		return NULL;
	return buf_detach(&path);
}
