/* SPDX-License-Identifier: MIT */
/*
 * A table for people: columns as wide as their content, numbers to the right.
 *
 *	struct table t = { 0 };
 *	table_columns(&t, "<name", ">size", NULL);
 *	table_cell(&t, "a"); table_cell(&t, "12");
 *	table_put(&t, &text, &style);
 */
#ifndef QTE_TABLE_H
#define QTE_TABLE_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"

struct table_cell_text {
	char *text; /* owned */
	int tint;   /* enum table_tint */
};

enum table_tint { TABLE_PLAIN, TABLE_GOOD, TABLE_BAD, TABLE_DIM, TABLE_BOLD };

struct table {
	VEC(struct table_cell_text);
	const char *heads[16]; /* borrowed: '<' or '>' and the heading */
	size_t ncols;
	bool hidden[16]; /* columns that are left out */
};

struct table_style {
	bool color;
	bool no_heads; /* leave the line of headings out */
	size_t indent; /* blanks in front of each line */
};

/* table_columns(t, head, ..., NULL): at most 16 columns. */
void table_columns(struct table *, ...) __attribute__((sentinel));

/*
 * table_cell(t, text), table_tinted(t, tint, text): the next cell, row by row.
 * Control bytes and what is not UTF-8 are shown as \xNN.
 */
void table_cell(struct table *, const char *);
void table_tinted(struct table *, int, const char *);

/* table_width(t, style): columns of the terminal that the lines take. */
size_t table_width(const struct table *, const struct table_style *);

/*
 * table_fit(t, style, width, order):
 * Leave columns out, in the ${order} that ends with -1, until the lines take at
 * most ${width} columns of the terminal or no more may go.
 */
void table_fit(struct table *, const struct table_style *, size_t, const int *);

/* table_put(t, text, style): append the table's lines to ${text}. */
void table_put(const struct table *, struct buf *, const struct table_style *);
void table_release(struct table *);

#endif
