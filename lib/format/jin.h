/* SPDX-License-Identifier: MIT */
/*
 * The one reader of JSON, by jansson: records, an object a line.  A key that
 * stands twice, a number that no int64_t and no double holds, a NUL and text
 * that is not UTF-8 are refused.  Messages begin with the place:
 *
 *	struct jin j = {.name = path};
 *
 *	while ((rc = jin_next(&j, &in, e)) == 0)
 *		if ((rc = jin_int(&j, "ino", &ino, e)) != 0)
 *			break;
 *	jin_release(&j);
 */
#ifndef QTE_JIN_H
#define QTE_JIN_H

#include "base/base.h"
#include "base/err.h"
#include "machine/in.h"

/* A line longer than this, its newline included, is refused. */
#define JIN_LINE_MAX ((size_t)64 * 1024)

/* { .name = ... } has read nothing yet. */
struct jin {
	const char *name;     /* borrowed: what messages call the input, or
			       * NULL: they have no place */
	int64_t line;	      /* of the record, from 1 */
	int column;	      /* the last byte that jin_read read, when it
			       * failed */
	void *object;	      /* owned, but for one that is inside another */
	const struct jin *up; /* borrowed: the object that this one is in */
	const char *up_key;   /* borrowed: under this key */
};

/*
 * jin_read(j, text, n, e):
 * Read the ${n} bytes of ${text}, the next line of the input, with or without
 * its newline.  EX_DATAERR when it is not one JSON object.  The record before
 * is given back.
 */
int jin_read(struct jin *, const char *, size_t, struct err *) QTE_MUST_CHECK;

/*
 * jin_next(j, in, e):
 * Read the next line of the open ${in}.  Return 0, what jin_read does (and then
 * the line behind can be read), or what in_line does: IN_END, IN_SIGNAL, a
 * status; IN_LONG comes with a message too, and nothing can follow it.
 */
int jin_next(struct jin *, struct in *, struct err *) QTE_MUST_CHECK;

/* jin_release(j): give back what was read. */
void jin_release(struct jin *);

/* jin_has(j, key): whether the key is there and not null. */
bool jin_has(const struct jin *, const char *);

/*
 * jin_text(j, key, value, e) and so on:
 * The value of a key, borrowed until the next record.  EX_DATAERR, with a
 * message that names the key, when it is not there, null, or something else.
 * An int is also taken from a string of digits, as large ones travel, and so is
 * a large one, from 0 to 2^64 - 1; a double from a whole number; a time is RFC
 * 3339 with an offset, in ns since 1970.
 */
int jin_text(const struct jin *, const char *, const char **,
    struct err *) QTE_MUST_CHECK;
int jin_int(const struct jin *, const char *, int64_t *,
    struct err *) QTE_MUST_CHECK;
int jin_large(const struct jin *, const char *, uint64_t *,
    struct err *) QTE_MUST_CHECK;
int jin_double(const struct jin *, const char *, double *,
    struct err *) QTE_MUST_CHECK;
int jin_bool(const struct jin *, const char *, bool *,
    struct err *) QTE_MUST_CHECK;
int jin_time(const struct jin *, const char *, int64_t *,
    struct err *) QTE_MUST_CHECK;

/* jin_object(j, key, inner, e): ${inner} lives no longer than ${j}'s record. */
int jin_object(const struct jin *, const char *, struct jin *,
    struct err *) QTE_MUST_CHECK;

/*
 * jin_err(j, key, e, format, ...):
 * Set ${e} to EX_DATAERR, with "NAME:LINE: KEY: " before the message.
 */
int jin_err(const struct jin *, const char *, struct err *, const char *, ...)
    QTE_PRINTF(4, 5);

#endif
