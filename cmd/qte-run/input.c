/* SPDX-License-Identifier: MIT */
/* The options that say how the data is read. */
#include "input.h"

#include <string.h>

#include "base/when.h"
#include "face/cli.h"
#include "market/columns.h"
#include "market/range.h"

/* Fewer digits than those of a count since 1970 are a slip. */
#define COUNT_DIGITS 9

int
input_columns(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	(void)opt;
	return columns_list(field, text, e);
}

/* YYYY and YYYY-MM are the first day of it. */
static enum when_result
read_time(const char *text, int64_t *ns, enum when_form *form)
{
	char day[] = "YYYY-01-01"; /* what lacks of it stays */
	size_t n = strlen(text);

	if (n == strlen("YYYY") || n == strlen("YYYY-MM")) {
		for (size_t i = 0; i < n; i++)
			day[i] = text[i];
		if (when_read(day, strlen(day), ns, form) == WHEN_OK)
			return WHEN_OK;
	}

	enum when_result result = when_read(text, n, ns, form);

	if (result == WHEN_OK && *form == WHEN_EPOCH &&
	    n - (text[0] == '-') < COUNT_DIGITS)
		return WHEN_SYNTAX;
	return result;
}

int
input_time(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	struct input_time *time = field;
	enum when_form form;
	enum when_result result = read_time(text, &time->ns, &form);

	(void)opt;
	if (result != WHEN_OK)
		return err_set(e, EX_USAGE, "'%s' %s", text, when_why(result));
	time->given = true;
	time->local = form == WHEN_LOCAL;
	time->text = text;
	return 0;
}

int
input_resolve(struct input_time *time, struct zone *zone, struct err *e)
{
	int64_t utc[2];

	if (!time->local)
		return 0;
	switch (zone_to_utc(zone, time->ns, utc)) {
	case ZONE_GAP:
		return err_set(e, EX_USAGE,
		    "'%s' is skipped by the clock of %s", time->text,
		    zone->name);
	case ZONE_RANGE:
		return err_set(e, EX_USAGE, "'%s' %s", time->text,
		    when_why(WHEN_RANGE));
	case ZONE_OK:
		break;
	}
	time->ns = utc[0];
	time->local = false;
	return 0;
}

int
input_warmup(void *field, const char *text, const struct cli_opt *opt,
    struct err *e)
{
	int rc = cli_count(field, text, opt, e);

	if (rc == 0 && *(int64_t *)field > RANGE_WARMUP_MAX)
		return err_set(e, EX_USAGE, "'%s' is more than %lld", text,
		    (long long)RANGE_WARMUP_MAX);
	return rc;
}
