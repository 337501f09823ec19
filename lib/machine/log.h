/* SPDX-License-Identifier: MIT */
/*
 * What a tool says on standard error: one line a message, "tool: message",
 * written with one write(2).
 */
#ifndef QTE_LOG_H
#define QTE_LOG_H

#include "base/base.h"
#include "base/err.h"

enum log_level { LOG_QUIET, LOG_NORMAL, LOG_VERBOSE };

struct log {
	const char *tool;     /* borrowed */
	enum log_level level; /* QUIET: errors only; VERBOSE: log_info too */
	bool color;
};

/* log_err(l, e): the message of ${e}, and its excerpt when it has one. */
void log_err(const struct log *, const struct err *);

/*
 * log_fault(l, format, ...):
 * A line at each level: what went wrong, where the work goes on.
 */
void log_fault(const struct log *, const char *, ...) QTE_PRINTF(2, 3);

/*
 * log_warn(l, format, ...), log_info(l, format, ...):
 * A line, if the level allows; a warning says so.
 */
void log_warn(const struct log *, const char *, ...) QTE_PRINTF(2, 3);
void log_info(const struct log *, const char *, ...) QTE_PRINTF(2, 3);

/* log_hint(format, ...): a bare line below a message: what helps. */
void log_hint(const char *, ...) QTE_PRINTF(1, 2);

#endif
