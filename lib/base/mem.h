/* SPDX-License-Identifier: MIT */
/*
 * Memory that does not fail: when there is none left, the program says so on
 * standard error and ends with 71.  Everything here is given back with free().
 */
#ifndef QTE_MEM_H
#define QTE_MEM_H

#include "base/base.h"

/* mem_alloc(n, size): ${n} zeroed elements of ${size} bytes, owned. */
void *mem_alloc(size_t, size_t) QTE_MUST_CHECK;

/*
 * mem_resize(p, n, size):
 * Change the owned ${p} (or NULL) to ${n} elements of ${size} bytes; the
 * content that fits is kept, what is new is not set.
 */
void *mem_resize(void *, size_t, size_t) QTE_MUST_CHECK;

/* mem_text(text, len): the first ${len} bytes of ${text} and a NUL, owned. */
char *mem_text(const char *, size_t) QTE_MUST_CHECK;

#endif
