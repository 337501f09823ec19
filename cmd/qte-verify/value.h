/* SPDX-License-Identifier: MIT */
/*
 * The values of a record, judged one at a time as qte-run judges them, and
 * reported where they are not right.
 */
#ifndef QTE_VERIFY_VALUE_H
#define QTE_VERIFY_VALUE_H

#include "base/base.h"
#include "base/num.h"
#include "header.h"
#include "market/row.h"
#include "market/stamp.h"
#include "sheet.h"

struct value {
	struct sheet *sheet; /* borrowed */
	struct columns columns;
	struct row row;
	struct stamp stamp; /* of the file */
	int64_t unit_ns;    /* of the first count since 1970, or 0 */
	/* of the record, for its findings: */
	const char *symbol; /* borrowed; NULL: not known */
	size_t symbol_len;
	bool dated; /* ->ts_ns is right, and */
	bool date;  /* a date without a time of day */
	int64_t ts_ns;
};

/* What is said of a time after value_limit, and of a volume whose bar has one
 * price. */
#define VALUE_FUTURE "the time is more than a day after now"
#define VALUE_NO_RANGE "there is a volume, and high and low are the same"

/* value_init(v, sheet, header): borrows ${sheet}. */
void value_init(struct value *, struct sheet *, const struct header *);

/*
 * value_begin(v, symbol): a record begins; its symbol is in that field, or
 * COLUMNS_NONE.  Return whether it is not empty.
 */
bool value_begin(struct value *, size_t);

/*
 * value_time(v, last_ns):
 * The time into v->ts_ns.  Where the clock shows it twice it is the second one
 * when ${last_ns}, the time before it of its symbol, is the first or later.
 */
bool value_time(struct value *, int64_t);

/* value_limit(v): no time is later: now and a day. */
int64_t value_limit(const struct value *);

/*
 * value_price(v, column, price), value_volume(v, column, volume):
 * Whether it is right: above 0, 0 or more.
 */
bool value_price(struct value *, struct row_column, struct bars_price *);
bool value_volume(struct value *, struct row_column, double *);

/*
 * value_volume_kept(text, n, volume):
 * Whether the text, which was read as ${volume}, is at most NUM_WHOLE: larger
 * ones are not kept exactly.
 */
bool value_volume_kept(const char *, size_t, double);

/*
 * value_money(v, column, units):
 * A number of any sign, exactly, in units of 1e-18.
 */
bool value_money(struct value *, struct row_column, num_i128 *);

/* value_range(v, bar, what): as row_range. */
bool value_range(struct value *, const struct bar *, enum columns_what);

/* value_rule(fault): the rule that a row breaks which is refused for it. */
enum rule value_rule(enum bars_fault);

/*
 * value_add(v, i, rule, message, expected):
 * A finding about field ${i} of the record.
 */
void value_add(struct value *, size_t, enum rule, const char *, const char *);

#endif
