/* SPDX-License-Identifier: MIT */
/* What the system says of this process and of itself. */
#ifndef QTE_PROC_H
#define QTE_PROC_H

#include "base/base.h"

/*
 * proc_peak_memory():
 * The most memory this program ever had resident, in bytes; 0 when the system
 * does not tell.
 */
int64_t proc_peak_memory(void);

/* proc_user(): the name of who runs it, or the number of one without, owned. */
char *proc_user(void) QTE_MUST_CHECK;

/* proc_boot(): the id of this start of the system, owned, or NULL. */
char *proc_boot(void) QTE_MUST_CHECK;

#endif
