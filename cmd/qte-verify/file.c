/* SPDX-License-Identifier: MIT */
/* A CSV file under check, of any kind. */
#include "file.h"

#include "header.h"
#include "rows.h"
#include "sheet.h"

/* Rows of which only the shape is judged. */
static int
plain_rows(struct sheet *s, struct err *e)
{
	int rc;

	do {
		rc = sheet_next(s, e);
	} while (rc == 0 || rc == SHEET_BAD);
	return rc;
}

static int
read_rows(struct sheet *s, const struct header *h, struct err *e)
{
	static rows_check *const checks[] = {
	    [PROFILE_BARS] = bars_rows,
	    [PROFILE_TICKS] = ticks_rows,
	    [PROFILE_TRADES] = trades_rows,
	    [PROFILE_PORTFOLIO] = trades_portfolio,
	    [PROFILE_CSV] = NULL,
	};

	if (!h->usable || checks[h->profile] == NULL)
		return plain_rows(s, e);
	return checks[h->profile](s, h, e);
}

int
file_read(const struct check *check, const char *path,
    struct report_totals *totals, struct err *e)
{
	struct sheet s;
	struct header h;
	int rc;

	report_begin(check->report, path);
	rc = sheet_open(&s, check, path, e);
	if (rc == 0) {
		header_read(&h, &s);
		rc = read_rows(&s, &h, e);
	}
	s.totals.stopped = rc == CHECK_STOPPED;
	/* What its end would show was not seen. */
	s.ended = s.ended || s.totals.stopped;
	sheet_close(&s);
	*totals = s.totals;
	return rc == SHEET_END ? 0 : rc;
}

int
file_check(const struct check *check, const char *path, struct err *e)
{
	struct report_totals totals;
	int rc = file_read(check, path, &totals, e);

	report_end(check->report, &totals);
	return rc;
}
