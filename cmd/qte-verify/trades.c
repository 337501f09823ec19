/* SPDX-License-Identifier: MIT */
/* The rows of trades and of a portfolio. */
#include "rows.h"

int
trades_rows(struct sheet *s, const struct header *h, struct err *e)
{
	int rc;

	(void)h;
	while ((rc = sheet_next(s, e)) == 0 || rc == SHEET_BAD)
		continue;
	return rc;
}

int
portfolio_rows(struct sheet *s, const struct header *h, struct err *e)
{
	return trades_rows(s, h, e);
}
