/* SPDX-License-Identifier: MIT */
/*
 * An array that grows, of any type:
 *
 *	struct { VEC(struct bar); } bars = { 0 };
 *	*VEC_PUSH(&bars) = bar;
 *	for (size_t i = 0; i < bars.n; i++) use(&bars.at[i]);
 *	VEC_RELEASE(&bars);
 */
#ifndef QTE_VEC_H
#define QTE_VEC_H

#include <stdlib.h>

#include "base/base.h"

#define VEC(type) \
	type *at; \
	size_t n; \
	size_t cap

/* A pointer to a new last element of ${v}, which is not set. */
#define VEC_PUSH(v)                                                     \
	((v)->n < (v)->cap ? (void)0                                    \
			   : (void)((v)->at = vec_grow((v)->at, (v)->n, \
					&(v)->cap, sizeof(*(v)->at))),  \
	    &(v)->at[(v)->n++])

#define VEC_RELEASE(v) (free((v)->at), (v)->at = NULL, (v)->n = (v)->cap = 0)

/*
 * vec_grow(at, n, cap, size):
 * Make the owned array ${at} of ${*cap} elements of ${size} bytes hold more
 * than ${n}.  Return the array, which may have moved.
 */
void *vec_grow(void *, size_t, size_t *, size_t) QTE_MUST_CHECK;

#endif
