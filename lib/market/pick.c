/* SPDX-License-Identifier: MIT */
/* The symbol that is read, and those that are not. */
#include "market/pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
pick_init(struct pick *p, const char *wanted)
{
	*p = (struct pick){.wanted = wanted};
}

void
pick_release(struct pick *p)
{
	for (size_t i = 0; i < p->nseen; i++)
		free(p->seen[i]);
	free(p->first);
	*p = (struct pick){0};
}

static void
remember(struct pick *p, const struct csvin_field *symbol)
{
	if (p->nseen == PICK_SEEN_MAX)
		return;
	for (size_t i = 0; i < p->nseen; i++)
		if (strcmp(p->seen[i], symbol->text) == 0)
			return;
	p->seen[p->nseen++] = mem_text(symbol->text, symbol->len);
}

bool
pick_known(const struct pick *p, const char *text, size_t n)
{
	if (p->nseen == PICK_SEEN_MAX)
		return true;
	for (size_t i = 0; i < p->nseen; i++)
		if (strlen(p->seen[i]) == n && memcmp(p->seen[i], text, n) == 0)
			return true;
	return false;
}

int
pick_row(struct pick *p, const struct csvin *csv, size_t i, struct err *e)
{
	const struct csvin_field *f = csvin_field(csv, i);
	char before[CSVIN_SHOWN_SIZE], here[CSVIN_SHOWN_SIZE];

	if (p->wanted != NULL) {
		if (strcmp(f->text, p->wanted) == 0)
			return 0;
		remember(p, f);
		return PICK_OTHER;
	}
	if (p->first == NULL)
		p->first = mem_text(f->text, f->len);
	if (strcmp(f->text, p->first) == 0)
		return 0;
	return csvin_err(csv, i, e,
	    "second symbol '%s' after '%s': choose one with --symbol",
	    csvin_show(f->text, f->len, here),
	    csvin_show(p->first, strlen(p->first), before));
}

int
pick_none(const struct pick *p, const char *name, struct err *e)
{
	err_set(e, EX_DATAERR, "%s: no row of symbol '%s'", name, p->wanted);
	err_suggest(e, p->wanted, (const char *const *)p->seen, p->nseen,
	    sizeof(p->seen[0]));
	return e->status;
}
