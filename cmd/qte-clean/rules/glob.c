/* SPDX-License-Identifier: MIT */
/* Patterns of names. */
#include "rules/glob.h"

#include <fnmatch.h>
#include <string.h>

#include "base/mem.h"

/* The length of the pattern that ${text} begins with. */
static size_t
measure(const char *text)
{
	size_t n = 0;

	while (text[n] != '\0' && strchr(" \t\n", text[n]) == NULL)
		n += text[n] == '\\' && text[n + 1] != '\0' ? 2 : 1;
	return n;
}

void
glob_read(struct glob_list *list, const char *text)
{
	glob_release(list);
	while (*text != '\0') {
		size_t n = measure(text);

		if (n > 0)
			*VEC_PUSH(list) = mem_text(text, n);
		text += n > 0 ? n : 1;
	}
}

void
glob_add(struct glob_list *list, const struct glob_list *more)
{
	for (size_t i = 0; i < more->n; i++)
		*VEC_PUSH(list) = mem_text(more->at[i], strlen(more->at[i]));
}

bool
glob_matches(const struct glob_list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (fnmatch(list->at[i], name, 0) == 0)
			return true;
	return false;
}

void
glob_release(struct glob_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->at[i]);
	VEC_RELEASE(list);
}
