/* SPDX-License-Identifier: MIT */
/* The rows of each kind of file, judged to the end. */
#ifndef QTE_VERIFY_ROWS_H
#define QTE_VERIFY_ROWS_H

#include "base/base.h"
#include "header.h"
#include "sheet.h"

/*
 * bars_rows, ticks_rows, trades_rows, trades_portfolio(s, header, e):
 * All rows behind the header.  Return SHEET_END; CHECK_STOPPED; or a status.
 */
typedef int rows_check(struct sheet *, const struct header *, struct err *);

rows_check bars_rows, ticks_rows, trades_rows, trades_portfolio;

#endif
