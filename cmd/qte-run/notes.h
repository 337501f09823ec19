/* SPDX-License-Identifier: MIT */
/* What a run has to say beside its answer. */
#ifndef QTE_RUN_NOTES_H
#define QTE_RUN_NOTES_H

#include "machine/log.h"
#include "summary.h"

/* notes_warn(log, summary): warn of what the user may not expect. */
void notes_warn(const struct log *, const struct summary *);

#endif
