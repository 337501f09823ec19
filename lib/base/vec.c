/* SPDX-License-Identifier: MIT */
/* An array that grows. */
#include "base/vec.h"

#include "base/mem.h"

#define SMALLEST 8

void *
vec_grow(void *at, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return at;

	/* A capacity that overflows is one that mem_resize refuses. */
	size_t more = *cap <= SIZE_MAX / 2 ? *cap * 2 : SIZE_MAX;

	*cap = more > SMALLEST ? more : SMALLEST;
	return mem_resize(at, *cap, size);
}
