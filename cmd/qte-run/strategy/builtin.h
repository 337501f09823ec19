/* SPDX-License-Identifier: MIT */
/* The strategies that come with the tool.  Each is two rules of the language.
 */
#ifndef QTE_RUN_BUILTIN_H
#define QTE_RUN_BUILTIN_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"

struct builtin {
	const char *name;
	const char *entry;
	const char *exit;
};

/* The names, in the order in which they are shown; ends with NULL. */
extern const char *const builtin_names[];

/* builtin_find(name, e): the strategy, or NULL and EX_USAGE in ${e}. */
const struct builtin *builtin_find(const char *, struct err *);

/* builtin_list(list): append each strategy, with its rules. */
void builtin_list(struct buf *);

#endif
