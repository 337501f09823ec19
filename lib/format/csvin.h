/* SPDX-License-Identifier: MIT */
/*
 * CSV by libcsv, strict, with the place of every field: line and column in the
 * bytes of the file, also behind quoted newlines.  LF, CRLF and a missing last
 * newline are fine, a byte-order mark is skipped, blank lines are passed over.
 */
#ifndef QTE_CSVIN_H
#define QTE_CSVIN_H

#include "base/base.h"
#include "base/buf.h"
#include "base/err.h"
#include "format/csvin_fault.h"
#include "machine/in.h"

/* A record of more bytes of the file, or of more fields, is refused. */
#define CSVIN_RECORD_MAX ((size_t)1024 * 1024)
#define CSVIN_FIELDS_MAX ((size_t)65536)

/* Room for csvin_show, with the NUL. */
#define CSVIN_SHOWN_SIZE 44

/* No record is left; a signal came.  Not statuses. */
#define CSVIN_END IN_END
#define CSVIN_SIGNAL IN_SIGNAL

struct csvin_field {
	const char *text; /* borrowed until the next record; NUL-terminated */
	size_t len;
};

struct csvin;

/*
 * csvin_new(in, delimiter):
 * Read records from the open ${in} (borrowed).  csvin_free gives it back.
 */
struct csvin *csvin_new(struct in *, char) QTE_MUST_CHECK;
void csvin_free(struct csvin *);

/*
 * csvin_judge(c):
 * For who says what is wrong with a file, before the first record.  Messages
 * come without a place.  A blank line is a fault.  Nothing but the end of the
 * file ends the records: an unclosed quote, which is also one that meets text
 * where it closes in a later line, gives way to the line behind the one where
 * it opened; so does one whose record is too long, when that line has as many
 * fields as the first record.
 */
void csvin_judge(struct csvin *);

/*
 * csvin_mute(c, fault):
 * For the same: nobody wants to read the message of this fault any more.
 */
void csvin_mute(struct csvin *, enum csvin_fault);

/*
 * csvin_next(c, e):
 * Read a record.  Return 0; CSVIN_END; CSVIN_SIGNAL; EX_DATAERR with a message
 * that starts with the place ("bars.csv:3:7: ...") and csvin_fault(c) saying
 * what it was (the next call goes on with the next line where it can);
 * EX_IOERR.
 */
int csvin_next(struct csvin *, struct err *) QTE_MUST_CHECK;

/*
 * csvin_ready(in):
 * Whether the rest of a record is in memory, so that csvin_next comes back
 * without waiting for input.  It may say no where an error would come back.
 */
bool csvin_ready(const struct in *);

/*
 * csvin_pass(c, n, lines):
 * The next ${n} bytes that ${in} has in memory, ${lines} whole lines, were read
 * by other means: the next record stands behind them.
 */
void csvin_pass(struct csvin *, size_t, int64_t);

/*
 * csvin_again(c):
 * Whether the next line is one that was read before (csvin_judge), and not the
 * next of the input.
 */
bool csvin_again(const struct csvin *);

/* What the last csvin_next found. */
enum csvin_fault csvin_fault(const struct csvin *);
size_t csvin_count(const struct csvin *);
const struct csvin_field *csvin_field(const struct csvin *, size_t);

/* csvin_name(c): what messages call the input, borrowed. */
const char *csvin_name(const struct csvin *);

/* csvin_line(c): the line, from 1, on which the last record begins.
 * csvin_next_line(c): the line that is read next. */
int64_t csvin_line(const struct csvin *);
int64_t csvin_next_line(const struct csvin *);

/*
 * csvin_offset(c): the place in the file, from 0, of the record's first byte.
 * csvin_raw(c, n): its ${*n} bytes, as they stand there, borrowed.  Of a record
 * that was refused they may be some of the first.
 */
int64_t csvin_offset(const struct csvin *);
const char *csvin_raw(const struct csvin *, size_t *);

/* csvin_fault_at(c): the byte of csvin_raw that was found to be wrong. */
size_t csvin_fault_at(const struct csvin *);

/*
 * csvin_span(c, i, n):
 * Where in csvin_raw field ${i} stands, with its quotes, and its ${*n} bytes.
 */
size_t csvin_span(const struct csvin *, size_t, size_t *);

/* csvin_plain(c): the last record is printable ASCII without quotes, and
 * delimiters, for sure; another may be too. */
bool csvin_plain(const struct csvin *);

/* csvin_cut(c): the last record was ended by the end of the file, not by a
 * newline. */
bool csvin_cut(const struct csvin *);

/*
 * csvin_place(c, i, line, column):
 * Where field ${i} of the last record begins (its quote counts), both from 1.
 * ${i} = csvin_count gives the place just behind the last field.
 */
void csvin_place(const struct csvin *, size_t, int64_t *, size_t *);

/*
 * csvin_err(c, i, e, format, ...):
 * Set ${e} to EX_DATAERR with "NAME:LINE:COLUMN: " of field ${i} in front.
 * Without ${e} nobody wants to read it.
 */
int csvin_err(const struct csvin *, size_t, struct err *, const char *, ...)
    QTE_PRINTF(4, 5);

/*
 * csvin_show(text, n, to):
 * The ${n} bytes of ${text} for a message: whole, or cut at a character and
 * with "..." behind.  Return ${to}.
 */
const char *csvin_show(const char *, size_t, char[CSVIN_SHOWN_SIZE]);

#endif
