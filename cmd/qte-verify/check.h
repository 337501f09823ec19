/* SPDX-License-Identifier: MIT */
/* What each check of a file, a book, a manifest or an audit log is given. */
#ifndef QTE_VERIFY_CHECK_H
#define QTE_VERIFY_CHECK_H

#include "base/base.h"
#include "base/err.h"
#include "face/progress.h"
#include "machine/log.h"
#include "machine/zone.h"
#include "market/calendar.h"
#include "options.h"
#include "report.h"

/* A signal came before the check was done.  Not a status. */
#define CHECK_STOPPED (-2)

struct account;
struct anchors;

struct check {
	const struct options *options; /* borrowed, and so are the others */
	const struct report_opts *report_opts;
	struct report *report;
	const struct out *out;	       /* where that is written */
	const struct log *log;	       /* NULL: there is no book */
	const struct anchors *anchors; /* or NULL */
	const struct calendar *calendar;
	struct account *book;	   /* that the file is part of, or NULL */
	struct progress *progress; /* NULL: nobody is to see any */
	int64_t now_ns;
	bool several; /* paths are checked, so that each has to be named */
};

/*
 * NAME_check(c, path, e), one for each profile:
 * Judge ${path} between a report_begin and a report_end.  Return 0 whatever was
 * found; CHECK_STOPPED; or a status of 64 and above when the check itself could
 * not be done.
 */
typedef int check_path(const struct check *, const char *, struct err *);

#endif
