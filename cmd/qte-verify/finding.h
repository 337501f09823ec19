/* SPDX-License-Identifier: MIT */
/*
 * Something that is wrong, and where.  Whoever finds it fills a struct finding
 * and hands it to a struct report (report.h), which counts it and writes it as
 * a record or a line of text.
 */
#ifndef QTE_VERIFY_FINDING_H
#define QTE_VERIFY_FINDING_H

#include "base/base.h"
#include "rule.h"

/* All pointers are borrowed for the time of the call. */
struct finding {
	enum rule rule;
	const char *message; /* what is wrong, as a sentence's rest */

	/* The place; 0, or -1 for the offset, where there is none. */
	int64_t line;	/* physical, from 1, of the record's first byte */
	size_t field;	/* from 1 */
	size_t col;	/* the byte in its line, from 1 */
	int64_t offset; /* the byte in the file, from 0 */

	const char *column; /* the column's name, or NULL */
	const char *row;    /* the line as it stands, for people, or NULL */
	size_t row_len;
	const char *symbol; /* or NULL */
	size_t symbol_len;
	bool dated;	   /* ->bar_ts is known */
	int64_t bar_ts_ns; /* of the row */

	const char *path; /* of a file in a tree that it is about, or NULL */
	size_t path_len;

	const char *value; /* as it stands in the data, or NULL */
	size_t value_len;
	size_t width; /* bytes at the place that are wrong; 0: as the value */
	const char *expected; /* what would be right, as ">= 10.05 (low)" */
};

#endif
