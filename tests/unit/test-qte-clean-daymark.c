/* SPDX-License-Identifier: MIT */
/* Tests of the times that qte-clean reads in file names. */
#include "base/when.h"
#include "rules/daymark.h"
#include "unit.h"

static const struct {
	const char *format, *name, *time; /* NULL: none */
} marks[] = {
    {"%Y%m%d", "bars_20260131.csv", "2026-01-31T00:00:00Z"},
    {"%Y%m%d", "20260131", "2026-01-31T00:00:00Z"},
    {"%Y%m%d", "120260131", NULL},
    {"%Y%m%d", "202601312", NULL},
    {"%Y%m%d", "20261301-20260131", "2026-01-31T00:00:00Z"},
    {"%Y%m%d", "20260229", NULL},
    {"%Y%m%d", "20240229", "2024-02-29T00:00:00Z"},
    {"%Y%m%d", "2026013", NULL},
    {"%Y%m%d", "", NULL},
    {"%Y-%m", "log-2026-02.gz", "2026-02-01T00:00:00Z"},
    {"%d.%m.%Y", "01.02.2026", "2026-02-01T00:00:00Z"},
    {"%d.%m.%Y", "01.02.20261", NULL},
    {"%Y", "a2026b", "2026-01-01T00:00:00Z"},
    {"v%Y", "1v2026", "2026-01-01T00:00:00Z"},
    {"%Y%m%dT%H%M%S", "x20260131T235958", "2026-01-31T23:59:58Z"},
    {"%Y%m%dT%H%M%S", "x20260131T245958", NULL},
    {"%Y", "1500", NULL},
};

UNIT_TEST("daymark: the first time that the calendar has")
{
	char text[WHEN_TEXT_SIZE];
	struct err e;

	for (size_t i = 0; i < QTE_COUNT(marks); i++) {
		int64_t ns = 0;
		bool found = daymark_find(marks[i].format, marks[i].name, &ns);

		(void)when_put(text, ns);
		if (!CHECK_STR(found ? text : NULL, marks[i].time))
			printf("# %s\n", marks[i].name);
		CHECK_INT(daymark_check(marks[i].format, &e), 0);
	}
}

UNIT_TEST("daymark: formats that are none are refused")
{
	static const char *const bad[] = {"", "x", "%", "%y", "%m%d", "%Y%d",
	    "%Y%Y", "%Y%m%d%M", "%Y%", "%%"};
	struct err e;

	for (size_t i = 0; i < QTE_COUNT(bad); i++)
		CHECK_INT(daymark_check(bad[i], &e), EX_USAGE);
}
