/* SPDX-License-Identifier: MIT */
/*
 * A CSV file under check, record by record: what is wrong with its bytes, its
 * lines and the shape of its records is reported as it is met, and the records
 * that are whole are handed out.
 */
#ifndef QTE_VERIFY_SHEET_H
#define QTE_VERIFY_SHEET_H

#include <sys/stat.h>

#include "base/base.h"
#include "base/vec.h"
#include "check.h"
#include "format/csvin.h"
#include "machine/in.h"

/* No record is left, or none can be read. */
#define SHEET_END IN_END

/* A record was there, and is not as it has to be, which was reported. */
#define SHEET_BAD (IN_LONG - 1)

struct sheet {
	const struct check *check; /* borrowed, and so are the next two */
	struct report *report;
	const char *path;
	struct in in;
	struct stat before; /* of the file */
	struct csvin *csv;
	struct {
		VEC(char *);
	} names;      /* owned: of the columns, as they stand in the header */
	int64_t rows; /* behind the header, whatever became of them */
	bool ended;   /* nothing more is to be said about its end */
	char eol;     /* that of the first line: '\r' for CRLF, or 0 */
	bool mixed;   /* it was reported */
	bool cut;     /* the last record has no newline */
	bool lost;    /* SHEET_BAD was for a row, not for a blank line */
	struct buf header;	     /* as it stands, with --split-bad */
	int64_t errors;		     /* up to the row before */
	struct report_totals totals; /* of report_end */
};

/*
 * sheet_open(s, check, path, e):
 * Open it and read its header, and report what is wrong with that as a record.
 * Return 0; SHEET_END when there is no header; CHECK_STOPPED; or a status.
 * sheet_close is due in any case.
 */
int sheet_open(struct sheet *, const struct check *, const char *,
    struct err *) QTE_MUST_CHECK;

/*
 * sheet_next(s, e):
 * The next record, in s->csv: of as many fields as the header.  Return 0;
 * SHEET_BAD; SHEET_END; CHECK_STOPPED; or a status.
 */
int sheet_next(struct sheet *, struct err *) QTE_MUST_CHECK;

/*
 * sheet_add(s, rule, message):
 * A finding about the file as a whole.
 */
void sheet_add(struct sheet *, enum rule, const char *);

/*
 * sheet_field(s, i, f):
 * Place ${f} at field ${i} of the record: everything but what is wrong with it.
 */
void sheet_field(const struct sheet *, size_t, struct finding *);

/*
 * sheet_broken(s, rc, e):
 * Reading the file failed with ${rc}: report it.  Return what sheet_next does.
 */
int sheet_broken(struct sheet *, int, const struct err *);

/* sheet_mixed(eol): what to say of a line that does not end in ${eol}. */
const char *sheet_mixed(char);

/*
 * sheet_judged(s, row, n):
 * All is said about a row, which stands as these ${n} bytes in the file: with
 * --split-bad it is copied when there was an error in it.  sheet_judged_record
 * does so for the record of s->csv.
 */
void sheet_judged(struct sheet *, const char *, size_t);
void sheet_judged_record(struct sheet *);

/*
 * sheet_close(s): say what the end of the file shows, fill ->totals, and give
 * everything back.
 */
void sheet_close(struct sheet *);

#endif
