/* SPDX-License-Identifier: MIT */
/* A call that a lower floor makes for a higher one.  { 0 } calls nothing. */
#ifndef QTE_HOOK_H
#define QTE_HOOK_H

#include "base/base.h"

struct hook {
	void (*call)(void *); /* with ->arg; or NULL */
	void *arg;	      /* borrowed */
};

/* hook_call(h): make the call, if there is one. */
static inline void
hook_call(const struct hook *h)
{
	if (h->call != NULL)
		h->call(h->arg);
}

#endif
