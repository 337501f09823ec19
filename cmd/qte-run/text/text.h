/* SPDX-License-Identifier: MIT */
/* A run as a person reads it. */
#ifndef QTE_RUN_TEXT_H
#define QTE_RUN_TEXT_H

#include "base/base.h"
#include "base/buf.h"
#include "summary.h"

/*
 * text_run(s, fd, text):
 * Append the settings, the equity, the last trades, the figures and the printed
 * values of ${s}, and what to keep in mind of them, as wide and as colourful as
 * ${fd} and the options allow.
 */
void text_run(const struct summary *, int, struct buf *);

#endif
