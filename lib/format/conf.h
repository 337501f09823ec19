/* SPDX-License-Identifier: MIT */
/*
 * The configuration file: [section] and [section "label"] headers, key = value
 * lines.  A line that starts with # or ; is a comment, and so is what follows
 * a blank and a #.  A value in double quotes keeps its blanks and #, and \" \\
 * \n \t stand for what they name.  Each value knows its line and column.
 */
#ifndef QTE_CONF_H
#define QTE_CONF_H

#include "base/base.h"
#include "base/err.h"
#include "base/vec.h"

struct conf_entry {
	char *section; /* owned, as are the next three */
	char *label;   /* of [section "label"], or NULL */
	char *key;     /* NULL: this is the section's header itself */
	char *value;
	int line, column, key_column; /* from 1; column is the value's */
};

struct conf {
	char *path; /* owned */
	VEC(struct conf_entry);
};

/*
 * conf_read(c, path, e):
 * Read ${path}.  EX_CONFIG with file:line:column for a bad line, a key before
 * any section, a key or a section given twice, a NUL or text that is not UTF-8,
 * and when the file cannot be read.  After a failure there is nothing to
 * release.
 */
int conf_read(struct conf *, const char *, struct err *) QTE_MUST_CHECK;
void conf_release(struct conf *);

#endif
