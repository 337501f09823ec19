/* SPDX-License-Identifier: MIT */
/* Patterns of names, as a shell has them: * ? [a-z], byte by byte. */
#ifndef QTE_CLEAN_GLOB_H
#define QTE_CLEAN_GLOB_H

#include "base/base.h"
#include "base/vec.h"

struct glob_list {
	VEC(char *); /* owned */
};

/*
 * glob_read(list, text):
 * Replace ${list} by the patterns of ${text}, which blanks set apart; \ keeps
 * what follows it as it is.
 */
void glob_read(struct glob_list *, const char *);

/* glob_add(list, more): the patterns of ${more} too. */
void glob_add(struct glob_list *, const struct glob_list *);

/* glob_matches(list, name): whether one of them is the whole of ${name}. */
bool glob_matches(const struct glob_list *, const char *);
void glob_release(struct glob_list *);

#endif
