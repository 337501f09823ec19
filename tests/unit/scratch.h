/* SPDX-License-Identifier: MIT */
/* Files for a whole test program, in a place that goes when it ends. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include <stdlib.h>

#include "place.h"

/* scratch_put(name, bytes, n): make the file anew, in the current directory. */
static inline void
scratch_put(const char *name, const char *bytes, size_t n)
{
	if (place_dir[0] == '\0' &&
	    (!place_make() || atexit(place_remove) != 0))
		abort();
	place_write(name, bytes, n);
}

#endif
