/* SPDX-License-Identifier: MIT */
/* A row of bars that is one line of ASCII, parted into its fields. */
#ifndef QTE_VERIFY_FIELDS_H
#define QTE_VERIFY_FIELDS_H

#include "base/base.h"
#include "market/fast_row.h"

/* What a field says, without its quotes. */
struct field {
	const char *at; /* borrowed; no NUL follows */
	size_t n;
};

struct fields {
	struct field at[FAST_FIELDS];
	size_t n;
	const char *next; /* the line behind the row */
	bool quoted;	  /* a field has quotes around it */
	bool control;	  /* there is a control character, but for a tab */
};

/*
 * fields_part(r, f, p):
 * Part the row at ${p}, a line that ends in memory with IN_PAD bytes behind it,
 * by the delimiter of ${f}, into as many fields as it has, whatever the columns
 * are.  False when it is more than that: with NUL or bytes that are not ASCII,
 * a quote in a field or a line end in quotes, a CR that ends no line, or more
 * than FAST_FIELDS fields; nothing in ${r} is of use then.  ${r} is { 0 }, or
 * of the row before, as which this one is tried first: with the same result,
 * but sooner.
 */
bool fields_part(struct fields *, const struct fast *,
    const char *) QTE_MUST_CHECK;

#endif
