/* SPDX-License-Identifier: MIT */
/*
 * A book: trades, positions and bars of one installation, held against one
 * another.  Memory grows with the trades, not with the bars.
 */
#ifndef QTE_VERIFY_BOOK_H
#define QTE_VERIFY_BOOK_H

#include "check.h"

/*
 * book_check(c, dir, e):
 * The three files of that directory; EX_USAGE when ${dir} is a file.
 */
check_path book_check;

#endif
