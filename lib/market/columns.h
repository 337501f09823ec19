/* SPDX-License-Identifier: MIT */
/*
 * Which column of a market-data file holds what.  Columns go by the names in
 * the header, English or Chinese, in any order and letter case; those nobody
 * asked for may stand between them.
 */
#ifndef QTE_COLUMNS_H
#define QTE_COLUMNS_H

#include "base/base.h"
#include "base/err.h"
#include "format/csvin.h"

enum columns_what {
	COLUMNS_TIMESTAMP,
	COLUMNS_OPEN,
	COLUMNS_HIGH,
	COLUMNS_LOW,
	COLUMNS_CLOSE,
	COLUMNS_VOLUME,
	COLUMNS_NEEDED, /* those above must be there */
	COLUMNS_SYMBOL = COLUMNS_NEEDED,
	COLUMNS_TIME, /* of day, beside a timestamp that is a date */
	COLUMNS_COUNT
};

#define COLUMNS_NONE SIZE_MAX

struct columns {
	size_t width;		  /* fields in each row */
	bool date;		  /* by its name the timestamp is a day */
	size_t at[COLUMNS_COUNT]; /* the field's index, or COLUMNS_NONE */
};

/*
 * columns_read(c, csv, e):
 * Take the record that ${csv} has just read as the header.  EX_DATAERR when a
 * needed column is missing or two have the same meaning.
 */
int columns_read(struct columns *, const struct csvin *,
    struct err *) QTE_MUST_CHECK;

/*
 * columns_list(c, list, e):
 * The names with commas between them that a file without a header lacks; "-"
 * and nothing stand for a column to pass over.  EX_USAGE for a name that is
 * none, two of one meaning, and a needed one that is not there.
 */
int columns_list(struct columns *, const char *, struct err *) QTE_MUST_CHECK;

/* columns_known(name): whether a column can have this name. */
bool columns_known(const char *);

/*
 * columns_find(name, spelled):
 * What the column of that name holds, and how the name is spelled; or
 * COLUMNS_COUNT.
 */
enum columns_what columns_find(const char *, const char **);

/* columns_name(what): the column's own name, as "high". */
const char *columns_name(enum columns_what);

#endif
