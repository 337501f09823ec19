/* SPDX-License-Identifier: MIT */
/* A sweep as a person reads it. */
#ifndef QTE_RUN_RESULTS_H
#define QTE_RUN_RESULTS_H

#include "base/base.h"
#include "base/buf.h"
#include "sweep/sweep.h"

/*
 * results_put(s, signo, fd, text):
 * Append the settings and a table of the results of ${s}, and what to keep in
 * mind of them, as wide and as colourful as ${fd} and the options allow.
 * ${signo} stopped it, or is 0.
 */
void results_put(const struct sweep *, int, int, struct buf *);

#endif
