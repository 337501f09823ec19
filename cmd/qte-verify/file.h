/* SPDX-License-Identifier: MIT */
/* A CSV file: its kind, and the check that is made of each kind. */
#ifndef QTE_VERIFY_FILE_H
#define QTE_VERIFY_FILE_H

#include "check.h"

check_path file_check;

/*
 * file_read(c, path, totals, e):
 * The same, but for the report_end, which ${totals} are for.
 */
int file_read(const struct check *, const char *, struct report_totals *,
    struct err *) QTE_MUST_CHECK;

#endif
