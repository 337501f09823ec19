/* SPDX-License-Identifier: MIT */
/*
 * A row of trades once more, when something is found about it after all were
 * read.  Only of a regular file, as it is; of others a finding bears its line
 * and no more.
 */
#ifndef QTE_VERIFY_BOOK_SOURCE_H
#define QTE_VERIFY_BOOK_SOURCE_H

#include "base/base.h"
#include "base/buf.h"
#include "finding.h"
#include "sheet.h"

struct source {
	bool opened;
	int fd; /* owned; -1: there is none */
	char delimiter;
	struct buf row, field; /* what findings point into */
};

/* source_open(s, sheet): of the file that is being read. */
void source_open(struct source *, const struct sheet *);
void source_close(struct source *);

/*
 * source_place(s, line, offset, field, f):
 * ${f} is about that field, from 0, of the row that begins there.
 */
void source_place(struct source *, int64_t, int64_t, size_t, struct finding *);

#endif
