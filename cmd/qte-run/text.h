/* SPDX-License-Identifier: MIT */
/* A run as a person reads it. */
#ifndef QTE_RUN_TEXT_H
#define QTE_RUN_TEXT_H

#include "base/base.h"
#include "base/buf.h"
#include "summary.h"

/* text_run(s, text, color): append the last trades and the figures of ${s}. */
void text_run(const struct summary *, struct buf *, bool);

#endif
