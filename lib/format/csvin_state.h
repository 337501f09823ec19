/* SPDX-License-Identifier: MIT */
/* Inside csvin: csvin.c reads a record, csvin_place.c says where its parts are.
 */
#ifndef QTE_CSVIN_STATE_H
#define QTE_CSVIN_STATE_H

#include "base/base.h"
#include "base/buf.h"
#include "base/vec.h"
#include "format/csvin_fault.h"
#include "format/csvin_lines.h"

struct csv_parser;
struct csvin_field;

struct csvin {
	struct csvin_lines lines;
	struct csv_parser *parser; /* owned */
	char delimiter;
	bool judge;    /* as csvin_judge says */
	bool ended;    /* nothing can follow */
	bool complete; /* the end of the record was seen */
	bool plain;    /* as csvin_plain says */
	bool cut;
	unsigned muted; /* a bit for each fault whose message nobody reads */
	enum csvin_fault fault;
	size_t fault_at;    /* of it, in raw */
	int64_t first_line; /* of the record's first byte */
	int64_t offset;	    /* in the file, of the same */
	const char *raw;    /* borrowed: the record's bytes in the file */
	size_t raw_len;
	size_t bom;	   /* bytes of a byte-order mark at the start of raw */
	size_t width;	   /* fields of the first record */
	struct buf joined; /* raw, when it has several lines */
	struct buf text;   /* the fields, each with its NUL */
	struct {
		VEC(struct csvin_field);
	} fields;
	bool wide; /* the record has more fields than there may be */
};

/* csvin_note(c, n): a field of ${n} bytes, whose text is there. */
void csvin_note(struct csvin *, size_t);

/*
 * csvin_split_plain(c, line, n), csvin_split(c, line, n):
 * Part a record of ${n} bytes into its fields, which is printable ASCII without
 * quotes, as most are; without quotes and carriage returns.  Return false when
 * it is not so, and there are no fields.
 */
bool csvin_split_plain(struct csvin *, const char *, size_t) QTE_MUST_CHECK;
bool csvin_split(struct csvin *, const char *, size_t) QTE_MUST_CHECK;

/*
 * csvin_start(c, i):
 * Where field ${i} begins, borrowed; the fields before it are complete.
 */
const char *csvin_start(const struct csvin *, size_t);

/* csvin_locate(c, byte, line, column): of a byte of the record, both from 1. */
void csvin_locate(const struct csvin *, const char *, int64_t *, size_t *);

#endif
