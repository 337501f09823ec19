/* SPDX-License-Identifier: MIT */
/* What the system says of this process. */
#ifndef QTE_PROC_H
#define QTE_PROC_H

#include "base/base.h"

/*
 * proc_peak_memory():
 * The most memory this program ever had resident, in bytes; 0 when the system
 * does not tell.
 */
int64_t proc_peak_memory(void);

#endif
